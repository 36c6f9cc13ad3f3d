"""Forged buttons: made-up data, other people's steps, orders of another shop, the group (R14, R63, X6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.methods import AnswerCallbackQuery, DeleteMessage
from aiogram.types import CallbackQuery, Chat, Message, PhotoSize, Update, User

from messages.callbacks.order import Do, PhotoFor, Tap
from orders.model.order import Order
from orders.model.people import Actor, Role
from orders.model.rules import ShopRules
from orders.steps import commands as do
from orders.steps.commands import Accept
from storage.order import orders as order_rows
from storage.shop import shops
from storage.team import staff
from tests.builders import ACCEPTED, an_order
from tests.handlers.conftest import AT, DIRECTOR, Shop
from tests.services.workplace import receive

FLORIST, COURIER = 200, 300
GROUP = -5
NO_BUTTON = "Эта кнопка вам недоступна или устарела. Откройте заказ заново."
NOT_FOUND = "Такого заказа нет, или он назначен не вам."
NO_COLLEAGUE = "Этого сотрудника больше нет в магазине. Выберите другого."
NOT_YOURS = "Этот шаг делает другой сотрудник: менеджер или тот, кому назначен заказ."
PHOTO = [PhotoSize(file_id="p", file_unique_id="p", width=1200, height=900)]

NONSENSE = [
    "x",
    "?",
    ":",
    "o",
    "o:",
    "o:accept",
    "o:accept:",
    "o:accept:x:",
    "o:accept:1.5:",
    "o:accept:9223372036854775808:",
    "o:accept:" + "9" * 50 + ":",
    "o:accept:1:1:1",
    "o:king:1:",
    "b:today:all",
    "b:never:all:0",
    "b:today:all:x",
    "p:" + "9" * 30 + ":1",
    "a:x",
    "null",
    "😀" * 16,
    "\u202eo:accept:1:",
    "'; DROP TABLE orders;--",
    "<b>o:accept:1:</b>",
]


@pytest.fixture
async def order(shop: Shop) -> Order:
    """One that a florist assembles and a courier shall deliver."""
    async with shop.app.database.write() as c:
        await shops.set_group(c, 1, GROUP)
        hired = [
            await staff.add(c, 1, f"+7916000000{number}", name, role)
            for number, name, role in ((2, "Оля", Role.SELLER), (3, "Пётр", Role.COURIER))
        ]
        for member, chat in zip(hired, (FLORIST, COURIER), strict=True):
            await staff.connect(c, member.staff_id, chat, "ru", member.name)
    seller, courier = hired
    desk = shop.app.services.desk
    chief = Actor(Role.DIRECTOR, 1, "Ирина", shop_id=1)
    order = await receive(desk, datetime.now(UTC))
    for command in (
        Accept(),
        do.AssignSeller(seller.staff_id, "Оля"),
        do.AssignCourier(courier.staff_id, "Пётр"),
    ):
        order = await desk.do(order.id, command, chief)
    return order


async def pressed(shop: Shop, person: int, data: str, chat: int = 0) -> str:
    """What is answered to a press; nothing else may be said in the chat, unless it is the own one."""
    user = User(id=person, is_bot=False, first_name="Ira", language_code="ru")
    place = Chat(id=chat or person, type="supergroup" if chat else "private")
    message = Message(message_id=7, date=AT, chat=place, from_user=user)
    query = CallbackQuery(id="1", from_user=user, chat_instance="1", message=message, data=data)
    shop.wire.calls = []
    await shop.app.dispatcher.feed_update(shop.app.bot, Update(update_id=1, callback_query=query))
    answers = [call for call in shop.wire.calls if isinstance(call, AnswerCallbackQuery)]
    assert answers, data
    return answers[-1].text or ""


def others(shop: Shop) -> list[Any]:
    """All that was called beside the answer itself."""
    return [call for call in shop.wire.calls if not isinstance(call, AnswerCallbackQuery | DeleteMessage)]


async def kept(shop: Shop, order: Order) -> Order | None:
    async with shop.app.database.snapshot() as c:
        return await order_rows.get(c, order.id)


async def test_nonsense_is_answered_and_changes_nothing(shop: Shop, order: Order) -> None:
    for person in (DIRECTOR, FLORIST, COURIER):
        for data in NONSENSE:
            assert await pressed(shop, person, data) == NO_BUTTON, (person, data)
            assert others(shop) == []
    assert await kept(shop, order) == order


async def test_orders_and_people_that_do_not_exist_are_answered_so(shop: Shop, order: Order) -> None:
    for order_id in (-1, 2**63 - 1):
        for step in Do:
            toast = await pressed(shop, DIRECTOR, Tap(do=step, order=order_id).pack())
            assert toast == (NO_COLLEAGUE if step in {Do.ASSIGN_TO, Do.COURIER_IS} else NOT_FOUND), step
        toast = await pressed(shop, DIRECTOR, PhotoFor(photo=order_id, order=order.id).pack())
        assert toast == "Это фото уже отнесено к заказу"
    for arg in ("9" * 30, "٣", "1e3"):
        data = Tap(do=Do.ASSIGN_TO, order=order.id, arg=arg).pack()
        assert await pressed(shop, DIRECTOR, data) == NO_COLLEAGUE
    await pressed(shop, DIRECTOR, "b:all:all:" + "9" * 40)
    for data in ("a:0", "a:-1", "a:" + "9" * 40):
        assert await pressed(shop, DIRECTOR, data) == "Этот вопрос уже закрыт"
    assert await kept(shop, order) == order


OF_CHIEFS = (Do.DECLINE, Do.DECLINE_YES, Do.CANCEL, Do.CANCEL_YES, Do.ASSIGN, Do.HISTORY, Do.WHOLE, Do.PRINT)
OF_FLORISTS = (
    Do.PHOTO,
    Do.SELF,
    Do.PICKED_UP,
    Do.THIRD_PARTY,
    Do.FIND_COURIER,
    Do.DONE,
    Do.IN_PERSON,
    Do.CONTACT,
)


@pytest.mark.requirement("R14", "R53")
async def test_buttons_of_other_roles_do_nothing(shop: Shop, order: Order) -> None:
    for person, steps in ((FLORIST, OF_CHIEFS), (COURIER, (*OF_CHIEFS, *OF_FLORISTS))):
        for step in steps:
            data = Tap(do=step, order=order.id).pack()
            assert await pressed(shop, person, data) == NOT_YOURS, (person, step)
    assert await kept(shop, order) == order


@pytest.mark.requirement("R14", "X6")
@pytest.mark.parametrize("person", [DIRECTOR, FLORIST])
async def test_an_order_of_another_shop_is_nobodys_here(shop: Shop, order: Order, person: int) -> None:
    async with shop.app.database.write() as c:
        other = await shops.put(c, shops.Shop(0, 999, "Чужие цветы", "ru", ShopRules(), None))
        await staff.add(c, other.id, "+79990000077", "Чужая", Role.DIRECTOR)
        theirs = await order_rows.add(c, replace(an_order(ACCEPTED, number="77777777"), shop_id=other.id))
    for step in Do:
        data = Tap(do=step, order=theirs.id, arg="1").pack()
        assert await pressed(shop, person, data) == NOT_FOUND, step
    shop.wire.calls = []
    [told] = await shop.hears(person, photo=PHOTO, caption=theirs.number)
    assert f"Заказа {theirs.number} здесь нет." in told
    assert await pressed(shop, person, PhotoFor(photo=1, order=theirs.id).pack()) == NOT_FOUND
    shop.wire.calls = []
    assert await shop.hears(person, text=f"/start o{theirs.id}") == [NOT_FOUND]
    assert "среди ваших нет" in "\n".join(await shop.hears(person, text=theirs.number))
    await shop.hears(person, text="Заказы")
    assert theirs.number not in str(shop.wire.buttons)
    assert await kept(shop, theirs) == theirs


@pytest.mark.requirement("R63")
async def test_the_group_shows_nothing_private_whatever_is_pressed_there(shop: Shop, order: Order) -> None:
    for step in Do:
        toast = await pressed(shop, DIRECTOR, Tap(do=step, order=order.id, arg="1").pack(), GROUP)
        if step is Do.ACCEPT:
            assert toast.startswith("Уже принят: ")
        elif step is Do.OPEN:
            assert toast.endswith("её видите только вы")
        else:
            assert toast == NO_BUTTON, step
            assert others(shop) == [], step
    for data in ("b:all:all:0", "t:add:", "t:role:seller", "p:1:1", "a:0"):
        assert await pressed(shop, DIRECTOR, data, GROUP) == NO_BUTTON
        assert others(shop) == []
    assert await kept(shop, order) == order


@pytest.mark.requirement("R63")
async def test_words_in_the_group_are_not_answered(shop: Shop, order: Order) -> None:
    user = User(id=DIRECTOR, is_bot=False, first_name="Ira", language_code="ru")
    group = Chat(id=GROUP, type="supergroup")
    for number, words in enumerate((order.number, "/orders", "/team", "/start", f"/start o{order.id}")):
        message = Message(message_id=50 + number, date=AT, chat=group, from_user=user, text=words)
        shop.wire.calls = []
        await shop.app.dispatcher.feed_update(shop.app.bot, Update(update_id=number, message=message))
        assert shop.wire.said() == [], words
