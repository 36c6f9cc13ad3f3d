from __future__ import annotations

from datetime import UTC, datetime

import pytest
from aiogram.types import Chat, Location, Message, Update, User
from sqlalchemy import select

from messages.callbacks.order import Do, Tap
from orders.model.order import Order
from orders.model.people import Role
from orders.steps import commands as do
from storage.db.client_tables import shown_positions
from storage.order import cards
from storage.order.cards import Card, Slot
from tests.handlers.support.conftest import PEOPLE, Bot

CLIENT = 500
HERE = Location(latitude=55.75, longitude=37.61, live_period=900)
STILL = Location(latitude=55.75, longitude=37.61)


async def on_the_way(bot: Bot, *, follows: bool = True) -> Order:
    courier = bot.actors[Role.COURIER]
    order = await bot.order(
        (do.Accept(), Role.DIRECTOR),
        (do.AssignCourier(courier.staff_id or 0, courier.name), Role.DIRECTOR),
        (do.Dispatch(by_self=False, reason="спешит"), Role.DIRECTOR),
    )
    if follows:
        clients = bot.app.services.clients
        await clients.open(await clients.link(order.id, bot.actors[Role.DIRECTOR]), CLIENT, "ru")
    return order


def tap(order: Order, what: Do) -> str:
    return Tap(do=what, order=order.id).pack()


async def shown(bot: Bot) -> list[tuple[int, float]]:
    async with bot.app.database.snapshot() as c:
        query = select(shown_positions.c.order_id, shown_positions.c.latitude)
        return [(row.order_id, row.latitude) for row in await c.execute(query)]


async def edits(bot: Bot, message_id: int, where: Location) -> None:
    person = PEOPLE[Role.COURIER]
    message = Message(
        message_id=message_id,
        date=datetime.now(UTC),
        chat=Chat(id=person, type="private"),
        from_user=User(id=person, is_bot=False, first_name="Ira"),
        location=where,
    )
    update = Update(update_id=message_id + 10_000, edited_message=message)
    await bot.app.dispatcher.feed_update(bot.app.bot, update)


@pytest.mark.requirement("X23")
async def test_after_the_tap_a_live_location_is_shown_until_the_courier_ends_it(bot: Bot) -> None:
    order = await on_the_way(bot)
    await on_the_way(bot)  # with two deliveries it is for this very one
    asked = await bot.press(Role.COURIER, tap(order, Do.SHOW_WHERE))
    assert "Транслировать геопозицию" in asked.text
    place = await bot.send(Role.COURIER, location=STILL)
    assert "Это место на карте, а не трансляция" in place.text
    now = datetime.now(UTC)
    begun = await bot.send(Role.COURIER, location=HERE, date=now, message_id=7001)
    assert f"Клиент заказа {order.number} видит вас на карте" in begun.text
    assert begun.labels == ["Больше не показывать"]
    await edits(bot, 7001, HERE.model_copy(update={"latitude": 55.8}))
    assert await shown(bot) == [(order.id, 55.8)]
    ended = await bot.press(Role.COURIER, tap(order, Do.HIDE_WHERE))
    assert ended.toast == "Клиент вас больше не видит."
    assert await shown(bot) == []


@pytest.mark.requirement("X23")
async def test_an_answer_to_the_card_of_a_delivery_is_for_that_one(bot: Bot) -> None:
    order, other = await on_the_way(bot), await on_the_way(bot)
    chat = Chat(id=PEOPLE[Role.COURIER], type="private")
    async with bot.app.database.write() as c:
        for number, one in ((501, order), (502, other)):
            await cards.put(c, Card(one.id, chat.id, Slot.CARD, number, ""))
    answered = Message(message_id=502, date=datetime.now(UTC), chat=chat)
    now = datetime.now(UTC)
    await bot.send(Role.COURIER, location=HERE, date=now, message_id=7005, reply_to_message=answered)
    assert [order_id for order_id, _ in await shown(bot)] == [other.id]


@pytest.mark.requirement("X23")
async def test_a_stopped_live_location_is_forgotten(bot: Bot) -> None:
    order = await on_the_way(bot)
    await bot.press(Role.COURIER, tap(order, Do.SHOW_WHERE))
    await bot.send(Role.COURIER, location=HERE, date=datetime.now(UTC), message_id=7002)
    assert len(await shown(bot)) == 1
    await edits(bot, 7002, STILL)
    assert await shown(bot) == []


@pytest.mark.requirement("X23")
async def test_without_the_tap_the_courier_is_asked_and_nothing_is_shown(bot: Bot) -> None:
    order = await on_the_way(bot)
    asked = await bot.send(Role.COURIER, location=HERE, date=datetime.now(UTC), message_id=7003)
    assert asked.text == "Кому показать, где вы?"
    assert asked.labels == [order.number]
    assert await shown(bot) == []
    nobody = await bot.send(Role.SELLER, location=HERE, date=datetime.now(UTC), message_id=7004)
    assert "Сейчас такого нет" in nobody.text


@pytest.mark.requirement("X23")
async def test_it_is_offered_to_the_carrier_and_says_where_no_client_follows(bot: Bot) -> None:
    order = await on_the_way(bot, follows=False)
    refused = await bot.press(Role.COURIER, tap(order, Do.SHOW_WHERE))
    assert refused.toast == "Клиент не открыл ссылку: показывать пока некому."
    for role in (Role.DIRECTOR, Role.SELLER):
        assert (await bot.press(role, tap(order, Do.SHOW_WHERE))).toast
    card = await bot.press(Role.COURIER, tap(order, Do.CARD))
    more = await bot.press(Role.COURIER, tap(order, Do.MORE))
    assert "Показать клиенту, где я" in card.labels + more.labels
