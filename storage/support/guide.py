"""The changes of shops to the emergency guide (R95)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.support.guide import Entry, Situation, Stage
from orders.support.guide_book import Placed
from storage.db import serial, upserts
from storage.db.support_tables import guide_entries as table


async def of_shop(c: AsyncConnection, shop_id: int) -> list[Placed]:
    """Returns the entries that the shop has changed, added or suggested.

    Entries of situations that only a later version knows are left out.
    """
    rows = await c.execute(select(table).where(table.c.shop_id == shop_id).order_by(table.c.id))
    return [one for one in map(_placed, rows) if one is not None]


async def put(c: AsyncConnection, shop_id: int, entry: Entry, place: int) -> None:
    """Store a changed entry: an override of a built-in situation, or a stored situation of the shop's own."""
    values = _values(entry, place)
    if entry.situation is not None:
        await upserts.put(c, table, {"shop_id": shop_id, "key": entry.key}, values)
    else:
        mine = (table.c.shop_id == shop_id, table.c.id == int(entry.key))
        await c.execute(update(table).where(*mine).values(values))


async def add(c: AsyncConnection, shop_id: int, entry: Entry, place: int) -> int:
    """Insert a new situation of the shop's own. Returns its id, which is its key."""
    values = {"shop_id": shop_id, "key": None, **_values(entry, place)}
    return int((await c.execute(insert(table).values(values).returning(table.c.id))).scalar_one())


async def remove(c: AsyncConnection, shop_id: int, key: str) -> None:
    """Delete a situation of the shop's own."""
    await c.execute(delete(table).where(table.c.shop_id == shop_id, table.c.id == int(key)))


async def remove_all(c: AsyncConnection) -> None:
    """Delete all rows before those of the backup copy are restored."""
    await c.execute(delete(table))


def _values(entry: Entry, place: int) -> dict[str, Any]:
    return {
        "title": entry.title,
        "words": entry.words,
        "to_support": entry.to_support,
        "stage": entry.stage.value,
        "place": place,
        "is_shown": entry.is_shown,
        "is_suggested": entry.is_suggested,
        "made": serial.mark_document(entry.made) if entry.made is not None else {},
    }


def _placed(row: Row[Any]) -> Placed | None:
    if row.key is not None and row.key not in set(Situation):
        return None
    entry = Entry(
        key=row.key or str(row.id),
        situation=Situation(row.key) if row.key else None,
        title=row.title,
        words=row.words,
        to_support=row.to_support,
        stage=Stage(row.stage) if row.stage in set(Stage) else Stage.ALWAYS,
        is_shown=row.is_shown,
        is_suggested=row.is_suggested,
        made=serial.read_mark(row.made) if row.made else None,
    )
    return Placed(entry, row.place)
