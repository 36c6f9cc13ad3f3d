"""Of two that retire a tick list at once neither forgets the newer list (X20)."""

from __future__ import annotations

import pytest

from orders.steps import commands as do
from services.order.desk import Desk
from storage.db.database import Database
from storage.order import cards
from storage.order.cards import Slot
from tests.builders import DIRECTOR, NOON
from tests.services.workplace import SELLER_CHAT, Telegram, receive


@pytest.mark.requirement("X15", "X20")
async def test_a_list_leaves_the_chat_once_its_order_is_no_longer_in_the_shop(
    telegram: Telegram, database: Database, desk: Desk
) -> None:
    order, prompts = await receive(desk, NOON), telegram.cards.prompts
    sent = await telegram.bot.send_message(SELLER_CHAT, "Всё ли на фото?")
    await prompts.listed(order.id, SELLER_CHAT, sent.message_id, 0)
    async with database.snapshot() as c:
        here = await cards.here(c, order.id, SELLER_CHAT)
    await prompts.retire_outdated(await desk.do(order.id, do.Accept(), DIRECTOR), here)
    assert [one.message_id for one in await telegram.shown("florist")] == [sent.message_id]
    await prompts.retire_outdated(await desk.do(order.id, do.Cancel("передумал"), DIRECTOR), here)
    assert await telegram.shown("florist") == []


@pytest.mark.requirement("X20")
async def test_a_list_that_is_retired_late_leaves_the_newer_one_in_place(
    telegram: Telegram, database: Database, desk: Desk
) -> None:
    order, prompts = await receive(desk, NOON), telegram.cards.prompts
    first, second = [await telegram.bot.send_message(SELLER_CHAT, "список") for _ in range(2)]
    await prompts.listed(order.id, SELLER_CHAT, first.message_id, 1)
    async with database.snapshot() as c:
        seen_before = await cards.here(c, order.id, SELLER_CHAT)
    await prompts.listed(order.id, SELLER_CHAT, second.message_id, 2)

    await prompts.retire_outdated(None, seen_before)

    async with database.snapshot() as c:
        kept = await cards.get(c, order.id, SELLER_CHAT, Slot.PHOTO_LIST)
    assert kept is not None
    assert kept.message_id == second.message_id
