"""The pinned board of each person's day (X15)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import GetMe, PinChatMessage, Response, TelegramMethod

from orders.model.details import Window
from orders.model.people import Role
from orders.model.rules import ShopRules
from orders.steps import commands as do
from services.bell.boards import Boards
from services.delivery.route_choices import RouteChoices
from services.load.days import ShopDays
from services.order.desk import Desk
from services.sending.live_cards import LiveCards
from storage.db.database import Database
from storage.order import cards as card_rows
from storage.order import orders
from storage.order.cards import Slot
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from storage.updates.named_locks import NamedLocks
from tests.builders import DIRECTOR, MANAGER, NOON, minutes
from tests.services.bell.wire import Bell, Recorder, Shown
from tests.services.workplace import (
    COURIER_CHAT,
    DIRECTOR_CHAT,
    MANAGER_CHAT,
    SELLER_CHAT,
    Clock,
    an_incoming,
)

pytestmark = pytest.mark.requirement("X15")


@pytest.fixture
def boards(bell: Bell, clock: Clock) -> Boards:
    return Boards(bell.bot, bell.database, ShopDays(bell.database, clock), clock)


def the_board(wire: Recorder, chat: int) -> Shown:
    [board] = [one for one in wire.shown(chat) if one.text.startswith("📌")]
    return board


async def an_order(desk: Desk, clock: Clock, hours: float) -> int:
    window = Window(NOON + minutes(60 * hours), NOON + minutes(60 * hours + 60))
    incoming = an_incoming(clock(), window=window)
    return (await desk.receive(1, incoming)).order.id


async def test_each_person_has_one_pinned_board_with_what_is_theirs(
    desk: Desk, boards: Boards, wire: Recorder, clock: Clock
) -> None:
    first = await an_order(desk, clock, 3)
    await boards.draw()
    assert the_board(wire, DIRECTOR_CHAT).silent
    assert the_board(wire, DIRECTOR_CHAT).text.startswith("📌 <b>Сегодня:</b> 1 ждёт\n🔴 ")
    assert wire.shown(SELLER_CHAT) == wire.shown(COURIER_CHAT) == []

    await desk.do(first, do.Accept(), MANAGER)
    await desk.do(first, do.AssignSeller(3, "Оля"), MANAGER)
    await boards.draw()
    assert "1 в работе" in the_board(wire, DIRECTOR_CHAT).text
    assert " · Оля · " in the_board(wire, DIRECTOR_CHAT).text
    assert " · Оля · " not in the_board(wire, SELLER_CHAT).text
    assert wire.shown(COURIER_CHAT) == []
    boards_of = {chat for chat, _ in wire.pinned}
    assert boards_of == {DIRECTOR_CHAT, MANAGER_CHAT, SELLER_CHAT}
    assert len(wire.pinned) == 3


async def test_only_the_pinned_message_of_the_chat_and_shop_is_the_board(
    desk: Desk, boards: Boards, wire: Recorder, bell: Bell, clock: Clock
) -> None:
    await an_order(desk, clock, 3)
    await boards.draw()
    pinned = the_board(wire, DIRECTOR_CHAT).message_id
    choices = RouteChoices(bell.database, clock)
    assert await choices.is_board(1, DIRECTOR_CHAT, pinned)
    assert not await choices.is_board(1, DIRECTOR_CHAT, pinned + 1)
    assert not await choices.is_board(2, DIRECTOR_CHAT, pinned)
    assert not await choices.is_board(1, COURIER_CHAT, pinned)


async def test_what_waits_is_on_top_and_the_nearest_delivery_first(
    desk: Desk, boards: Boards, wire: Recorder, clock: Clock
) -> None:
    accepted = await an_order(desk, clock, 1)
    for hours in (5, 3, 4):
        await an_order(desk, clock, hours)
    await desk.do(accepted, do.Accept(), MANAGER)
    await boards.draw()
    lines = the_board(wire, DIRECTOR_CHAT).text.splitlines()
    assert [line[:7] for line in lines[1:]] == ["🔴 15:00", "🔴 16:00", "🔴 17:00", "🟡 13:00"]
    assert the_board(wire, DIRECTOR_CHAT).labels[4:] == ["Все заказы", "План дня", "Загрузка"]


async def test_what_waits_for_another_day_is_not_counted_as_todays_and_stands_below(
    desk: Desk, boards: Boards, wire: Recorder, clock: Clock
) -> None:
    accepted = await an_order(desk, clock, 1)
    for hours in (25, 5, 26):
        await an_order(desk, clock, hours)
    await desk.do(accepted, do.Accept(), MANAGER)
    await boards.draw()
    head, *lines = the_board(wire, DIRECTOR_CHAT).text.splitlines()
    assert head == "📌 <b>Сегодня:</b> 1 ждёт · 2 ждут на другие дни · 1 в работе"
    assert [line.split()[:2] for line in lines] == [
        ["🔴", "17:00"],
        ["🟡", "13:00"],
        ["🔴", "завтра"],
        ["🔴", "завтра"],
    ]


async def test_the_only_order_has_a_button_with_its_whole_name(
    desk: Desk, boards: Boards, wire: Recorder, clock: Clock
) -> None:
    await an_order(desk, clock, 3)
    await boards.draw()
    assert the_board(wire, DIRECTOR_CHAT).labels[0] == "15:00 Пионы «Облако» 15 шт"


async def test_orders_of_the_same_bouquet_and_hour_are_told_apart_by_the_end_of_their_numbers(
    desk: Desk, boards: Boards, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    for _ in range(2):
        await an_order(desk, clock, 3)
    await an_order(desk, clock, 4)
    await boards.draw()
    await bell.deliver()
    async with bell.database.snapshot() as c:
        ends = {
            one.number[-4:] for one in (await orders.load_readable(c, await orders.living(c, 1)))[0].values()
        }
    waiting = next(one for one in wire.shown(DIRECTOR_CHAT) if "Не приняты" in one.text)
    for opened in (the_board(wire, DIRECTOR_CHAT).labels[:3], waiting.labels[1:4]):
        assert len(set(opened)) == 3
        assert sum(name[-4:] in ends for name in opened) == 2
        assert [len(name) <= 16 for name in opened] == [True, True, False], "the last one has a whole row"
    lines = the_board(wire, DIRECTOR_CHAT).text.splitlines()[2:]
    assert [any(f" · {end} · " in line for end in ends) for line in lines] == [True, True, False]


async def test_an_order_that_was_not_accepted_in_time_is_to_be_accepted_now(
    desk: Desk, boards: Boards, wire: Recorder, clock: Clock
) -> None:
    await an_order(desk, clock, 3)
    clock.turn(14)
    await boards.draw()
    assert the_board(wire, DIRECTOR_CHAT).text.endswith(" · принять до 12:15")
    clock.turn(1)
    await boards.draw()
    assert the_board(wire, DIRECTOR_CHAT).text.endswith(" · принять сейчас")


async def test_only_a_board_that_says_something_else_costs_a_call(
    desk: Desk, boards: Boards, wire: Recorder, clock: Clock
) -> None:
    await an_order(desk, clock, 3)
    await boards.draw()
    calls = wire.calls
    await boards.draw()
    assert wire.calls == calls


async def test_a_board_that_somebody_deleted_comes_back_and_is_pinned(
    desk: Desk, boards: Boards, wire: Recorder, clock: Clock
) -> None:
    await an_order(desk, clock, 3)
    await boards.draw()
    wire.chats[DIRECTOR_CHAT].clear()
    await an_order(desk, clock, 4)
    await boards.draw()
    assert "2 ждут" in the_board(wire, DIRECTOR_CHAT).text
    assert [chat for chat, _ in wire.pinned].count(DIRECTOR_CHAT) == 2


@pytest.mark.parametrize(
    "failure",
    [
        TelegramRetryAfter(GetMe(), "Too Many Requests", 1),
        TelegramServerError(GetMe(), "Bad Gateway"),
        TelegramNetworkError(GetMe(), "reset"),
    ],
    ids=lambda failure: type(failure).__name__,
)
async def test_a_chat_that_telegram_holds_back_keeps_nobody_waiting_and_is_drawn_later(
    desk: Desk, boards: Boards, wire: Recorder, clock: Clock, failure: Exception
) -> None:
    await an_order(desk, clock, 3)
    await boards.draw()
    await an_order(desk, clock, 4)
    wire.failures[DIRECTOR_CHAT] = [failure]
    await boards.draw()
    assert "1 ждёт" in the_board(wire, DIRECTOR_CHAT).text
    assert "2 ждут" in the_board(wire, MANAGER_CHAT).text

    clock.turn(0.2)
    await boards.draw()
    assert "2 ждут" in the_board(wire, DIRECTOR_CHAT).text


async def test_a_board_is_pinned_again_with_its_first_change_of_a_day(
    desk: Desk, boards: Boards, wire: Recorder, clock: Clock
) -> None:
    for hours in (30, 31):
        await an_order(desk, clock, hours)
        await boards.draw()
    assert [chat for chat, _ in wire.pinned].count(DIRECTOR_CHAT) == 1
    clock.turn(60 * 24)
    await boards.draw()
    assert [chat for chat, _ in wire.pinned].count(DIRECTOR_CHAT) == 2


async def test_a_board_that_could_not_be_pinned_at_once_is_pinned_with_the_next_drawing(
    desk: Desk, boards: Boards, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    failures: list[Exception] = [TelegramRetryAfter(GetMe(), "Too Many Requests", 1)]

    class Busy(BaseRequestMiddleware):
        async def __call__(
            self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
        ) -> Response[Any]:
            if isinstance(method, PinChatMessage) and method.chat_id == DIRECTOR_CHAT and failures:
                raise failures.pop()
            return await make_request(bot, method)

    bell.bot.session.middleware(Busy())
    await an_order(desk, clock, 3)
    await boards.draw()
    assert DIRECTOR_CHAT not in {chat for chat, _ in wire.pinned}
    clock.turn(0.1)
    await boards.draw()
    assert (DIRECTOR_CHAT, the_board(wire, DIRECTOR_CHAT).message_id) in wire.pinned


@pytest.mark.parametrize(
    "refusal",
    [
        TelegramForbiddenError(GetMe(), "Forbidden: bot was blocked by the user"),
        TelegramBadRequest(GetMe(), "Bad Request: chat not found"),
    ],
    ids=lambda refusal: type(refusal).__name__,
)
async def test_a_chat_that_takes_no_messages_is_left_alone_for_an_hour_and_the_others_have_their_boards(
    desk: Desk, boards: Boards, wire: Recorder, clock: Clock, refusal: Exception
) -> None:
    await an_order(desk, clock, 3)
    wire.failures[DIRECTOR_CHAT] = [refusal]
    await boards.draw()
    clock.turn(59)
    await boards.draw()
    assert wire.shown(DIRECTOR_CHAT) == []
    assert "1 ждёт" in the_board(wire, MANAGER_CHAT).text
    clock.turn(1)
    await boards.draw()
    assert "1 ждёт" in the_board(wire, DIRECTOR_CHAT).text


async def test_whoever_works_here_no_more_loses_the_board(
    desk: Desk, boards: Boards, wire: Recorder, clock: Clock, database: Database
) -> None:
    await an_order(desk, clock, 3)
    await boards.draw()
    async with database.write() as c:
        await staff.remove(c, 2, 1)
    await boards.draw()
    assert wire.shown(MANAGER_CHAT) == []
    assert "1 ждёт" in the_board(wire, DIRECTOR_CHAT).text


async def test_an_empty_board_of_one_of_several_shops_still_says_of_which_it_is(
    desk: Desk, boards: Boards, wire: Recorder, clock: Clock, database: Database
) -> None:
    async with database.write() as c:
        other = await shops.put(c, Shop(0, 99_002, "Роза на Садовой", "ru", ShopRules(), None))
        director = await staff.get(c, 1, 1)
        assert director is not None
        member = await staff.add(c, other.id, director.phone, "Ирина", Role.DIRECTOR)
    await an_order(desk, clock, 3)
    order = (await desk.receive(other.id, an_incoming(clock()))).order
    await boards.draw()
    await desk.do(order.id, do.Decline("нет цветов"), member.actor)
    clock.turn(60 * 24 * 2)
    await boards.draw()
    await boards.draw()
    of_other = [one.text for one in wire.shown(DIRECTOR_CHAT) if "Роза на Садовой" in one.text]
    assert [text.startswith("📌 <b>Сегодня:</b> заказов нет") for text in of_other] == [True]


async def test_after_25_orders_of_a_day_the_directors_chat_holds_at_most_15_messages(
    desk: Desk, boards: Boards, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    cards = bell.waiting.live_cards
    for number in range(25):
        order_id = await an_order(desk, clock, 3)
        await bell.deliver()
        by = DIRECTOR if number % 2 else MANAGER
        await desk.do(order_id, do.Accept(), by)
        if by is DIRECTOR:
            await cards.open_if_absent(order_id, DIRECTOR_CHAT)
            await cards.take_in_hand(order_id, DIRECTOR_CHAT)
        await desk.do(order_id, do.AssignSeller(3, "Оля"), by)
        await bell.deliver()
        await boards.draw()
        clock.turn(1)
    shown = wire.shown(DIRECTOR_CHAT)
    assert len(shown) <= 15
    # the board, the card in hand, and the one that came last
    assert len(shown) == 3
    assert "25 в работе" in the_board(wire, DIRECTOR_CHAT).text


class Overtaken(NamedLocks):
    """Before anybody gets the lock of this order's card, somebody else has drawn the card anew."""

    def __init__(self, order_id: int, draw: Callable[[], Awaitable[None]]) -> None:
        super().__init__()
        self._name = f"card {order_id} {DIRECTOR_CHAT}"
        self._draw = draw

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        if name == self._name:
            await self._draw()
        async with super().hold(name):
            yield


async def test_a_card_that_is_drawn_anew_while_it_is_to_leave_does_not_stay_behind_unknown(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock, database: Database
) -> None:
    found = [await an_order(desk, clock, hours) for hours in (3, 4)]
    for order_id in found:
        await desk.do(order_id, do.Accept(), MANAGER)
        await desk.do(order_id, do.AssignSeller(3, "Оля"), MANAGER)
    first, second = found
    cards = bell.waiting.live_cards
    await cards.show_quietly(first, DIRECTOR_CHAT)
    locks = Overtaken(first, lambda: cards.refresh(first, DIRECTOR_CHAT, aloud=True))
    await LiveCards(bell.bot, database, clock, locks).move_down(second, DIRECTOR_CHAT)
    async with database.snapshot() as c:
        known = {one.message_id for one in await card_rows.of_chat(c, DIRECTOR_CHAT, 1, Slot.CARD)}
    assert {one.message_id for one in wire.shown(DIRECTOR_CHAT)} == known
    assert len(known) == 1


@pytest.mark.requirement("R7")
async def test_the_head_names_the_fullest_hour_for_those_who_see_all_orders(
    desk: Desk, boards: Boards, wire: Recorder, clock: Clock
) -> None:
    first = await an_order(desk, clock, 3)
    await desk.do(first, do.Accept(), MANAGER)
    await desk.do(first, do.AssignSeller(3, "Оля"), MANAGER)
    await boards.draw()
    assert "15-16" not in the_board(wire, DIRECTOR_CHAT).text  # one of three is no load
    await an_order(desk, clock, 3)
    await boards.draw()
    assert the_board(wire, DIRECTOR_CHAT).text.splitlines()[1] == "⏱ 15-16: 2 из 3"
    for _ in range(3):
        await an_order(desk, clock, 3)
    await boards.draw()
    assert the_board(wire, MANAGER_CHAT).text.splitlines()[1] == "⚠ 15-16: 5 из 3"
    assert "15-16" not in the_board(wire, SELLER_CHAT).text
    assert "Загрузка" not in the_board(wire, SELLER_CHAT).labels
    clock.turn(4 * 60)
    await boards.draw()
    assert "15-16" not in the_board(wire, DIRECTOR_CHAT).text  # the hour is over


@pytest.mark.requirement("X27")
async def test_a_florists_board_is_their_plan_with_each_step_up_to_leaving(
    desk: Desk, boards: Boards, wire: Recorder, clock: Clock
) -> None:
    for hours in (5, 3):
        order_id = await an_order(desk, clock, hours)
        await desk.do(order_id, do.Accept(), MANAGER)
        await desk.do(order_id, do.AssignSeller(3, "Оля"), MANAGER)
    await boards.draw()
    lines = the_board(wire, SELLER_CHAT).text.splitlines()[1:]
    assert [line.partition(" · ")[2] for line in lines] == [
        "собрать до 13:45 → фото 14:05 → выезд 14:20",
        "собрать до 15:45 → фото 16:05 → выезд 16:20",
    ]
    assert "собрать до 13:45 →" not in the_board(wire, DIRECTOR_CHAT).text
