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
from tests.scenarios.marketplace.test_intake import deliver, event, kept_numbers
from tests.scenarios.stage import HOST, Stage, free_port
from tests.scenarios.steps import seen

UNREAD = "Flowwow пока не показывает подробности"
ON_SCREENS = 60.0
"""Seconds within which people see an order that was named (X13)."""
TOLD = 180.0
"""Seconds within which the directors are told of what is wrong (X13)."""


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


async def page(_request: web.Request) -> web.Response:
    return web.Response(text="<html>Ведутся работы</html>", content_type="text/html")


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


async def named_and_filled_in(stage: Stage, recover: Callable[[], object]) -> tuple[float, float]:
    """Place an order, see it by its number, mend the marketplace, see it filled in. Seconds of both."""
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

    recover()
    begun = time.monotonic()
    await both_see(stage, number, "Пионы")
    filled = time.monotonic() - begun
    assert UNREAD not in (await stage.card("director", number)).text
    assert await kept_numbers(stage) == [number]
    assert len(await ever(stage, "director", number, "group")) == 1
    assert len([one for one in await ever(stage, "director", number) if "Подробно" in one.button_texts]) == 1
    return named, filled


@pytest.mark.requirement("X13", "R15")
@pytest.mark.parametrize(
    ("answer", "paths"),
    [(broken, ()), (page, ()), (refused, ()), (refused, ("list", "view")), (missing, ("view",)), (None, ())],
    ids=["500", "page", "401", "no orders", "404", "hangs"],
)
async def test_an_order_that_cannot_be_read_is_on_the_screens_at_once_and_filled_in_once(
    stage: Stage,
    illness: Illness,
    answer: Callable[[web.Request], Awaitable[web.Response]] | None,
    paths: tuple[str, ...],
    record_property: Callable[[str, object], None],
) -> None:
    illness.falls_ill(answer or illness.hang, *paths)

    named, filled = await named_and_filled_in(stage, illness.recovers)

    record_property("on the screens, s", named)
    record_property("filled in, s", filled)
    assert named < ON_SCREENS
    assert filled < ON_SCREENS


@pytest.mark.requirement("X13")
async def test_a_marketplace_that_takes_no_connection_is_told_of_and_so_is_its_end(
    empty_stage: Stage, record_property: Callable[[str, object], None]
) -> None:
    stage, port = empty_stage, free_port()
    stage.bot.settings["FLOWWOW_API_URL"] = f"http://{HOST}:{port}"
    begun = time.monotonic()
    await stage.start_bot()
    await stage.hire("director", "manager")
    for chief in ("director", "manager"):
        word = await stage.driver.wait_message(chief, containing="Flowwow не отвечает", timeout=TOLD)
        assert not word.silent
    record_property("trouble told, s", time.monotonic() - begun)
    missed = str((await stage.driver.place_order(deliver="none")).id)
    named = await stage.driver.place_order("tea")
    await seen(stage, "director", str(named.id), UNREAD)

    await stage.serve_at(port)
    begun = time.monotonic()
    over = await stage.driver.wait_message("director", containing="Flowwow снова отвечает")
    assert over.silent
    await stage.card("manager", missed)
    record_property("end told and missed order fetched, s", time.monotonic() - begun)
    await stage.driver.wait_message(
        "director", lambda one: str(named.id) in one.text and UNREAD not in one.text
    )
    assert sorted(await kept_numbers(stage)) == sorted([missed, str(named.id)])


@pytest.mark.requirement("X13")
async def test_a_token_that_opens_no_orders_is_told_of_by_the_polling_alone_and_so_is_its_end(
    empty_stage: Stage, illness: Illness, record_property: Callable[[str, object], None]
) -> None:
    stage = empty_stage
    illness.falls_ill(refused, "orders/list", "orders/view")
    begun = time.monotonic()
    await stage.start_bot(POLL_SECONDS="1")
    await stage.hire("director", "manager")
    word = await stage.driver.wait_message("director", containing="Flowwow не открывает боту заказы")
    assert "501" in word.text
    record_property("token told, s", time.monotonic() - begun)
    missed = str((await stage.driver.place_order(deliver="none")).id)

    illness.recovers()
    await stage.driver.wait_message("director", containing="Flowwow открыл боту заказы")
    await stage.card("director", missed)
    assert "opens no orders" in stage.bot.log


@pytest.mark.requirement("X13")
async def test_the_first_success_anywhere_fetches_at_once_what_the_polling_would_bring_much_later(
    empty_stage: Stage, illness: Illness
) -> None:
    stage = empty_stage
    illness.falls_ill(refused)
    await stage.start_bot(POLL_SECONDS="3600")
    await stage.hire("director", "manager")
    missed = str((await stage.driver.place_order(deliver="none")).id)
    named = str((await stage.driver.place_order("tea")).id)
    await seen(stage, "director", named, UNREAD)

    illness.recovers()
    await stage.card("director", missed)


@pytest.mark.requirement("X13", "X3")
async def test_an_order_known_by_its_number_can_be_accepted_survives_a_kill_and_is_filled_in(
    stage: Stage, illness: Illness
) -> None:
    illness.falls_ill(broken, "list", "view")
    number = str((await stage.driver.place_order()).id)
    await stage.tap("manager", number, "Принять")
    await stage.card("manager", number, "Принят")
    await stage.driver.wait_order(int(number), lambda order: "accept" in order.calls)
    await stage.kill_bot()
    await stage.start_bot()
    assert UNREAD in (await stage.card("manager", number)).text

    illness.recovers()
    await stage.card("manager", number, "Пионы")
    order = await stage.order(number)
    assert order.progress.accepted is not None
    assert await kept_numbers(stage) == [number]


@pytest.mark.requirement("X13", "R21")
async def test_a_cancellation_of_an_order_that_was_never_read_rings_once_as_cancelled(
    stage: Stage, illness: Illness
) -> None:
    illness.falls_ill(broken)
    placed = await stage.driver.place_order(deliver="none")
    number = str(placed.id)
    answer = await deliver(stage, event("gone", "order.cancelled", placed.id))
    assert answer.status == 200

    card = await seen(stage, "director", number, "Клиент отменил")
    assert not card.silent
    illness.recovers()
    await seen(stage, "director", number, "Пионы")
    assert await kept_numbers(stage) == [number]


@pytest.mark.requirement("X13")
@pytest.mark.parametrize("answer", [refused, missing])
async def test_doctor_says_that_a_token_opens_no_orders_and_what_to_do(
    empty_stage: Stage, illness: Illness, answer: Callable[[web.Request], Awaitable[web.Response]]
) -> None:
    illness.falls_ill(answer, "orders/list")

    found = await florist(empty_stage.folder, empty_stage.bot.settings, "doctor")

    assert found.code == 1
    (bad,) = [line for line in found.out.splitlines() if line.startswith("BAD ")]
    assert bad.startswith("BAD  orders: this token opens no orders")
    assert "support" in bad
    assert "forward" in bad
