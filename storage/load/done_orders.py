"""The orders of some days that were delivered, those removed from the list and archived ones too."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.status import Status
from storage.db.tables import orders

EARLIEST = timedelta(days=7)
"""No order is finished so long before its delivery; the index leads past all that were closed before."""


async def ids_between(c: AsyncConnection, shop_id: int, since: datetime, until: datetime) -> list[int]:
    """Their ids, by the time at which their delivery was to start; `until` is not in it."""
    query = select(orders.c.id).where(
        orders.c.shop_id == shop_id,
        orders.c.closed_at >= since - EARLIEST,
        orders.c.status == Status.DONE,
        orders.c.deliver_from >= since,
        orders.c.deliver_from < until,
    )
    return list(await c.scalars(query.order_by(orders.c.deliver_from, orders.c.id)))
