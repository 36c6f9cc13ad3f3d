"""Reads the outbox in tests."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.tables import outbox as table
from storage.sending import outbox
from storage.sending.outbox import Channel, Row, ShopRow, State
from storage.sending.shop_notifications import News, news_of


async def claim_of_orders(
    c: AsyncConnection, channel: Channel, now: datetime, limit: int, not_to: Collection[int] = ()
) -> list[Row]:
    """Claim due rows, and return those of orders."""
    return [row for row in await outbox.claim(c, channel, now, limit, not_to=not_to) if isinstance(row, Row)]


async def take_news(c: AsyncConnection) -> list[News]:
    """Remove and return the pending news of shops, oldest first."""
    waits = (table.c.shop_id.is_not(None), table.c.state == State.PENDING)
    kept = [await outbox.get(c, row_id) for row_id in await c.scalars(select(table.c.id).where(*waits))]
    rows = [row for row in sorted(kept, key=lambda row: row.id if row else 0) if isinstance(row, ShopRow)]
    await outbox.done(c, *(row.id for row in rows))
    return [news_of(row) for row in rows]
