"""A whole list of orders, page by page, with no more than one page in memory.

Whether the first page is 0 or 1 is not known: sources disagree. Both are read, and what comes
twice is passed over.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import structlog

from flowwow.api.client import OrderPage, SellerApi
from flowwow.api.errors import NotFound, Rejected

log = structlog.get_logger(__name__)

LIMIT = 100
"""Orders of one page: the most that the marketplace gives."""
FIRST, SECOND = 0, 1

RawOrders = list[dict[str, Any]]


async def pages(api: SellerApi, shop_id: int, **filters: str | int) -> AsyncIterator[RawOrders]:
    """The orders of a list, each once, a page at a time. Raises MarketplaceError.

    A page is emptied before the next one is read, so that there is never more than one. New orders that push
    others to the next page meanwhile make these come twice, which is seen by their ids. It ends when as many
    have come as the list says it has, or when a page brings nothing that was not on the page before: so a
    list that counts wrongly, or gives its last page for ever, ends as well.
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
    """Where pages begin at 1, page 0 may be empty, the same as page 1, or an error."""
    try:
        return await api.list_orders(shop_id, number, LIMIT, **filters)
    except (Rejected, NotFound) as error:
        if number != FIRST:
            raise
        log.info("no page 0", error=str(error))
        return OrderPage((), 0)
