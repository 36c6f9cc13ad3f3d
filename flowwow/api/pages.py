"""Reads a whole list of orders, page by page, with at most one page in memory.

Sources disagree on whether the first page is 0 or 1: both are read, and duplicates are skipped.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import structlog

from flowwow.api.client import OrderPage, SellerApi
from flowwow.api.errors import NotFound, Rejected

log = structlog.get_logger(__name__)

LIMIT = 100
"""Orders per page, the marketplace's maximum."""
FIRST, SECOND = 0, 1

RawOrders = list[dict[str, Any]]


async def pages(api: SellerApi, shop_id: int, **filters: str | int) -> AsyncIterator[RawOrders]:
    """Yields the orders of a list, a page at a time. Raises MarketplaceError when a page cannot be read.

    Empties each page before reading the next, so that memory never contains more than one. When new orders
    push others to the next page meanwhile, these are recognised by their ids and skipped. Ends when as many
    orders were read as the list claims, or when a page has only orders of the page before; the latter also
    ends a list with a wrong total, or one that repeats its last page forever.
    """
    before: frozenset[str] = frozenset()
    number, found = FIRST, 0
    while True:
        page = await _page(api, shop_id, number, filters)
        ids = frozenset(map(_id, page.items))
        fresh = [order for order in page.items if _id(order) not in before]
        found += len(fresh)
        is_last = 0 < page.total <= found or (not fresh and number > FIRST and not (ids and number == SECOND))
        del page
        if fresh:
            yield fresh
            fresh.clear()
        if is_last:
            return
        before, number = ids, number + 1


def _id(order: dict[str, Any]) -> str:
    return str(order.get("id"))


async def _page(api: SellerApi, shop_id: int, number: int, filters: dict[str, str | int]) -> OrderPage:
    """Reads one page; an error on page 0 counts as an empty page, since pages may start at 1."""
    try:
        return await api.list_orders(shop_id, number, LIMIT, **filters)
    except (Rejected, NotFound) as error:
        if number != FIRST:
            raise
        log.info("no page 0", error=str(error))
        return OrderPage((), 0)
