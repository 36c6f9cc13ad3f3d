"""The seller API over HTTP: shops, orders and errors."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.config import Shop
from sandbox.faults.plan import Fault, Section
from sandbox.faults.serving import Call as Met
from sandbox.faults.serving import Refusals, bad_gateway, respond
from sandbox.marketplace.codes import DeliveryType, Status
from sandbox.marketplace.errors import MarketError, invalid
from sandbox.marketplace.listing import Listing, page_of
from sandbox.marketplace.market import Market, MarketOrder
from sandbox.world import WORLD

Call = Callable[[web.Request, Market, list[Shop]], Awaitable[Any]]
Handler = Callable[[web.Request], Awaitable[web.Response]]

RATE_HEADERS = {"x-rate-limit-limit": "60", "x-rate-limit-remaining": "0", "x-rate-limit-reset": "1"}
_REFUSALS: Refusals = {
    Fault.TOO_MANY_REQUESTS: lambda: _refused(MarketError(429, "Too Many Requests")),
    Fault.SERVER_ERROR: lambda: _refused(MarketError(500, "Internal Server Error")),
    Fault.BAD_GATEWAY: bad_gateway,
}
WORKING_DAYS = ["1", "2", "3", "4", "5", "6", "7"]
MAX_SHOPS = 50


def authorised(call: Call) -> Handler:
    """Wrap a call: check the seller's token, then answer with the result, the error body, or a fault.

    Faults are drawn by the call's path after `/apiseller/`.
    """

    async def answer(request: web.Request) -> web.Response:
        market = request.app[WORLD].market
        try:
            result = await call(request, market, _shops(request, market))
        except MarketError as error:
            return _refused(error)
        return web.json_response(result)

    async def answer_or_fail(request: web.Request) -> web.Response:
        await request.read()
        met = Met(Section.MARKETPLACE, request.path.removeprefix("/apiseller/"))
        return await respond(request, request.app[WORLD].faults, met, lambda: answer(request), _REFUSALS)

    return answer_or_fail


def _refused(error: MarketError) -> web.Response:
    headers = RATE_HEADERS if error.status == web.HTTPTooManyRequests.status_code else None
    return web.json_response(error.as_json(), status=error.status, headers=headers)


def _shops(request: web.Request, market: Market) -> list[Shop]:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    shops = market.shops_of(token.strip()) if scheme.lower() == "bearer" else []
    if not shops:
        raise MarketError(401, "Unauthorized")
    return shops


async def ping(request: web.Request) -> web.Response:
    """Answer with `say`, or with error NNN if it is `errorNNN`. Needs no token."""
    say = request.query.get("say", "")
    code = say.removeprefix("error")
    if say.startswith("error") and code in {"400", "401", "403", "404", "409", "429", "500"}:
        return _refused(MarketError(int(code), f"Requested error {code}"))
    return web.json_response({"say": say})


async def list_shops(request: web.Request, market: Market, shops: list[Shop]) -> dict[str, Any]:
    """List the token's shops; pages from 0."""
    body = await body_of(request)
    page, limit = body.get("page", 0), body.get("limit", MAX_SHOPS)
    if not isinstance(page, int) or page < 0:
        raise invalid("page", "must be a whole number from 0")
    if not isinstance(limit, int) or not 1 <= limit <= MAX_SHOPS:
        raise invalid("limit", f"must be from 1 to {MAX_SHOPS}")
    if body.get("status", "active") not in {"active", "moderation", "disabled"}:
        raise invalid("status", "must be active, moderation or disabled")
    ids = body.get("shopIds")
    found = [shop for shop in shops if ids is None or shop.shop_id in ids]
    if body.get("status", "active") != "active":
        found = []
    described = [_shop_json(shop) for shop in found[page * limit : (page + 1) * limit]]
    return {"shops": described, "total": len(found)}


def _shop_json(shop: Shop) -> dict[str, Any]:
    return {
        "shopId": shop.shop_id,
        "name": shop.name,
        "status": "active",
        "address": "Москва, Лесная ул., 5",
        "currency": shop.currency,
        "isVerified": True,
        "workingDays": WORKING_DAYS,
    }


async def list_orders(request: web.Request, market: Market, shops: list[Shop]) -> dict[str, Any]:
    """List a shop's orders, newest first."""
    shop = named_shop(request, market, shops)
    listing = Listing.read(request.query, shop)
    found = [order for order in _shown(market, shop) if listing.takes(order)]
    found.sort(key=lambda order: order.id, reverse=True)
    shown = page_of(found, listing, market.config.orders_first_page)
    return {"items": [order.raw for order in shown], "total": len(found)}


def _shown(market: Market, shop: Shop) -> list[MarketOrder]:
    return [order for order in market.orders.values() if order.shop is shop and not order.vanished]


async def view_order(request: web.Request, market: Market, shops: list[Shop]) -> dict[str, Any]:
    """Return one order."""
    shop = named_shop(request, market, shops)
    order_id = request.query.get("orderId", "")
    if not order_id.isdigit():
        raise invalid("orderId", "must be a whole number")
    order = market.seen(int(order_id))
    if order is None or order.shop is not shop:
        raise MarketError(404, "Order not found")
    market.called(order, "view")
    return order.raw


async def accept(request: web.Request, market: Market, shops: list[Shop]) -> dict[str, Any]:
    """Accept a new order."""
    order = await _named_order(request, market, shops)
    return _move(market, order, "accept", {Status.NEW}, Status.ACCEPTED)


async def courier_left(request: web.Request, market: Market, shops: list[Shop]) -> dict[str, Any]:
    """Mark an accepted order as handed to the courier."""
    order = await _named_order(request, market, shops)
    return _move(market, order, "courierLeft", {Status.ACCEPTED, Status.PHOTO}, Status.HANDED_TO_DELIVERY)


async def finish(request: web.Request, market: Market, shops: list[Shop]) -> dict[str, Any]:
    """Mark an order as finished; a pick-up may skip the courier."""
    order = await _named_order(request, market, shops)
    allowed = {Status.HANDED_TO_DELIVERY, Status.WAITING_FOR_PICKUP}
    if order.raw.get("deliveryType") == DeliveryType.PICKUP:
        allowed |= {Status.ACCEPTED, Status.PHOTO}
    return _move(market, order, "finish", allowed, Status.FINISHED)


def _move(
    market: Market, order: MarketOrder, call: str, allowed: set[Status], status: Status
) -> dict[str, Any]:
    market.called(order, call)
    if order.cancelled:
        raise MarketError(409, "Order is cancelled", {"orderId": "is cancelled"})
    if order.raw.get("status") not in allowed:
        why = f"Order in status {order.raw.get('status')} does not allow {call}"
        raise MarketError(409, why, {"orderId": f"cannot be changed by {call} any more"})
    market.change(order, {"status": int(status)})
    return {"success": True}


def named_shop(request: web.Request, market: Market, shops: list[Shop]) -> Shop:
    """Find the shop that a call names. Raises MarketError if the token does not give access to it."""
    raw = request.query.get("shopId", "")
    if not raw.isdigit():
        raise invalid("shopId", "must be a whole number")
    shop = market.shop(int(raw))
    if shop is None:
        raise MarketError(404, "Shop not found")
    if shop not in shops:
        raise MarketError(403, "The token does not open this shop")
    return shop


async def _named_order(request: web.Request, market: Market, shops: list[Shop]) -> MarketOrder:
    order_id = (await body_of(request)).get("orderId")
    if not isinstance(order_id, int):
        raise invalid("orderId", "must be a whole number")
    order = market.seen(order_id)
    if order is None:
        raise MarketError(404, "Order not found")
    if order.shop not in shops:
        raise MarketError(403, "The token does not open this shop")
    return order


async def body_of(request: web.Request) -> dict[str, Any]:
    """Parse the body as a JSON object. Raises MarketError."""
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise MarketError(400, "The body is not a JSON object")
    return body
