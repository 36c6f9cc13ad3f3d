"""The deliveries of one courier, and the orders offered to all couriers (X8)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.tables import orders
from storage.order.orders import Listed, load_listed


async def carried_by(c: AsyncConnection, shop_id: int, staff_id: int) -> Listed:
    """Returns the open orders that this member carries, the earliest delivery window first."""
    return await _living(c, shop_id, orders.c.carrier_id == staff_id)


async def offered(c: AsyncConnection, shop_id: int) -> Listed:
    """Returns the orders that any courier of the shop may take, the earliest delivery window first."""
    return await _living(c, shop_id, orders.c.offered)


async def _living(c: AsyncConnection, shop_id: int, which: ColumnElement[bool]) -> Listed:
    ids = select(orders.c.id).where(orders.c.shop_id == shop_id, orders.c.closed_at.is_(None), which)
    return await load_listed(c, (await c.scalars(ids.order_by(orders.c.deliver_from, orders.c.id))).all())
