"""Table metadata, and column types that behave alike on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Integer, MetaData, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

from storage.db.errors import UnreadableDocument

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer, "sqlite")
"""A key of ours: SQLite counts up only a plain INTEGER."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""`json.dumps` would make one for each document."""


class UtcDateTime(TypeDecorator[datetime]):
    """A time with a zone, stored and returned in UTC. One without a zone raises: its meaning is unknown."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone cannot be kept: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PlainText(TypeDecorator[str]):
    """Text that both databases can store: PostgreSQL refuses NUL, both refuse lone surrogates."""

    impl = Text
    cache_ok = True

    @classmethod
    def bytewise(cls) -> TypeEngine[str]:
        """The same, sorted by bytes on both databases, independent of the PostgreSQL server's locale."""
        return cls().with_variant(Text(collation="C"), "postgresql")

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return None if value is None else plain(value)


class JsonText(TypeDecorator[object]):
    """A JSON document as text. A NUL inside survives, as an escape; a lone surrogate becomes a question mark.

    Text and not a JSON type: PostgreSQL's refuses what the marketplace may well send (NUL, NaN).
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, _dialect: Dialect) -> str | None:
        return None if value is None else encoded(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> object:
        return None if value is None else json.loads(value)


def plain(text: str) -> str:
    """The text without characters that cannot be stored: NUL and lone surrogates."""
    return _encodable(text).replace("\0", "")


def encoded(value: object) -> str:
    """The value as JSON in plain letters."""
    return _encodable(_ENCODER.encode(value))


def decoded(text: str, what: str) -> Any:  # noqa: ANN401 - whatever JSON may be
    """Parse JSON. Raises UnreadableDocument, which names `what` was read and holds none of its content."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise UnreadableDocument(what, type(error).__name__) from None


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
