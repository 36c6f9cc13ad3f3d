"""The days whose evening report was put into the outbox (X10)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.support_tables import evening_reports


async def is_sent(c: AsyncConnection, shop_id: int, day: date) -> bool:
    """Returns whether the report of this day was put into the outbox."""
    mine = evening_reports.c.shop_id == shop_id, evening_reports.c.day == day.isoformat()
    return await c.scalar(select(evening_reports.c.day).where(*mine)) is not None


async def take(c: AsyncConnection, shop_id: int, day: date) -> bool:
    """Mark the report of this day as put into the outbox. Returns False when it is marked already."""
    return await upserts.add(c, evening_reports, {"shop_id": shop_id, "day": day.isoformat()})
