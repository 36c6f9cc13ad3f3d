"""`/control/marketplace/...`: actions of clients and of the marketplace."""

import asyncio
from datetime import UTC, datetime

from aiohttp import web

from sandbox.config import Shop
from sandbox.control.context import json_body
from sandbox.marketplace.english import in_english
from sandbox.marketplace.market import Market, MarketOrder
from sandbox.marketplace.samples import SAMPLES, sample_fields
from sandbox.marketplace.webhooks import Webhook, post_once
from sandbox.telegram.people import CannotError
from sandbox.world import WORLD

ANSWER_SECONDS = 5.0


def _market(request: web.Request) -> Market:
    return request.app[WORLD].market


def _shop(market: Market, shop_id: object) -> Shop:
    shops = market.config.marketplace
    if shop_id is None and shops:
        return shops[0]
    shop = market.shop(int(str(shop_id))) if str(shop_id).isdigit() else None
    if shop is None:
        raise CannotError(f"no shop {shop_id}", 404)
    return shop


def _order(request: web.Request) -> MarketOrder:
    raw = request.match_info["order"]
    order = _market(request).orders.get(int(raw)) if raw.isdigit() else None
    if order is None:
        raise CannotError(f"no order {raw}", 404)
    return order


async def _answer(order: MarketOrder, webhook: Webhook | None) -> web.Response:
    """Answer with the order, and with the bot's answer to the webhook if it comes in time."""
    status, text = None, None
    if webhook is not None and webhook.url:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await webhook.answered.wait()
            status, text = webhook.answers[-1].status, webhook.answers[-1].text
        except TimeoutError:
            text = f"no answer within {ANSWER_SECONDS:.0f} s"
    return web.json_response({**order.as_json(), "webhook_status": status, "webhook_text": text})


async def samples(request: web.Request) -> web.Response:
    """List the sample orders."""
    listed = [{"key": s.key, "label": s.label, "label_en": s.label_en} for s in SAMPLES.values()]
    return web.json_response({"samples": listed})


async def orders(request: web.Request) -> web.Response:
    """List the marketplace's orders with the API calls about them, newest first."""
    listed = [order.as_json() for order in reversed(_market(request).orders.values())]
    return web.json_response({"orders": listed})


async def order(request: web.Request) -> web.Response:
    """Show one order."""
    return web.json_response(_order(request).as_json())


async def place(request: web.Request) -> web.Response:
    """Place a sample order, with given fields overridden."""
    market, body = _market(request), await json_body(request)
    shop = _shop(market, body.get("shop"))
    sample = SAMPLES.get(str(body.get("sample") or "bouquet"))
    if sample is None:
        raise CannotError(f"no sample {body['sample']!r}, there are {', '.join(SAMPLES)}", 404)
    if body.get("deliver", "webhook") not in {"webhook", "none"}:
        raise CannotError("`deliver` is webhook or none", 400)
    fields = sample_fields(sample, shop, datetime.now(UTC), str(request.url.origin()))
    if market.config.language == "en":
        fields = in_english(fields)
    placed = market.place(shop, fields | (body.get("order") or {}))
    if body.get("deliver") == "none":
        return await _answer(placed, None)
    return await _answer(placed, market.announce(placed, "order.paid"))


async def cancel(request: web.Request) -> web.Response:
    """Let the client cancel; `status` sets a status code, `deliver` "none" sends no webhook."""
    body, found, market = await json_body(request), _order(request), _market(request)
    if found.cancelled:
        raise CannotError(f"order {found.id} is cancelled already")
    market.cancel(found, body.get("status"))
    if body.get("deliver") == "none":
        return await _answer(found, None)
    return await _answer(found, market.announce(found, "order.cancelled"))


async def resend(request: web.Request) -> web.Response:
    """Send the order's last webhook again, with the same uuid."""
    found, market = _order(request), _market(request)
    webhook = market.resend(found) or market.announce(found, "order.paid")
    return await _answer(found, webhook)


async def patch(request: web.Request) -> web.Response:
    """Change fields of an order, as its client or the marketplace's app would."""
    found = _order(request)
    _market(request).change(found, await json_body(request))
    return web.json_response(found.as_json())


async def vanish(request: web.Request) -> web.Response:
    """Hide the order from its seller; `gone` false shows it again."""
    found = _order(request)
    _market(request).vanish(found, gone=bool((await json_body(request)).get("gone", True)))
    return web.json_response(found.as_json())


async def raw_webhook(request: web.Request) -> web.Response:
    """Post any body with any signature to the shop's webhook, without retries."""
    body = await json_body(request)
    shop = _shop(_market(request), body.get("shop"))
    if not shop.webhook_url:
        raise CannotError(f"shop {shop.shop_id} has no webhook")
    answer = await post_once(shop.webhook_url, str(body.get("body", "")).encode(), body.get("signature"))
    return web.json_response({"status": answer.status, "text": answer.text})
