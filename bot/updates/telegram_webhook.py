"""The route that receives Telegram's updates."""

from __future__ import annotations

import hmac
import json
from http import HTTPStatus

from aiohttp import web

from bot.updates.update_feed import UpdateFeed
from bot.updates.vitals import Vitals
from flowwow.order.webhook import read_body

TELEGRAM_PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


def telegram_routes(secret: str, feed: UpdateFeed, vitals: Vitals) -> list[web.RouteDef]:
    """Answers 200 when the update is handled, stored or unreadable; otherwise Telegram sends it again."""

    async def receive(request: web.Request) -> web.Response:
        if not _is_same(request.headers.get(SECRET_HEADER, ""), secret):
            return web.Response(text="Unauthorized", status=HTTPStatus.UNAUTHORIZED)
        body = await read_body(request)
        if body is None:
            return web.Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        vitals.webhook_is_set()
        entry = await feed.take(_parsed(body))
        if entry is None or await feed.settled(entry):
            return web.json_response({})
        return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)

    return [web.post(TELEGRAM_PATH, receive)]


def _is_same(given: str, secret: str) -> bool:
    """Compares in constant time. It encodes first because `compare_digest` rejects non-ASCII text."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())


def _parsed(body: bytes) -> object:
    try:
        parsed: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return parsed
