from __future__ import annotations

import pytest
from aiogram.types import Chat, Message

from orders.model.people import Role
from orders.steps import commands as do
from tests.handlers.support.conftest import AT, PEOPLE, Bot

ADDRESS = "ул. Садовая 3, кв 12"


@pytest.mark.requirement("X24", "R63")
async def test_an_address_without_a_question_goes_to_its_order_and_out_of_the_chat(bot: Bot) -> None:
    seller = bot.actors[Role.SELLER]
    given = (do.AssignSeller(seller.staff_id or 0, "Оля"), Role.MANAGER)
    order = await bot.order((do.Accept(), Role.DIRECTOR), given, address="")
    asked = await bot.say(Role.SELLER, ADDRESS)
    assert "Похоже на адрес. Какого заказа?" in asked.text
    assert asked.labels[0].startswith(order.number)
    chat = Chat(id=PEOPLE[Role.SELLER], type="private")
    before = Message(message_id=77, date=AT, chat=chat, text=ADDRESS)
    await bot.press(Role.SELLER, asked.buttons[0][1], answers=before)
    assert (await bot.desk.look(order.id, seller)).details.address == ADDRESS
    assert 77 in bot.wire.gone


@pytest.mark.requirement("R63")
@pytest.mark.parametrize("words", ["+7 916 123-45-67", ADDRESS])
async def test_what_no_order_waits_for_can_be_taken_away(bot: Bot, words: str) -> None:
    asked = await bot.say(Role.COURIER, words)
    assert "бот о них сейчас не спрашивал" in asked.text
    assert asked.labels == ["Убрать сообщение"]
    before = Message(message_id=78, date=AT, chat=Chat(id=PEOPLE[Role.COURIER], type="private"), text=words)
    gone = await bot.press(Role.COURIER, asked.data("Убрать сообщение"), answers=before)
    assert gone.toast == "Сообщение убрано"
    assert 78 in bot.wire.gone


async def test_ordinary_words_are_answered_as_before(bot: Bot) -> None:
    assert "Убрать сообщение" not in (await bot.say(Role.SELLER, "спасибо")).labels
