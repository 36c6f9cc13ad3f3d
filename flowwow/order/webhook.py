"""The marketplace's webhook: verifies the signature, parses the event, and responds."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any

import structlog
from aiohttp import web
from pydantic import Field

from flowwow.api.lenient import Doubts, Lenient, NotJson, Number, Text, load_json, read

log = structlog.get_logger(__name__)

PATH = "/flowwow"
SIGNATURE_HEADER = "X-Webhook-Signature"
LARGEST_BODY = 1024 * 1024
BODY_SECONDS = 20.0
"""The time-out in seconds for the body of a request."""
LONGEST_UUID = 200


class BadEvent(ValueError):  # noqa: N818 - the event is bad, not the program
    """The body is not an event; `why` is for the log and the response, not for people."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Taken(StrEnum):
    """The result of an event."""

    DONE = "done"
    ALREADY = "already"
    RETRY = "retry"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """An event of the marketplace; repeated deliveries have the same `uuid`."""

    uuid: str
    event: str
    shop_id: int | None
    order_id: int | None


Take = Callable[[WebhookEvent], Awaitable[Taken]]


def signature_ok(body: bytes, header: str | None, secret: str) -> bool:
    """Returns whether the header is the signature of this body; compares in constant time."""
    if not header or not secret:
        return False
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    given = header.strip().encode("utf-8", "surrogateescape")
    return hmac.compare_digest(given, f"sha256={digest}".encode())


class _Order(Lenient):
    id: Number | None = None


class _Body(Lenient):
    uuid: Text = ""
    event: Text = ""
    shop_id: Number | None = Field(None, alias="shopId")
    order: Any = None


def parse_event(body: bytes) -> WebhookEvent:
    """Parse an event; raises BadEvent when it is not JSON or has no uuid. Other fields may be missing."""
    try:
        raw = load_json(body)
    except NotJson as error:
        raise BadEvent("not JSON") from error
    if not isinstance(raw, dict):
        raise BadEvent("not a JSON object")
    doubts = Doubts()
    found = read(_Body, raw, "", doubts)
    uuid = found.uuid.strip()
    if not uuid or len(uuid) > LONGEST_UUID:
        raise BadEvent("no uuid")
    order = read(_Order, found.order, "order", doubts)
    return WebhookEvent(uuid, found.event, found.shop_id, order.id)


def webhook_routes(secret: str, take: Take) -> list[web.RouteDef]:
    """Returns the route for the marketplace's requests; `take` processes an event."""

    async def receive(request: web.Request) -> web.Response:
        body = await read_body(request)
        if body is None:
            return _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "larger than 1 MB")
        if not signature_ok(body, request.headers.get(SIGNATURE_HEADER), secret):
            log.warning("webhook with a missing or wrong signature", remote=request.remote)
            return _answer(HTTPStatus.FORBIDDEN, "signature missing or wrong")
        try:
            event = parse_event(body)
        except BadEvent as bad:
            log.warning("webhook that is no event", why=bad.why)
            return _answer(HTTPStatus.BAD_REQUEST, bad.why)
        return await _taken(event, take)

    return [web.post(PATH, receive)]


async def _taken(event: WebhookEvent, take: Take) -> web.Response:
    try:
        taken = await take(event)
    except Exception:
        # The event is not processed; after this response the marketplace delivers it again.
        log.exception("event not taken in", uuid=event.uuid, kind=event.event, order=event.order_id)
        taken = Taken.RETRY
    if taken is Taken.RETRY:
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "not now, try again")
    return web.json_response({"result": taken.value})


async def read_body(request: web.Request) -> bytes | None:
    """Returns the body; None when it is too large, as unsigned requests must not fill the memory.

    Raises HTTPRequestTimeout when it does not arrive within BODY_SECONDS.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > LARGEST_BODY:
                    return None
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error
    return bytes(body)


def _answer(status: HTTPStatus, error: str) -> web.Response:
    return web.json_response({"error": error}, status=status)
