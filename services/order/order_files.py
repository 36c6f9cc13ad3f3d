"""The files on disk that belong to an order."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.order import Order
from orders.shop.erasure import papers_in
from storage.order import events
from storage.support import compensations


async def personal_files(c: AsyncConnection, order: Order) -> list[str]:
    """Paths of the order's papers, notes and receipts, also of those only in its history; no photos."""
    history = tuple(entry.event for entry in await events.history(c, order.id))
    claim = await compensations.of_order(c, order.id)
    return papers_in((order, history, claim.entries if claim is not None else ()))
