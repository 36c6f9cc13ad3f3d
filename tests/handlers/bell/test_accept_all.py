"""«Принять все» under the message of the orders that wait (X14)."""

from __future__ import annotations

import asyncio

import pytest
from aiogram.types import CallbackQuery, Chat, Message, Update, User

from messages.callbacks.bell import AcceptAll
from orders.model.people import Actor, Role
from orders.model.status import Status
from orders.steps.commands import Accept
from services.health.clock import utc_now
from services.order.desk import Desk
from storage.db.database import Database
from storage.order import cards
from storage.order import orders as order_rows
from storage.order.cards import Card, Slot
from storage.shop import shops
from storage.team import staff
from tests.handlers.conftest import AT, DIRECTOR, STRANGER, Shop
from tests.services.workplace import receive

pytestmark = pytest.mark.requirement("X14")

MESSAGE = 77
FLORIST = 300


async def named(shop: Shop, how_many: int, chat: int = DIRECTOR) -> list[int]:
    """A message in this chat names so many new orders."""
    desk = Desk(shop.app.database, utc_now)
    found = [(await receive(desk, utc_now())).id for _ in range(how_many)]
    async with shop.app.database.write() as c:
        await cards.put_waiting(c, [Card(one, chat, Slot.WAITING, MESSAGE, "") for one in found])
    return found


async def pressed(shop: Shop, person: int, chat: int = DIRECTOR) -> list[str]:
    user = User(id=person, is_bot=False, first_name="Ira", language_code="ru")
    kind = "private" if chat > 0 else "group"
    message = Message(message_id=MESSAGE, date=AT, chat=Chat(id=chat, type=kind), from_user=user)
    query = CallbackQuery(
        id="1", from_user=user, chat_instance="1", message=message, data=AcceptAll(shop=1).pack()
    )
    await shop.app.dispatcher.feed_update(shop.app.bot, Update(update_id=1, callback_query=query))
    return shop.wire.said()


async def statuses(database: Database, order_ids: list[int]) -> list[Status]:
    async with database.snapshot() as c:
        return [order.status for order in await order_rows.load(c, order_ids)]


async def test_all_that_the_message_names_are_accepted_and_the_answer_counts_them(shop: Shop) -> None:
    found = await named(shop, 3)
    assert await pressed(shop, DIRECTOR) == ["Приняты 3 заказа"]
    assert await statuses(shop.app.database, found) == [Status.ACCEPTED] * 3


async def test_one_that_cannot_be_accepted_keeps_no_other_and_the_answer_says_why(shop: Shop) -> None:
    found = await named(shop, 3)
    desk = Desk(shop.app.database, utc_now)
    taken = await desk.do(found[1], Accept(), Actor(Role.MANAGER, 2, "Вера", 1))
    [said] = await pressed(shop, DIRECTOR)
    first, second = said.splitlines()
    assert first == "Приняты 2 заказа"
    assert second.startswith(f"не принят {taken.number}: Уже принят: ")
    assert second.endswith(", Вера")
    assert await statuses(shop.app.database, found) == [Status.ACCEPTED] * 3


@pytest.mark.parametrize(("count", "said"), [(1, "Уже принят: Вера"), (3, "Уже приняты: Вера")])
async def test_whoever_comes_second_reads_who_was_quicker(shop: Shop, count: int, said: str) -> None:
    desk = Desk(shop.app.database, utc_now)
    for one in await named(shop, count):
        await desk.do(one, Accept(), Actor(Role.MANAGER, 2, "Вера", 1))
    assert await pressed(shop, DIRECTOR) == [said]


async def test_an_order_that_the_message_does_not_name_is_left_alone(shop: Shop) -> None:
    await named(shop, 1)
    desk = Desk(shop.app.database, utc_now)
    later = await receive(desk, utc_now())
    await pressed(shop, DIRECTOR)
    assert await statuses(shop.app.database, [later.id]) == [Status.NEW]


async def test_a_second_press_says_that_nothing_waits(shop: Shop) -> None:
    assert await pressed(shop, DIRECTOR) == ["Уже ничего не ждёт: все заказы приняты."]


async def test_the_groups_message_is_drawn_once_all_are_accepted(shop: Shop) -> None:
    found = await named(shop, 2)
    async with shop.app.database.write() as c:
        await shops.set_group(c, 1, -5)
    services = shop.app.services
    async with services.waiting.gesture(-5):  # as long as the message is being drawn nothing is accepted
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await pressed(shop, DIRECTOR)
        assert await statuses(shop.app.database, found) == [Status.NEW] * 2
    await pressed(shop, DIRECTOR)
    assert await statuses(shop.app.database, found) == [Status.ACCEPTED] * 2


@pytest.mark.requirement("R18", "R14")
async def test_in_the_group_only_a_director_or_manager_may_press_it(shop: Shop) -> None:
    found = await named(shop, 2, chat=-5)
    async with shop.app.database.write() as c:
        florist = await staff.add(c, 1, "+79160000009", "Оля", Role.SELLER)
        await staff.connect(c, florist.staff_id, FLORIST, "ru", "Оля")
    assert await pressed(shop, FLORIST, chat=-5) == ["Новые заказы принимает директор или менеджер."]
    await pressed(shop, STRANGER, chat=-5)
    assert await statuses(shop.app.database, found) == [Status.NEW] * 2
    assert await pressed(shop, DIRECTOR, chat=-5) == ["Приняты 2 заказа"]
