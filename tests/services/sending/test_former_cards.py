"""A message that another one replaced is taken away sooner or later; the card is not sent again for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from orders.model.order import Order
from services.order.desk import Desk
from services.sending.message_removal import take_away
from storage.db.database import Database
from storage.order import cards
from storage.order.cards import Card, Slot
from tests.builders import NOON
from tests.services.workplace import MANAGER_CHAT, Telegram, receive

NO_DELETING: dict[str, Any] = {"methods": ["deleteMessage"], "bot_api": {"500": 1.0}}


@pytest.fixture
async def order(desk: Desk) -> Order:
    return await receive(desk, NOON)


async def shown_ids(telegram: Telegram) -> list[int]:
    return [message.message_id for message in await telegram.shown("manager")]


@pytest.mark.requirement("X2", "X3")
async def test_a_former_card_that_could_not_be_taken_away_goes_at_the_next_drawing(
    telegram: Telegram, order: Order
) -> None:
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    await telegram.people.faults(**NO_DELETING)
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    former, card = await shown_ids(telegram)
    assert former < card
    await telegram.people.faults()

    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=False)

    assert await shown_ids(telegram) == [card]


@pytest.mark.requirement("X2", "X3")
async def test_of_three_cards_that_came_aloud_one_stays_though_the_first_could_not_be_taken_away_at_once(
    telegram: Telegram, order: Order, database: Database
) -> None:
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    await telegram.people.faults(**NO_DELETING)
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    await telegram.people.faults()

    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)

    assert len(await shown_ids(telegram)) == 1
    async with database.snapshot() as c:
        assert await cards.get(c, order.id, MANAGER_CHAT, Slot.FORMER_CARD) is None


@pytest.mark.requirement("X2")
async def test_a_former_message_whose_button_was_pressed_is_the_card_again(
    telegram: Telegram, order: Order, database: Database
) -> None:
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    [former] = await shown_ids(telegram)
    await telegram.people.faults(**NO_DELETING)
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    await telegram.people.faults()

    await telegram.cards.adopt(order.id, MANAGER_CHAT, former)
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=False)

    assert await shown_ids(telegram) == [former]
    async with database.snapshot() as c:
        kept = await cards.get(c, order.id, MANAGER_CHAT, Slot.CARD)
    assert isinstance(kept, Card)
    assert kept.message_id == former


@pytest.mark.requirement("X2", "X22")
async def test_a_card_too_old_to_delete_loses_its_buttons_and_says_that_it_is_out_of_date(
    telegram: Telegram, order: Order
) -> None:
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=49)):
        await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)

    old, card = await telegram.shown("manager")
    assert old.text == f"Заказ {order.number}: это сообщение устарело."
    assert (old.buttons, bool(card.buttons)) == ([], True)


async def test_a_question_too_old_to_delete_loses_its_buttons(telegram: Telegram) -> None:
    key = InlineKeyboardButton(text="Да", callback_data="yes")
    asked = await telegram.bot.send_message(
        MANAGER_CHAT, "Точно?", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[key]])
    )
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=49)):
        assert not await take_away(telegram.bot, MANAGER_CHAT, asked.message_id)
    [left] = await telegram.shown("manager")
    assert (left.text, left.buttons) == ("Точно?", [])
    assert await take_away(telegram.bot, MANAGER_CHAT, asked.message_id)
    assert await take_away(telegram.bot, MANAGER_CHAT, asked.message_id)
