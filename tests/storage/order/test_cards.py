from __future__ import annotations

from dataclasses import replace

import pytest

from storage.db.database import Database
from storage.db.errors import NoSuchOrder
from storage.order import cards
from storage.order.cards import Card, Slot
from tests.builders import an_order
from tests.storage.conftest import Keep

CHAT = -1_001_234_567_890


async def put(database: Database, *wanted: Card) -> None:
    async with database.write() as c:
        for card in wanted:
            await cards.put(c, card)


async def test_a_card_is_kept_per_order_chat_and_slot(
    keep: Keep, database: Database, elsewhere: Database
) -> None:
    order = await keep(an_order())
    card = Card(order.id, CHAT, Slot.CARD, 7, "abc")
    alarm = Card(order.id, CHAT, Slot.ALARM, 8, "")
    private = Card(order.id, 42, Slot.CARD, 7, "def")
    await put(database, card, alarm, private)
    async with elsewhere.snapshot() as c:
        assert await cards.get(c, order.id, CHAT, Slot.CARD) == card
        assert await cards.get(c, order.id, CHAT, Slot.ALARM) == alarm
        assert await cards.get(c, order.id, 43, Slot.CARD) is None


async def test_a_replaced_message_still_leads_to_its_order(
    keep: Keep, database: Database, elsewhere: Database
) -> None:
    order, other = await keep(an_order()), await keep(an_order())
    old = Card(order.id, CHAT, Slot.CARD, 7, "abc")
    await put(database, old, replace(old, message_id=9, digest="def"), Card(other.id, 42, Slot.CARD, 7, ""))
    async with database.write() as c:
        await cards.remove(c, order.id, CHAT, Slot.CARD)
    async with elsewhere.snapshot() as c:
        assert await cards.get(c, order.id, CHAT, Slot.CARD) is None
        assert await cards.order_of(c, CHAT, 7) == order.id
        assert await cards.order_of(c, CHAT, 9) == order.id
        assert await cards.order_of(c, 42, 7) == other.id
        assert await cards.order_of(c, CHAT, 8) is None


async def test_an_edited_card_has_a_new_digest(keep: Keep, database: Database, elsewhere: Database) -> None:
    order = await keep(an_order())
    card = Card(order.id, CHAT, Slot.CARD, 7, "abc")
    await put(database, card, replace(card, digest="def"))
    async with elsewhere.snapshot() as c:
        assert await cards.get(c, order.id, CHAT, Slot.CARD) == replace(card, digest="def")


async def test_a_card_needs_its_order(database: Database) -> None:
    with pytest.raises(NoSuchOrder):
        await put(database, Card(9, CHAT, Slot.CARD, 7, ""))


async def test_all_messages_of_an_order_in_a_chat_are_found_at_once(keep: Keep, database: Database) -> None:
    order = await keep(an_order())
    card, alarm = Card(order.id, CHAT, Slot.CARD, 7, "abc"), Card(order.id, CHAT, Slot.FORMER_ALARM, 8, "")
    await put(database, card, alarm, Card(order.id, 42, Slot.CARD, 7, "def"))
    async with database.snapshot() as c:
        assert await cards.here(c, order.id, CHAT) == {Slot.CARD: card, Slot.FORMER_ALARM: alarm}
        assert await cards.here(c, order.id, 43) == {}
