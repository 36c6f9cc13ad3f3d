"""The days off of florists (X27)."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.support_tables import days_off as table

KEPT_FOR = timedelta(days=2)


async def of_day(c: AsyncConnection, shop_id: int, day: date) -> set[int]:
    """Returns the staff ids of those who have this day off."""
    query = select(table.c.staff_id).where(table.c.shop_id == shop_id, table.c.day == day.isoformat())
    return set(await c.scalars(query))


async def put(c: AsyncConnection, shop_id: int, staff_id: int, day: date, *, is_off: bool) -> None:
    """Set or clear a person's day off; delete days off more than `KEPT_FOR` before it."""
    old = (table.c.shop_id == shop_id, table.c.day < (day - KEPT_FOR).isoformat())
    await c.execute(delete(table).where(*old))
    key = {"shop_id": shop_id, "staff_id": staff_id, "day": day.isoformat()}
    if is_off:
        await upserts.add(c, table, key)
        return
    mine = (table.c.shop_id == shop_id, table.c.staff_id == staff_id, table.c.day == day.isoformat())
    await c.execute(delete(table).where(*mine))
