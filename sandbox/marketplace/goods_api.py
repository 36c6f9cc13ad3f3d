"""The seller API about products: validates every field, and may succeed for some products only."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from sandbox.config import Shop
from sandbox.marketplace.api import body_of, named_shop
from sandbox.marketplace.catalogue import Catalogue, Offer
from sandbox.marketplace.errors import MarketError, invalid
from sandbox.marketplace.market import Market

MAX_PAGE = 1000
MAX_OFFERS = 1000
LONGEST_OFFER_ID = 50
KINDS = (1, 2, 3)

Json = dict[str, Any]
Change = Callable[[Offer, Json], None]


async def products(request: web.Request, market: Market, shops: list[Shop]) -> Json:
    """List a shop's products; pages from 0."""
    goods, body = _catalogue(request, market, shops), await body_of(request)
    page, limit = _number(body, "page", 0), _number(body, "limit", MAX_PAGE)
    if not 1 <= limit <= MAX_PAGE:
        raise invalid("limit", f"must be from 1 to {MAX_PAGE}")
    if "type" in body and body["type"] not in KINDS:
        raise invalid("type", "must be 1, 2 or 3")
    found = [offer for offer in goods.offers if _is_wanted(offer, body)]
    shown = found[page * limit : (page + 1) * limit]
    return {"items": [offer.listed() for offer in shown], "total": len(found)}


async def hide(request: web.Request, market: Market, shops: list[Shop]) -> Json:
    """Hide products from clients; idempotent."""
    return await _each(request, market, shops, lambda offer, _wish: setattr(offer, "is_active", False))


async def unhide(request: web.Request, market: Market, shops: list[Shop]) -> Json:
    """Show products to clients again."""
    return await _each(request, market, shops, lambda offer, _wish: setattr(offer, "is_active", True))


async def put_stocks(request: web.Request, market: Market, shops: list[Shop]) -> Json:
    """Set the stock of products."""
    for place, wish in enumerate(await _offers(request)):
        stock = wish.get("stock")
        if not isinstance(stock, int) or isinstance(stock, bool) or stock < 0:
            raise invalid(f"offers[{place}].stock", "must be a whole number from 0")
    return await _each(request, market, shops, lambda offer, wish: setattr(offer, "stock", wish["stock"]))


async def get_stocks(request: web.Request, market: Market, shops: list[Shop]) -> Json:
    """Return the stock of all products."""
    goods = _catalogue(request, market, shops)
    return {"offers": [{"offerId": offer.offer_id, "stock": offer.stock} for offer in goods.offers]}


async def name_offers(request: web.Request, market: Market, shops: list[Shop]) -> Json:
    """Set the offer ids of products, which must be unique."""
    goods, errors = _catalogue(request, market, shops), []
    wishes = await _offers(request)
    goods.called("offersMappings", wishes)
    for wish in wishes:
        offer, holder = goods.find(product_id=wish.get("productId")), goods.find(wish["offerId"])
        if offer is None:
            errors.append(_error(wish, "Product not found"))
        elif holder is not None and holder is not offer:
            errors.append(_error(wish, "offerId is taken"))
        else:
            offer.offer_id = wish["offerId"]
    return {"errors": errors, "shopId": goods.shop_id} if errors else {"success": True}


async def _each(request: web.Request, market: Market, shops: list[Shop], change: Change) -> Json:
    """Apply a change to each product, and return errors for those that could not be changed."""
    goods, errors = _catalogue(request, market, shops), []
    wishes = await _offers(request)
    goods.called(request.path.removeprefix("/apiseller/"), wishes)
    for wish in wishes:
        offer = goods.find(wish["offerId"])
        if offer is None or offer.refusal:
            errors.append(_error(wish, offer.refusal if offer else "Product not found", offer))
        else:
            change(offer, wish)
    goods.tell()
    return {"errors": errors, "shopId": goods.shop_id} if errors else {"success": True}


def _error(wish: Json, message: str, offer: Offer | None = None) -> Json:
    """Build an error with all fields, which the public client of the marketplace's API requires."""
    return {
        "offerId": wish["offerId"],
        "productId": offer.product_id if offer else wish.get("productId"),
        "stock": wish.get("stock", offer.stock if offer else 0),
        "isActive": offer.is_active if offer else False,
        "message": message,
    }


def _catalogue(request: web.Request, market: Market, shops: list[Shop]) -> Catalogue:
    return market.goods[named_shop(request, market, shops).shop_id]


async def _offers(request: web.Request) -> list[Json]:
    offers = (await body_of(request)).get("offers")
    if not isinstance(offers, list) or not 1 <= len(offers) <= MAX_OFFERS:
        raise invalid("offers", f"must be a list of 1 to {MAX_OFFERS}")
    for place, wish in enumerate(offers):
        offer_id = wish.get("offerId") if isinstance(wish, dict) else None
        if not isinstance(offer_id, str) or not 1 <= len(offer_id) <= LONGEST_OFFER_ID:
            raise invalid(f"offers[{place}].offerId", f"must have 1 to {LONGEST_OFFER_ID} characters")
    return offers


def _is_wanted(offer: Offer, body: Json) -> bool:
    return (
        (not offer.archived or body.get("withArchive") is True)
        and body.get("type", offer.kind) == offer.kind
        and offer.product_id in body.get("productIds", [offer.product_id])
        and offer.offer_id in body.get("offerIds", [offer.offer_id])
    )


def _number(body: Json, name: str, default: int) -> int:
    value = body.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise MarketError(400, "Validation failed", {name: "must be a whole number from 0"})
    return value
