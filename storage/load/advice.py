"""The advice about full hours that the chiefs of a shop were sent (X28)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.load.advice import Advised
from storage.db import upserts
from storage.db.support_tables import load_advice as table

KEPT_FOR = timedelta(days=2)


async def of_shop(c: AsyncConnection, shop_id: int) -> list[Advised]:
    """Returns all stored advice of the shop."""
    rows = await c.execute(select(table).where(table.c.shop_id == shop_id))
    return [Advised(row.hour, row.told_at, row.orders, row.dismissed) for row in rows]


async def note(c: AsyncConnection, shop_id: int, advised: Advised) -> None:
    """Store advice that was sent; delete that for hours more than `KEPT_FOR` ago."""
    old = (table.c.shop_id == shop_id, table.c.hour < advised.at - KEPT_FOR)
    await c.execute(delete(table).where(*old))
    values = {"told_at": advised.at, "orders": advised.orders, "dismissed": advised.dismissed}
    await upserts.put(c, table, {"shop_id": shop_id, "hour": advised.hour}, values)


async def dismiss(c: AsyncConnection, shop_id: int, hour: datetime) -> None:
    """Stop further advice about this hour."""
    own = (table.c.shop_id == shop_id, table.c.hour == hour)
    await c.execute(update(table).where(*own).values(dismissed=True))
