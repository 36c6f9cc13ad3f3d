"""The orders delivered in a period, including archived ones and those removed from the list."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.status import Status
from storage.db.tables import orders

EARLIEST = timedelta(days=7)
"""No order is completed earlier than this before its delivery; lets the index skip all older orders."""


async def ids_between(c: AsyncConnection, shop_id: int, since: datetime, until: datetime) -> list[int]:
    """Returns the ids of completed orders by start of their window, from `since` to before `until`."""
    query = select(orders.c.id).where(
        orders.c.shop_id == shop_id,
        orders.c.closed_at >= since - EARLIEST,
        orders.c.status == Status.DONE,
        orders.c.deliver_from >= since,
        orders.c.deliver_from < until,
    )
    return list(await c.scalars(query.order_by(orders.c.deliver_from, orders.c.id)))
