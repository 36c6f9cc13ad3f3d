from __future__ import annotations

import hashlib
import hmac
import io
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st

from flowwow.order.webhook import BadEvent, Taken, WebhookEvent, parse_event, signature_ok, webhook_routes

SECRET = "hush"
EVENT = {"uuid": "0a-1b", "event": "order.paid", "shopId": 501, "order": {"id": 25836184}}
BODY = json.dumps(EVENT).encode()


def sign(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Taker:
    """Takes events the way it is told to."""

    def __init__(self) -> None:
        self.events: list[WebhookEvent] = []
        self.outcome: Taken | Exception = Taken.DONE

    async def take(self, event: WebhookEvent) -> Taken:
        self.events.append(event)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.fixture
def taker() -> Taker:
    return Taker()


@pytest.fixture
async def url(taker: Taker) -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes(webhook_routes(SECRET, taker.take))
    async with TestServer(app) as server:
        yield str(server.make_url("/flowwow"))


async def post(url: str, body: bytes, signature: str | None = None) -> tuple[int, dict[str, str]]:
    headers = {} if signature == "" else {"X-Webhook-Signature": signature or sign(body)}
    async with (
        ClientSession() as session,
        session.post(url, data=io.BytesIO(body), headers=headers) as response,
    ):
        return response.status, await response.json()


async def test_a_signed_event_is_taken(url: str, taker: Taker) -> None:
    assert await post(url, BODY) == (200, {"result": "done"})
    assert taker.events == [WebhookEvent("0a-1b", "order.paid", 501, 25836184)]


@pytest.mark.parametrize("outcome", [Taken.ALREADY, Taken.IGNORED])
async def test_an_event_with_nothing_left_to_do_is_answered_well(
    url: str, taker: Taker, outcome: Taken
) -> None:
    taker.outcome = outcome

    assert await post(url, BODY) == (200, {"result": outcome.value})


async def test_an_event_that_cannot_be_done_now_is_asked_for_again(url: str, taker: Taker) -> None:
    taker.outcome = Taken.RETRY

    assert await post(url, BODY) == (503, {"error": "not now, try again"})


async def test_a_failure_of_ours_is_asked_for_again_and_shows_nothing_of_itself(
    url: str, taker: Taker
) -> None:
    taker.outcome = RuntimeError("secret detail")

    assert await post(url, BODY) == (503, {"error": "not now, try again"})


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "sha256=",
        "sha256",
        sign(BODY).removeprefix("sha256="),
        sign(BODY, "other"),
        sign(b"{}"),
        "sha256=ж",
    ],
)
async def test_an_event_that_is_not_signed_as_agreed_is_refused(
    url: str, taker: Taker, signature: str
) -> None:
    assert await post(url, BODY, signature) == (403, {"error": "signature missing or wrong"})
    assert taker.events == []


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "not JSON"),
        (b"order", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b"{}", "no uuid"),
        (b'{"uuid": null, "event": "test"}', "no uuid"),
        (b'{"uuid": "  ", "event": "test"}', "no uuid"),
        (b'{"uuid": ["a"], "event": "test"}', "no uuid"),
        (json.dumps({"uuid": "a" * 201}).encode(), "no uuid"),
    ],
)
async def test_what_is_no_event_is_refused(url: str, taker: Taker, body: bytes, why: str) -> None:
    assert await post(url, body) == (400, {"error": why})
    assert taker.events == []


async def test_a_body_of_more_than_a_megabyte_is_refused(url: str, taker: Taker) -> None:
    fits = BODY + b" " * (1024 * 1024 - len(BODY))

    assert await post(url, fits) == (200, {"result": "done"})
    assert await post(url, fits + b" ") == (413, {"error": "larger than 1 MB"})
    assert len(taker.events) == 1


async def test_a_body_that_never_says_how_long_it_is_is_cut_off(url: str) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 64 * 1024

    async with ClientSession() as session, session.post(url, data=endless()) as response:
        assert response.status == 413


async def test_only_post_is_answered(url: str) -> None:
    async with ClientSession() as session, session.get(url) as response:
        assert response.status == 405


def test_a_signature_is_of_exactly_this_body_and_secret() -> None:
    assert signature_ok(BODY, sign(BODY), SECRET)
    assert signature_ok(BODY, f" {sign(BODY)} ", SECRET)
    assert not signature_ok(BODY + b" ", sign(BODY), SECRET)
    assert not signature_ok(BODY, sign(BODY, "Hush"), SECRET)
    assert not signature_ok(BODY, None, SECRET)


def test_without_a_secret_nothing_is_genuine() -> None:
    assert not signature_ok(BODY, sign(BODY, ""), "")


@given(st.text(), st.binary())
def test_no_header_whatever_forges_a_signature(header: str, body: bytes) -> None:
    assert not signature_ok(body, header, SECRET)


@pytest.mark.parametrize(
    ("changes", "event"),
    [
        ({"event": "test", "order": None}, WebhookEvent("0a-1b", "test", 501, None)),
        ({"shopId": "501", "order": {"id": "7"}}, WebhookEvent("0a-1b", "order.paid", 501, 7)),
        ({"shopId": None, "event": None}, WebhookEvent("0a-1b", "", None, 25836184)),
        ({"order": [1], "shopId": {}}, WebhookEvent("0a-1b", "order.paid", None, None)),
        ({"uuid": 77, "order": {"id": -1}}, WebhookEvent("77", "order.paid", 501, None)),
    ],
)
def test_an_event_needs_only_its_uuid(changes: dict[str, object], event: WebhookEvent) -> None:
    assert parse_event(json.dumps({**EVENT, **changes}).encode()) == event


@given(st.binary())
def test_any_bytes_are_an_event_or_a_bad_one(body: bytes) -> None:
    with pytest.raises(BadEvent):
        parse_event(body)
