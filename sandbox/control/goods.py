"""`/control/marketplace/goods...`: the marketplace's products and the API calls about them."""

from aiohttp import web

from sandbox.control.context import json_body
from sandbox.marketplace.catalogue import Catalogue, Offer
from sandbox.telegram.people import CannotError
from sandbox.world import WORLD

_CHANGEABLE = ("offer_id", "name", "price", "is_active", "stock", "archived", "refusal")


def _catalogue(request: web.Request) -> Catalogue:
    goods, wanted = request.app[WORLD].market.goods, request.query.get("shop", "")
    if not wanted and goods:
        return next(iter(goods.values()))
    if not wanted.isdigit() or int(wanted) not in goods:
        raise CannotError(f"no shop {wanted}", 404)
    return goods[int(wanted)]


async def show(request: web.Request) -> web.Response:
    """Show a shop's products and the seller's API calls about them, oldest first."""
    return web.json_response(_catalogue(request).as_json())


async def put(request: web.Request) -> web.Response:
    """Add or change a product, as the seller would in the marketplace's app."""
    goods, body = _catalogue(request), await json_body(request)
    raw = request.match_info["product"]
    product_id = int(raw) if raw.isdigit() else 0
    offer = goods.find(product_id=product_id)
    if offer is None:
        offer = Offer(product_id, "", "", "0.00", "RUB")
        goods.offers.append(offer)
    unknown = body.keys() - set(_CHANGEABLE)
    if unknown:
        raise CannotError(f"no field {', '.join(sorted(unknown))}, there are {', '.join(_CHANGEABLE)}", 400)
    for name, value in body.items():
        setattr(offer, name, value)
    goods.tell()
    return web.json_response(offer.as_json())
