"""No order exists in silence, whatever the marketplace's API does while its webhook names one (X13)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sandbox.driver import SeenMessage
from tests.scenarios.commands import florist
from tests.scenarios.eyes import ever
from tests.scenarios.marketplace.test_intake import kept_numbers
from tests.scenarios.stage import Stage
from tests.scenarios.steps import seen

UNREAD = "Flowwow пока не показывает подробности"
ON_SCREENS = 60.0
"""Seconds within which people see an order that was named (X13)."""


@dataclass
class Illness:
    """What the marketplace's API answers instead of the truth, by the end of the call's path."""

    answer: Callable[[web.Request], Awaitable[web.Response]] | None = None
    paths: tuple[str, ...] = ("orders/list", "orders/view", "shops")
    well: asyncio.Event = field(default_factory=asyncio.Event)

    def falls_ill(self, answer: Callable[[web.Request], Awaitable[web.Response]], *paths: str) -> None:
        self.answer, self.paths = answer, paths or self.paths

    def recovers(self) -> None:
        self.answer = None
        self.well.set()

    async def hang(self, _request: web.Request) -> web.Response:
        await self.well.wait()
        return web.Response(status=500)


@pytest.fixture
def illness() -> Illness:
    return Illness()


@pytest.fixture
def watchers(illness: Illness) -> list[Middleware]:
    @web.middleware
    async def answer(request: web.Request, handler: Handler) -> web.StreamResponse:
        if illness.answer is not None and request.path.endswith(illness.paths):
            return await illness.answer(request)
        return await handler(request)

    return [answer]


async def broken(_request: web.Request) -> web.Response:
    return web.Response(status=500)


async def refused(_request: web.Request) -> web.Response:
    return web.json_response({"message": "Unauthorized"}, status=401)


async def missing(_request: web.Request) -> web.Response:
    return web.json_response({"message": "Not found"}, status=404)


async def both_see(stage: Stage, number: str, containing: str) -> None:
    """The director in their own chat, and everybody in the group."""
    for chat in ("bot", "group"):
        await stage.driver.wait_message("director", containing=containing, chat=chat, predicate=_of(number))


def _of(number: str) -> Callable[[SeenMessage], bool]:
    return lambda message: number in message.text


@pytest.mark.requirement("X13", "R15", "X3")
async def test_an_order_that_cannot_be_read_is_on_the_screens_can_be_accepted_and_is_filled_in_once(
    stage: Stage, illness: Illness, record_property: Callable[[str, object], None]
) -> None:
    illness.falls_ill(illness.hang, "list", "view")
    begun = time.monotonic()
    placed = await stage.driver.place_order()
    number = str(placed.id)
    await both_see(stage, number, UNREAD)
    named = time.monotonic() - begun
    await stage.driver.wait_order(
        placed.id, lambda order: any(200 in webhook["statuses"] for webhook in order.webhooks)
    )
    card = await stage.card("director", number, UNREAD)
    assert "Принять" in card.button_texts
    assert "Пионы" not in card.text

    illness.falls_ill(broken, "list", "view")
    await stage.tap("manager", number, "Принять")
    await stage.card("manager", number, "Принят")
    await stage.driver.wait_order(placed.id, lambda order: "accept" in order.calls)
    await stage.kill_bot()
    await stage.start_bot()
    assert UNREAD in (await stage.card("manager", number)).text

    illness.recovers()
    begun = time.monotonic()
    card = await stage.card("manager", number, "Пионы")
    filled = time.monotonic() - begun
    assert UNREAD not in card.text
    record_property("on the screens, s", named)
    record_property("filled in, s", filled)
    assert max(named, filled) < ON_SCREENS
    assert (await stage.order(number)).progress.accepted is not None
    assert await kept_numbers(stage) == [number]
    assert len(await ever(stage, "director", number, "group")) == 1


@pytest.mark.requirement("X13")
async def test_a_token_that_opens_no_orders_is_told_of_and_the_first_success_anywhere_fetches_all(
    empty_stage: Stage, illness: Illness
) -> None:
    stage = empty_stage
    illness.falls_ill(refused, "orders/list", "orders/view")
    await stage.start_bot(POLL_SECONDS="3600")
    await stage.hire("director", "manager")
    word = await stage.driver.wait_message("director", containing="Flowwow не открывает боту заказы")
    assert "501" in word.text
    missed = str((await stage.driver.place_order(deliver="none")).id)
    named = str((await stage.driver.place_order("tea")).id)
    await seen(stage, "director", named, UNREAD)
    for answer in (refused, missing):
        illness.falls_ill(answer)
        await the_doctor_says_so(stage)

    illness.recovers()
    await stage.driver.wait_message("director", containing="Flowwow открыл боту заказы")
    await stage.card("director", missed)
    assert "opens no orders" in stage.bot.log


async def the_doctor_says_so(stage: Stage) -> None:
    """And what to do about it."""
    found = await florist(stage.folder, stage.bot.settings, "doctor")
    assert found.code == 1
    (bad,) = [line for line in found.out.splitlines() if line.startswith("BAD  orders")]
    assert bad.startswith("BAD  orders: this token opens no orders")
    assert "support" in bad
    assert "forward" in bad
