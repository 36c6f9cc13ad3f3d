"""Which errors of a driver say that the database is out of order, and not what it was asked."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError

_OF_THE_QUESTION = (IntegrityError, ProgrammingError, DataError, NotSupportedError)
_BAD_VALUE = "22"
"""The class of SQLSTATE that asyncpg's errors of values have; SQLAlchemy does not tell them from others."""


_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PRIMARY = 0xFF
"""The lower byte of an error code of SQLite says what it is; the rest only says where."""


def is_damage(error: BaseException | None) -> bool:
    """Whether SQLite says that the file itself is broken, or none of its own."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and code & _PRIMARY in _DAMAGE


def is_outage(error: DBAPIError) -> bool:
    """Whether it is unreachable, locked for too long, full, shutting down or damaged."""
    sqlstate = getattr(error.orig, "sqlstate", None) or ""
    return not isinstance(error, _OF_THE_QUESTION) and not sqlstate.startswith(_BAD_VALUE)
