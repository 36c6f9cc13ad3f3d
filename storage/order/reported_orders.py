"""The orders that a report is counted from (X10). Trial orders are made up and do not count."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.numbers import TRIAL_NUMBERS
from orders.model.order import Order
from storage.db.tables import orders
from storage.order.orders import load

_AT_ONCE = 50


async def due(c: AsyncConnection, shop_id: int, start: datetime, end: datetime) -> list[Order]:
    """Those to be delivered from `start` until `end`, closed ones too; damaged ones are left out."""
    ids = _of_shop(shop_id).where(orders.c.deliver_from >= start, orders.c.deliver_from < end)
    return await _loaded(c, ids.order_by(orders.c.deliver_from, orders.c.id))


async def placed(c: AsyncConnection, shop_id: int, start: datetime, end: datetime) -> list[Order]:
    """Those that clients placed from `start` until `end`."""
    ids = _of_shop(shop_id).where(orders.c.placed_at >= start, orders.c.placed_at < end)
    return await _loaded(c, ids.order_by(orders.c.placed_at, orders.c.id))


def _of_shop(shop_id: int) -> Select[int]:
    is_real = [~orders.c.number.startswith(one) for one in TRIAL_NUMBERS]
    ids: Select[int] = select(orders.c.id).where(orders.c.shop_id == shop_id, *is_real)
    return ids


async def _loaded(c: AsyncConnection, ids: Select[int]) -> list[Order]:
    """Some at a time: a month is many documents, and while one lot is read everything else waits."""
    found = list(await c.scalars(ids))
    listed: list[Order] = []
    for start in range(0, len(found), _AT_ONCE):
        listed += await load(c, found[start : start + _AT_ONCE])
    return listed
