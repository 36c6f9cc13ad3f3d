"""Inserts that meet a row which is there already; both databases say it in the same words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert(c: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """The insert of this connection's database, which knows ON CONFLICT."""
    return postgresql.insert(table) if c.dialect.name == "postgresql" else sqlite.insert(table)


async def put(c: AsyncConnection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Insert a row, or write `values` into the row of this key."""
    statement = insert(c, table).values(**key, **values)
    await c.execute(statement.on_conflict_do_update(index_elements=list(key), set_=dict(values)))


async def add(c: AsyncConnection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless one of the same key is there; False when there is one."""
    result = await c.execute(insert(c, table).values(**values).on_conflict_do_nothing())
    return result.rowcount == 1
