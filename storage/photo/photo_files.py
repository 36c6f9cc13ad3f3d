"""Photos as files on disk: first under `incoming`, then under the month and their order (R23)."""

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
"""Bytes: Telegram hands over no larger file to a bot."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """A photo on disk; `path` is relative to the root."""

    sha256: str
    path: str


class PhotoFiles:
    """A folder of photos. What a method gives back is on the disk, even if the power fails right after.

    All paths are relative to the root; none leads out of it: such a one is PhotoMissing. Where the folder
    cannot be written, or is full, `keep`, `settle` and `try_writing` raise PhotosUnavailable.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    async def keep(self, content: bytes, extension: str) -> Kept:
        """Write a photo, named by its content: the same one twice is one file."""
        return await self._write(self._keep, content, extension)

    async def settle(self, kept_path: str, order_number: str, version: int, at: datetime) -> str:
        """Put a kept photo where it belongs; the incoming one stays until `discard_incoming`.

        One that is settled may belong elsewhere after all: it stays in its former place as well.

        `at` names year and month, in the zone it comes in. Gives the new path.
        """
        return await self._write(self._settle, kept_path, order_number, version, at)

    async def try_writing(self) -> None:
        """Make sure that there is room for the largest photo."""
        await self._write(self._reserve)

    async def _write(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await asyncio.to_thread(work, *args, **kwargs)
        except OSError as error:
            raise self.unavailable(error.strerror or str(error)) from error

    def unavailable(self, why: str) -> PhotosUnavailable:
        """The error for what cannot be done with photos now."""
        return PhotosUnavailable(self._root, why)

    async def discard_incoming(self, path: str) -> None:
        """Remove an incoming file that is settled or not wanted; one that is gone already is no matter."""
        await asyncio.to_thread(self._discard, path)

    async def remove(self, path: str) -> None:
        """Remove a settled file that belongs to nothing any more; one that is gone already is no matter."""
        await asyncio.to_thread(lambda: self._inside(path).unlink(missing_ok=True))

    async def read(self, path: str) -> bytes:
        """The photo's bytes; raises PhotoMissing, and PhotosUnavailable when the disk does not give them."""
        try:
            return await asyncio.to_thread(self._read, path)
        except OSError as error:
            raise self.unavailable(error.strerror or str(error)) from error

    async def missing(self, paths: Sequence[str]) -> list[str]:
        """Those of the paths under which there is no file."""
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
            if sys.platform != "darwin":  # which knows no such call
                os.posix_fallocate(file.fileno(), 0, LARGEST)

    def _settle(self, kept_path: str, order_number: str, version: int, at: datetime) -> str:
        source = self._inside(kept_path)
        if not source.is_file():
            raise PhotoMissing(kept_path)
        content_name = source.name.rpartition("-")[2]  # without the version it had in another order
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
    """A half-written file never has the name of a photo."""
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
    """The names are on the disk too: the file's, and those of folders that were just made."""
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
