"""An unprompted address: the order that lacks one is offered, and the text is stored there (X24, R63)."""

from __future__ import annotations

import pytest
from aiogram.types import Chat, Message

from messages.callbacks.delivery import AddressFor
from orders.model.people import Role
from orders.steps import commands as do
from tests.handlers.support.conftest import AT, PEOPLE, Bot

pytestmark = pytest.mark.requirement("X24", "R63")

ADDRESS = "Лесная 5"


async def test_only_an_order_without_an_address_is_offered_and_takes_it(bot: Bot) -> None:
    await bot.order((do.Accept(), Role.MANAGER), address="Садовая 3")
    lacks = await bot.order((do.Accept(), Role.MANAGER), address="")
    asked = await bot.say(Role.DIRECTOR, ADDRESS)
    assert asked.text.startswith("Похоже на адрес. Какого заказа?")
    assert [data for _, data in asked.buttons] == [
        AddressFor(order=lacks.id).pack(),
        AddressFor(order=0).pack(),
    ]
    chat = Chat(id=PEOPLE[Role.DIRECTOR], type="private")
    said = Message(message_id=1, date=AT, chat=chat, text=ADDRESS)
    await bot.press(Role.DIRECTOR, asked.buttons[0][1], answers=said)
    order = await bot.desk.look(lacks.id, bot.actors[Role.DIRECTOR])
    assert ADDRESS in (order.details.address, order.progress.agreed_change)
    again = await bot.say(Role.DIRECTOR, ADDRESS)
    assert again.labels == ["Убрать сообщение"]


@pytest.mark.requirement("R14")
async def test_nobody_is_offered_an_order_of_others(bot: Bot) -> None:
    await bot.order((do.Accept(), Role.MANAGER), address="")
    asked = await bot.say(Role.SELLER, ADDRESS)
    assert asked.labels == ["Убрать сообщение"]
