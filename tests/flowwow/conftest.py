from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from flowwow.api.client import Patience, SellerApi
from flowwow.api.reachability import Reach
from services.health.clock import utc_now
from services.health.troubles import Troubles

TOKEN = "seller-token-nobody-may-read"
QUICK = Patience(attempts=3, timeout=1, first_pause=0.01, longest_pause=60)


@dataclass
class Answer:
    """The answer to one call; `delay` is in seconds, `drops` closes the connection instead."""

    body: object = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    text: str | None = None
    delay: float = 0
    drops: bool = False


@dataclass
class Call:
    method: str
    path: str
    query: dict[str, str]
    body: object
    authorization: str | None


class Marketplace:
    """A server that gives the configured answers in turn and then repeats the last one."""

    def __init__(self) -> None:
        self.answers: list[Answer] = [Answer({})]
        self.calls: list[Call] = []
        self.url = ""

    def will_answer(self, *answers: Answer) -> None:
        self.answers = list(answers)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.json() if request.can_read_body else None
        authorization = request.headers.get("Authorization")
        self.calls.append(Call(request.method, request.path, dict(request.query), body, authorization))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        await asyncio.sleep(answer.delay)
        if answer.drops and request.transport is not None:
            request.transport.abort()
        if answer.text is not None:
            return web.Response(text=answer.text, status=answer.status, headers=answer.headers)
        return web.json_response(answer.body, status=answer.status, headers=answer.headers)


@pytest.fixture
async def marketplace() -> AsyncIterator[Marketplace]:
    market = Marketplace()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", market.handle)
    async with TestServer(app) as server:
        market.url = str(server.make_url("/"))
        yield market


@pytest.fixture
def pauses() -> list[float]:
    """The recorded pauses between attempts, in seconds; the test does not wait."""
    return []


@dataclass
class Steady:
    """A clock in seconds that only the test advances."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def troubles() -> Troubles:
    return Troubles(utc_now)


@pytest.fixture
def reach(troubles: Troubles, steady: Steady) -> Reach:
    """The `Reach` that observes all calls of `api`."""
    return Reach(troubles, steady)


@pytest.fixture
async def api(marketplace: Marketplace, pauses: list[float], reach: Reach) -> AsyncIterator[SellerApi]:
    async def note(seconds: float) -> None:
        pauses.append(seconds)

    async with SellerApi(marketplace.url, TOKEN, QUICK, note, watch=reach) as seller_api:
        yield seller_api
