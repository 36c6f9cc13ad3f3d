"""The evenings whose report was put on its way (X10)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.support_tables import evening_reports


async def is_sent(c: AsyncConnection, shop_id: int, day: date) -> bool:
    """Whether the report of this day was put on its way."""
    mine = evening_reports.c.shop_id == shop_id, evening_reports.c.day == day.isoformat()
    return await c.scalar(select(evening_reports.c.day).where(*mine)) is not None


async def take(c: AsyncConnection, shop_id: int, day: date) -> bool:
    """Note that it is put on its way now; False where it was before."""
    return await upserts.add(c, evening_reports, {"shop_id": shop_id, "day": day.isoformat()})
