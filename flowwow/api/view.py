"""Views one order at the marketplace."""

from __future__ import annotations

from typing import Any

from flowwow.api.client import SellerApi
from flowwow.api.errors import UnreadableOrder
from storage.shop.shops import Shop


async def view(api: SellerApi, shop: Shop, number: str) -> dict[str, Any]:
    """Returns the raw object of the order with this number.

    Raises MarketplaceError when the call fails, UnreadableOrder when the number is not one of the marketplace
    or the response has another order.
    """
    if shop.marketplace_id is None or not number.isdecimal():
        raise UnreadableOrder(f"order {number} is not one of the marketplace")
    raw = await api.view(shop.marketplace_id, int(number))
    if str(raw.get("id")) != number:
        raise UnreadableOrder(f"asked for order {number}, got another")
    return raw
