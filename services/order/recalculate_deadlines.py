"""Recalculates deadlines when a shop's rules have changed, such as ACCEPT_MINUTES between two starts."""

from __future__ import annotations

from functools import partial

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.schedule.deadlines import deadlines
from storage.order import deadlines as deadline_rows
from storage.order import orders as order_rows
from storage.shop.shops import Shop

log = structlog.get_logger(__name__)


async def reckon_deadlines(c: AsyncConnection, shop: Shop) -> None:
    """Recalculate the deadlines of the shop's open orders by its current rules (R78)."""
    count = 0
    for order_id in await order_rows.living(c, shop.id):
        order = await order_rows.get(c, order_id, for_update=True)
        if order is not None:
            await deadline_rows.rewrite(c, order_id, partial(deadlines, order, shop.rules))
            count += 1
    log.info("deadlines_reckoned_anew", shop=shop.id, orders=count)
