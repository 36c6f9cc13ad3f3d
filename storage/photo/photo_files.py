"""Photo files on disk: first in `incoming`, then in a folder by month and order (R23)."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

from storage.db.errors import PhotoMissing, PhotosUnavailable
from storage.db.owner_only import make_folder

_INCOMING = "incoming"

LARGEST = 20 * 1024 * 1024
"""Bytes; bots cannot download larger files from Telegram."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """A photo on disk; `path` is relative to the root."""

    sha256: str
    path: str


class PhotoFiles:
    """A folder of photos. When a method returns, its files are synced to disk and survive a power failure.

    All paths are relative to the root; a path that leads out of it raises PhotoMissing. `keep`, `settle` and
    `try_writing` raise PhotosUnavailable when the folder cannot be written or the disk is full; `report` is
    told of it each time. A file that cannot be read raises the same, without a report: others can be.
    """

    def __init__(self, root: Path, report: Callable[[str], None] | None = None) -> None:
        self._root = root
        self._report = report

    async def keep(self, content: bytes, extension: str) -> Kept:
        """Write a photo under the digest of its content; idempotent."""
        return await self._write(self._keep, content, extension)

    async def settle(self, kept_path: str, order_number: str, version: int, at: datetime) -> str:
        """Put a photo into the folder of its order and return the new path.

        The incoming file stays until `discard_incoming`; a photo moved from another order also stays there.
        The folder is named by year and month of `at`, in its own time zone. Raises PhotoMissing when there is
        no such file.
        """
        return await self._write(self._settle, kept_path, order_number, version, at)

    async def try_writing(self) -> None:
        """Check that the disk has space for the largest photo."""
        await self._write(self._reserve)

    async def _write(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await asyncio.to_thread(work, *args, **kwargs)
        except OSError as error:
            raise self.unavailable(error.strerror or str(error)) from error

    def unavailable(self, why: str) -> PhotosUnavailable:
        """Reports that photos cannot be taken now; returns the error to raise."""
        error = PhotosUnavailable(self._root, why)
        if self._report is not None:
            self._report(str(error))
        return error

    async def discard_incoming(self, path: str) -> None:
        """Remove an incoming file that was settled or is not wanted; ignores a missing file."""
        await asyncio.to_thread(self._discard, path)

    async def remove(self, path: str) -> None:
        """Remove a settled file that no order refers to any more; ignores a missing file."""
        await asyncio.to_thread(lambda: self._inside(path).unlink(missing_ok=True))

    async def read(self, path: str) -> bytes:
        """Returns the photo's bytes.

        Raises PhotoMissing when there is no such file, PhotosUnavailable when it cannot be read.
        """
        try:
            return await asyncio.to_thread(self._read, path)
        except OSError as error:
            raise PhotosUnavailable(self._root, error.strerror or str(error)) from error

    async def missing(self, paths: Sequence[str]) -> list[str]:
        """Returns those of the paths that have no file."""
        return await asyncio.to_thread(lambda: [path for path in paths if not self._is_there(path)])

    def _is_there(self, path: str) -> bool:
        try:
            return self._inside(path).is_file()
        except (PhotoMissing, OSError):
            return False

    def _keep(self, content: bytes, extension: str) -> Kept:
        sha256 = hashlib.sha256(content).hexdigest()
        path = f"{_INCOMING}/{sha256}.{_safe_extension(extension)}"
        target = self._root / path
        if not target.exists():
            make_folder(target.parent)
            _write(target, content)
        return Kept(sha256, path)

    def _reserve(self) -> None:
        folder = self._root / _INCOMING
        make_folder(folder)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\0")
            file.flush()
            if sys.platform != "darwin":  # macOS lacks this call
                os.posix_fallocate(file.fileno(), 0, LARGEST)

    def _settle(self, kept_path: str, order_number: str, version: int, at: datetime) -> str:
        source = self._inside(kept_path)
        if not source.is_file():
            raise PhotoMissing(kept_path)
        content_name = source.name.rpartition("-")[2]  # drops the version that it has in another order
        path = f"{at:%Y/%m}/{_safe_name(order_number)}/{version}-{content_name}"
        target = self._root / path
        if not target.exists():
            make_folder(target.parent)
            _link(source, target)
        return path

    def _discard(self, path: str) -> None:
        found = self._inside(path)
        if found.parent != self._root.resolve() / _INCOMING:
            raise PhotoMissing(path)
        found.unlink(missing_ok=True)

    def _read(self, path: str) -> bytes:
        try:
            return self._inside(path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise PhotoMissing(path) from error

    def _inside(self, path: str) -> Path:
        try:
            found = (self._root / path).resolve()
        except ValueError as error:  # a NUL in the path
            raise PhotoMissing(path) from error
        if not found.is_relative_to(self._root.resolve()):
            raise PhotoMissing(path)
        return found


def _write(target: Path, content: bytes) -> None:
    """Writes to a temporary file and renames it, so that no half-written file has the name of a photo."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        temporary.replace(target)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folders(target)


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
        _sync_folders(target)
    except OSError:  # a file system without hard links
        _write(target, source.read_bytes())


def _sync_folders(file: Path) -> None:
    """Syncs the folders of a file, so that its name and those of new folders are on disk, too."""
    for folder in list(file.parents)[:4]:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _safe_name(number: str) -> str:
    return re.sub(r"[^0-9A-Za-zА-Яа-яЁё-]+", "_", number)[:60] or "_"


def _safe_extension(extension: str) -> str:
    return re.sub(r"[^0-9a-z]", "", extension.lower())[:8] or "bin"
