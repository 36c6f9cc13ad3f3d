"""Files and folders that only the bot's own user may read: they hold personal data of clients (R63).

New ones are made so whatever the umask says. Older ones, made with wider modes, are tightened at the start; a
folder only where everything in it is the bot's, so that nobody is locked out of a folder that they use too.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import structlog

FILE = 0o600
FOLDER = 0o700
_OTHERS = 0o077

log = structlog.get_logger(__name__)


def make_folder(folder: Path) -> None:
    """Make a folder with those above it; raises OSError. One that is there stays as it is."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=FOLDER, exist_ok=True)
    folder.mkdir(exist_ok=True)  # tells of a file in its place


def make_file(file: Path) -> None:
    """Make an empty file unless there is one; raises OSError. SQLite gives its journals the same mode."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE))


def write_file(file: Path, content: bytes) -> None:
    """Write a whole file, in the place of one that is there; raises OSError. Nobody sees half of it."""
    half = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE), "wb") as out:
            out.write(content)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


def is_open_to_others(path: Path) -> bool:
    """Whether others than the owner may do anything with it; False where it cannot be looked at."""
    try:
        return bool(stat.S_IMODE(path.lstat().st_mode) & _OTHERS)
    except OSError:
        return False


def tighten(database: Path | None, copy: Path, photos: Path, beside: Iterable[Path] = ()) -> None:
    """Take away what others may do with the bot's files, and with the folders that are its alone.

    `database` is the SQLite file, None where a server keeps it. `beside` are paths that also belong to the
    bot and say nothing of clients. What cannot be changed stays as it is, with a warning.
    """
    files = [file for one in (database, copy) if one is not None for file in _family(one)]
    for file in files:
        _tighten(file, FILE)
    _tighten_photos(photos)
    kept = [one.absolute() for one in (*files, copy, photos, *beside)]
    for folder in {one.parent for one in files}:
        if _holds_only(folder, lambda entry: _is_ours(entry, kept)):
            _tighten(folder, FOLDER)


def _family(file: Path) -> list[Path]:
    """An SQLite file with its journals, its lock and the copies that were set aside next to it."""
    with suppress(OSError):
        return [one for one in file.parent.iterdir() if _is_kin(one.name, file)]
    return []


def _is_kin(name: str, file: Path) -> bool:
    aside = name.startswith(f"{file.stem}-") and file.suffix in name
    return name in {file.name, f"{file.name}.lock"} or name.startswith(f"{file.name}-") or aside


def _tighten_photos(root: Path) -> None:
    """All below the folders that the bot made: `incoming`, and one for each year."""
    with suppress(OSError):
        ours = [one for one in root.iterdir() if _is_photo_folder(one)]
        if not any(is_open_to_others(one) for one in (root, *ours)):
            return  # nobody else comes as far as the files
        for top in ours:
            for folder, _folders, names in os.walk(top, topdown=False):
                for name in names:
                    _tighten(Path(folder, name), FILE)
                _tighten(Path(folder), FOLDER)
        if _holds_only(root, _is_photo_folder):
            _tighten(root, FOLDER)


def _is_photo_folder(entry: Path) -> bool:
    is_year = len(entry.name) == len("2026") and entry.name.isdecimal()
    return (entry.name == "incoming" or is_year) and entry.is_dir() and not entry.is_symlink()


def _is_ours(entry: Path, kept: Iterable[Path]) -> bool:
    return any(one == entry.absolute() or entry.absolute() in one.parents for one in kept)


def _holds_only(folder: Path, is_ours: Callable[[Path], bool]) -> bool:
    """Not for the root of a disk, which is its owner's, and not for the folder that the bot is run in."""
    with suppress(OSError):
        if folder.is_symlink() or folder.resolve() == Path.cwd() or os.path.ismount(folder):
            return False
        return all(is_ours(entry) for entry in folder.iterdir())
    return False


def _tighten(path: Path, mode: int) -> None:
    if path.is_symlink() or not is_open_to_others(path):
        return
    try:
        path.chmod(mode)
    except OSError as error:
        log.warning("open_to_others", why=type(error).__name__)
