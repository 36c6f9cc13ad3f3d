"""The orders that a report counts (X10). Trial orders do not count."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.numbers import TRIAL_NUMBERS
from orders.model.order import Order
from storage.db.tables import orders
from storage.order.orders import load_many


async def due(c: AsyncConnection, shop_id: int, start: datetime, end: datetime) -> list[Order]:
    """Returns the orders due for delivery from `start` until `end`, closed ones too, without damaged ones."""
    ids = _of_shop(shop_id).where(orders.c.deliver_from >= start, orders.c.deliver_from < end)
    return await load_many(c, list(await c.scalars(ids.order_by(orders.c.deliver_from, orders.c.id))))


async def placed(c: AsyncConnection, shop_id: int, start: datetime, end: datetime) -> list[Order]:
    """Returns the orders that clients placed from `start` until `end`, without damaged ones."""
    ids = _of_shop(shop_id).where(orders.c.placed_at >= start, orders.c.placed_at < end)
    return await load_many(c, list(await c.scalars(ids.order_by(orders.c.placed_at, orders.c.id))))


def _of_shop(shop_id: int) -> Select[int]:
    is_real = [~orders.c.number.startswith(one) for one in TRIAL_NUMBERS]
    ids: Select[int] = select(orders.c.id).where(orders.c.shop_id == shop_id, *is_real)
    return ids
