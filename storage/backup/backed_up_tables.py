"""The belongings of the shops (rows besides their orders), as the backup copy stores and restores them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, RowMapping, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.bell.tables import hearing
from storage.db.client_tables import client_links, client_messages, client_talk
from storage.db.columns import UtcDateTime, decoded, encoded
from storage.db.support_tables import (
    brand_requests,
    compensations,
    gifts,
    guide_entries,
    shop_profiles,
    support_cases,
)
from storage.db.tables import drafts, flowers, hidings, invitations, products, recipes, shop_notes
from storage.delivery.tables import places, ways

TABLES = (
    products,
    recipes,
    flowers,
    hidings,
    drafts,
    invitations,
    shop_notes,
    client_links,
    client_talk,
    client_messages,
    guide_entries,
    support_cases,
    compensations,
    gifts,
    shop_profiles,
    brand_requests,
    hearing,
    places,
    ways,
)
"""Tables that can be restored from the copy only; each comes after the tables that it references."""

_BY_NAME = {table.name: table for table in TABLES}
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Belonging:
    """One row of a table. `key` is its primary key and `document` the whole row, both as JSON."""

    table: str
    key: str
    document: str


async def every(c: AsyncConnection) -> AsyncIterator[Belonging]:
    """Yields all rows, table by table; reads in batches, since each read switches to the driver's thread."""
    for table in TABLES:
        async with c.stream(select(table)) as found:
            async for rows in found.mappings().partitions(_AT_ONCE):
                for row in rows:
                    yield _belonging(table, row)


async def put_back(c: AsyncConnection, belongings: Sequence[Belonging]) -> int:
    """Replace all rows by those of the copy. Returns the number of restored rows.

    Rows of unknown tables and rows with a dangling foreign key are left out.
    """
    for table in reversed(TABLES):
        await c.execute(delete(table))
    rows: dict[str, list[dict[str, Any]]] = {table.name: [] for table in TABLES}
    for one in belongings:
        if one.table in _BY_NAME:
            document = decoded(one.document, f"{one.table} {one.key}")
            rows[one.table].append(_read(_BY_NAME[one.table], document))
    return sum([await _insert(c, _BY_NAME[name], found) for name, found in rows.items()])


async def _insert(c: AsyncConnection, table: Table, rows: list[dict[str, Any]]) -> int:
    for key in table.foreign_keys:
        there = set(await c.scalars(select(key.column)))
        rows = [row for row in rows if row.get(key.parent.name) in there]
    for start in range(0, len(rows), _AT_ONCE):
        await c.execute(table.insert(), rows[start : start + _AT_ONCE])
    return len(rows)


def _belonging(table: Table, row: RowMapping) -> Belonging:
    document = {name: _written(value) for name, value in row.items()}
    key = [document[column.name] for column in table.primary_key]
    return Belonging(table.name, encoded(key), encoded(document))


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(table: Table, document: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the values of those columns that the table still has."""
    known = [column for column in table.c if column.name in document]
    return {column.name: _value(column, document[column.name]) for column in known}


def _value(column: Column[Any], value: object) -> object:
    if isinstance(column.type, UtcDateTime) and isinstance(value, str):
        return datetime.fromisoformat(value)
    return value
