"""The board and the search as their words and buttons lead through them (R1, R5, R6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from messages.callbacks.order import BoardTap
from orders.model.order import Order
from orders.model.people import Actor, Role
from orders.order.board import Day, Section
from orders.steps import commands as do
from services.health.clock import utc_now
from services.order.desk import Desk
from tests.builders import a_window
from tests.handlers.conftest import DIRECTOR, Shop
from tests.services.workplace import an_incoming

BOSS = Actor(Role.DIRECTOR, 1, "Ирина", 1)


async def come(shop: Shop, count: int, first: int = 25_830_001) -> list[Order]:
    """New orders of an hour from now, with numbers that follow one another."""
    desk, now = Desk(shop.app.database, utc_now), utc_now()
    window = a_window(now + timedelta(hours=1))
    incoming = [an_incoming(now, str(first + place), window=window) for place in range(count)]
    return [(await desk.receive(1, one)).order for one in incoming]


async def board(shop: Shop, day: Day = Day.ALL, section: Section = Section.ALL, page: int = 0) -> str:
    """What the board says after a press of its filter or page."""
    return "\n".join(await shop.hears(DIRECTOR, data=BoardTap(day=day, section=section, page=page).pack()))


def listed(shop: Shop, orders: list[Order]) -> list[str]:
    return [order.number for order in orders if order.number in str(shop.wire.buttons)]


@pytest.mark.requirement("R1", "R6")
async def test_more_than_a_page_is_turned_and_no_order_is_left_out(shop: Shop) -> None:
    orders = await come(shop, 9)
    assert "Страница 1 из 2" in await board(shop)
    on_first = listed(shop, orders)
    assert len(on_first) == 8
    assert "← Раньше" not in str(shop.wire.buttons)
    assert "Страница 2 из 2" in await board(shop, page=1)
    assert sorted(on_first + listed(shop, orders)) == [order.number for order in orders]
    assert "Дальше →" not in str(shop.wire.buttons)
    assert "Страница 2 из 2" in await board(shop, page=9)  # a page that is gone meanwhile is the last one


@pytest.mark.requirement("R1")
async def test_an_empty_board_says_so_and_each_filter_names_itself(shop: Shop) -> None:
    [told] = await shop.hears(DIRECTOR, text="Заказы")
    assert told == "<b>Заказы · сегодня (0)</b>\nЗаказов нет. Новый появится здесь сам."
    assert (await board(shop, Day.TODAY, Section.COURIER_LEFT)).endswith(
        "сегодня · курьер вышел (0)</b>\nТаких заказов нет."
    )
    assert "🚚 0 •" in str(shop.wire.buttons)


@pytest.mark.requirement("R6")
async def test_what_is_not_on_the_board_is_counted_and_one_tap_away(shop: Shop) -> None:
    desk, (cancelled, removed, live) = Desk(shop.app.database, utc_now), await come(shop, 3)
    for order in (cancelled, removed):
        await desk.do(order.id, do.Accept(), BOSS)
        await desk.do(order.id, do.Cancel("передумал"), BOSS)
    await desk.do(removed.id, do.Hide(), BOSS)
    assert "Не показано: 1 отменённый, 1 убран из списка" in await board(shop)
    orders = [cancelled, removed, live]
    assert listed(shop, orders) == [live.number]
    await board(shop, section=Section.CLOSED)
    assert listed(shop, orders) == [cancelled.number]
    await board(shop, section=Section.ARCHIVE)
    assert listed(shop, orders) == [removed.number]


@pytest.mark.requirement("R5")
async def test_many_matches_are_counted_and_the_first_are_offered(shop: Shop) -> None:
    orders = await come(shop, 10)
    [told] = await shop.hears(DIRECTOR, text="2583")
    assert told == "Нашлось 10 заказов · показаны первые 8"
    assert len(listed(shop, orders)) == 8


@pytest.mark.requirement("R5")
async def test_a_number_of_no_order_is_answered_so(shop: Shop) -> None:
    await come(shop, 1)
    [told] = await shop.hears(DIRECTOR, text="99999999999999999999")
    assert told == "Заказа с номером 99999999999999999999 среди ваших нет. Проверьте цифры."
