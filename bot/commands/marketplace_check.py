"""`florist doctor`: checks the marketplace's API, the token, the shop, and access to orders."""

from __future__ import annotations

from collections.abc import AsyncIterator

from bot.config.findings import Finding
from bot.config.settings import Settings
from bot.runtime.wiring import seller_api
from flowwow.api.client import SellerApi, SellerShop
from flowwow.api.errors import Forbidden, MarketplaceError, NotFound, Unauthorized
from flowwow.api.reachability import NO_ORDERS

ACTIVE = "active"
STATUSES = (ACTIVE, "moderation", "disabled")
"""The marketplace's statuses of a shop."""

NAMED = 5
"""Most shops of the token that are listed when the configured one is not among them."""


async def check_marketplace(settings: Settings) -> list[Finding]:
    """One finding for each of the four checks; a failed one skips those that depend on it."""
    async with seller_api(settings) as api:
        if api is None:
            return [Finding("marketplace", True, "not set up: no order comes in by itself")]
        try:
            await api.ping()
        except MarketplaceError as error:
            words = f"does not answer as it should ({error}); check FLOWWOW_API_URL and the network"
            return [Finding("marketplace", False, words)]
        return [
            Finding("marketplace", True, f"answers at {settings.flowwow_api_url}"),
            *await _access(api, settings),
        ]


async def _access(api: SellerApi, settings: Settings) -> list[Finding]:
    try:
        shops = [shop async for shop in _shops(api)]
    except (Unauthorized, Forbidden) as error:
        words = f"is not taken ({error}); copy FLOWWOW_TOKEN anew from the seller's cabinet"
        return [Finding("token", False, words)]
    except MarketplaceError as error:
        return [Finding("token", False, f"could not be tried ({error}); run florist doctor again later")]
    token = Finding("token", True, f"is taken, shops: {len(shops)}")
    shop = _shop(shops, settings.flowwow_shop_id)
    is_known = any(one.id == settings.flowwow_shop_id for one in shops)
    orders = [await _orders(api, settings.flowwow_shop_id)] if is_known and settings.flowwow_shop_id else []
    return [token, shop, *orders]


async def _orders(api: SellerApi, shop_id: int) -> Finding:
    """Try to list orders: a token may give access to shops and goods but not to orders (X13)."""
    try:
        await api.list_orders(shop_id, 1, 1)
    except (Unauthorized, Forbidden, NotFound) as error:
        return Finding("orders", False, f"{NO_ORDERS} ({str(error) or type(error).__name__})")
    except MarketplaceError as error:
        return Finding("orders", False, f"could not be tried ({error}); run florist doctor again later")
    return Finding("orders", True, "the token opens them")


def _shop(shops: list[SellerShop], wanted: int | None) -> Finding:
    found = next((shop for shop in shops if shop.id == wanted), None)
    if found is None:
        known = ", ".join(f"{shop.id} ({shop.name})" for shop in shops[:NAMED]) or "none"
        words = f"the token does not open {wanted}; put one of its shops into FLOWWOW_SHOP_ID: {known}"
        return Finding("shop", False, words)
    words = f"{wanted} ({found.name}), {found.status}, {'verified' if found.is_verified else 'not verified'}"
    if found.status != ACTIVE:
        return Finding("shop", False, f"{words}: it gets no orders; ask the marketplace's support")
    return Finding("shop", True, words)


async def _shops(api: SellerApi) -> AsyncIterator[SellerShop]:
    """All shops of the token, in any status."""
    for status in STATUSES:
        seen, number = 0, 0
        while True:
            page = await api.shops(status, number)
            for shop in page.items:
                yield shop
            seen, number = seen + len(page.items), number + 1
            if not page.items or seen >= page.total:
                break
