"""Which errors of a driver say that the database is out of order, and not what it was asked."""

from __future__ import annotations

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError

_OF_THE_QUESTION = (IntegrityError, ProgrammingError, DataError, NotSupportedError)
_BAD_VALUE = "22"
"""The class of SQLSTATE that asyncpg's errors of values have; SQLAlchemy does not tell them from others."""


def is_outage(error: DBAPIError) -> bool:
    """Whether it is unreachable, locked for too long, full, shutting down or damaged."""
    sqlstate = getattr(error.orig, "sqlstate", None) or ""
    return not isinstance(error, _OF_THE_QUESTION) and not sqlstate.startswith(_BAD_VALUE)
