"""Refuses a second bot on one SQLite file: each would take the other's work for that of a dead process."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.db.errors import DatabaseUnavailable
from storage.db.owner_only import make_file


def is_occupied(file: Path) -> bool:
    """Whether a bot of `file` runs; makes no lock file."""
    try:
        handle = _lock_of(file).open("r")
    except OSError:
        return False
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


@contextmanager
def occupied(file: Path, database: str) -> Iterator[None]:
    """While inside, this process alone is the bot of `file`; raises DatabaseUnavailable where another is.

    The system releases the lock whenever the process ends. The lock is on a separate file, because one on the
    database would interfere with SQLite's own locks.
    """
    try:
        lock = _lock_of(file)
        make_file(lock)
        handle = lock.open("w")
    except OSError as error:
        raise DatabaseUnavailable(database, str(error)) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DatabaseUnavailable(database, "another bot works with this file; stop it first") from error
        except OSError as error:
            raise DatabaseUnavailable(database, f"its folder knows no locks: {error}") from error
        yield


def _lock_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.lock")


async def let_thread_end() -> None:
    """Call this after an opening that failed, before the loop may be closed.

    The thread of the connection answers the loop once more, and nothing awaits that: when the loop is gone
    by then, as in a short command, the thread prints a traceback.
    """
    await asyncio.sleep(0.05)
