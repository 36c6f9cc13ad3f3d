"""Upserts: inserts that update, or leave alone, a row that already exists. The same on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def insert(c: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """The insert of this connection's database, which knows ON CONFLICT."""
    return _insert(c.dialect.name, table)


async def put(c: AsyncConnection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Insert a row, or write `values` into the row of this key."""
    await put_all(c, table, tuple(key), [{**key, **values}])


async def put_all(
    c: AsyncConnection, table: Table, key: tuple[str, ...], rows: Sequence[Mapping[str, Any]]
) -> None:
    """The same for many rows of the same columns by one statement; `key` names what finds a row."""
    if rows:
        names = tuple(name for name in rows[0] if name not in key)
        await c.execute(_put(c.dialect.name, table, key, names), [dict(row) for row in rows])


async def add(c: AsyncConnection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless one of the same key is there; False when there is one."""
    result = await c.execute(_add(c.dialect.name, table), dict(values))
    return result.rowcount == 1


# Statements are built once: building one and looking it up takes longer than executing it.


@cache
def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    if dialect != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # saves 5 MiB for a bot on SQLite

    return postgresql.insert(table)


@cache
def _put(dialect: str, table: Table, key: tuple[str, ...], names: tuple[str, ...]) -> Insert:
    new = _insert(dialect, table)
    return new.on_conflict_do_update(index_elements=key, set_={name: new.excluded[name] for name in names})


@cache
def _add(dialect: str, table: Table) -> Insert:
    return _insert(dialect, table).on_conflict_do_nothing()
