"""The marketplace's calls about goods. All are idempotent: each sets a desired state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from pydantic import Field

from flowwow.api.client import SellerApi
from flowwow.api.lenient import Code, Doubts, Lenient, Number, Sum, Text, read

log = structlog.get_logger(__name__)

LONGEST_PAGE = 1000


class Listed(Lenient):
    """A product as the marketplace lists it; an unknown field is None or empty."""

    offer_id: Text = Field("", alias="offerId")
    product_id: Number | None = Field(None, alias="productId")
    is_active: bool | None = Field(None, alias="isActive")
    name: Text = ""
    stock: Code | None = None
    price: Sum = ""
    currency: Text = Field("", alias="currencyCode")


@dataclass(frozen=True, slots=True)
class GoodsPage:
    """One page of the products, and the length of the whole list."""

    items: tuple[Listed, ...]
    total: int


class _Goods(Lenient):
    items: tuple[Any, ...] = ()
    total: Code = 0


class _ProductError(Lenient):
    offer_id: Text = Field("", alias="offerId")
    product_id: Number | None = Field(None, alias="productId")
    message: Text = ""


class _Outcome(Lenient):
    errors: tuple[Any, ...] = ()


class GoodsApi:
    """The goods of one shop at the marketplace. Every call raises a MarketplaceError when it fails.

    A change returns the products that the marketplace refused: offer id -> reason.
    """

    def __init__(self, api: SellerApi, shop_id: int) -> None:
        self._api = api
        self._shop = {"shopId": shop_id}

    async def products(self, page: int, limit: int = LONGEST_PAGE) -> GoodsPage:
        """Returns one page of the products, without archived ones; pages start at 0."""
        body = {"page": page, "limit": limit}
        answer = await self._api.repeatable("POST", "products", query=self._shop, body=body)
        doubts = Doubts()
        listed = read(_Goods, answer, "", doubts)
        items = [read(Listed, one, f"items[{n}]", doubts) for n, one in enumerate(listed.items)]
        if doubts.names:
            log.warning("products_partly_unreadable", fields=doubts.names[:10])
        return GoodsPage(tuple(items), listed.total)

    async def hide(self, offer_ids: Sequence[str]) -> dict[str, str]:
        """Hide these products from clients."""
        return await self._change("POST", "products/hide", ({"offerId": one} for one in offer_ids))

    async def unhide(self, offer_ids: Sequence[str]) -> dict[str, str]:
        """Show these products to clients again."""
        return await self._change("POST", "products/unhide", ({"offerId": one} for one in offer_ids))

    async def put_stocks(self, stocks: Mapping[str, int]) -> dict[str, str]:
        """Set the stocks of products: offer id -> number."""
        offers = ({"offerId": one, "stock": stock} for one, stock in stocks.items())
        return await self._change("PUT", "stocks/put", offers)

    async def name_offers(self, product_ids: Mapping[str, int]) -> dict[str, str]:
        """Give products an offer id, which identifies them in all other calls: offer id -> product id."""
        offers = ({"offerId": one, "productId": product} for one, product in product_ids.items())
        return await self._change("POST", "products/offersMappings", offers)

    async def _change(self, method: str, path: str, offers: Iterable[Mapping[str, object]]) -> dict[str, str]:
        body = {"offers": list(offers)}
        answer = await self._api.repeatable(method, path, query=self._shop, body=body)
        failed = read(_Outcome, answer, "", Doubts()).errors
        return dict(_by_offer(read(_ProductError, one, "", Doubts()), body["offers"]) for one in failed)


def _by_offer(error: _ProductError, offers: Sequence[Mapping[str, object]]) -> tuple[str, str]:
    """Returns the offer id and the reason; the marketplace identifies the product by offer or product id."""
    named = next((one["offerId"] for one in offers if one.get("productId") == error.product_id), "")
    return error.offer_id or str(named), error.message
