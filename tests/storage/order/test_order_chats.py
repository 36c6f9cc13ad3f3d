"""Where an order stands, or is about to: the chats that a change of it may concern."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.db.database import Database
from storage.order import cards, order_chats
from storage.order.cards import Card, Slot
from storage.order.order_chats import OrderChats
from storage.sending import outbox
from storage.sending.outbox import Channel, Kind, Outgoing, Priority
from tests.builders import NOON, an_order
from tests.storage.conftest import Keep

NOWHERE = OrderChats(frozenset(), frozenset())


@pytest.fixture
async def order_id(keep: Keep) -> int:
    return (await keep(an_order())).id


async def look(database: Database, order_id: int) -> OrderChats:
    async with database.snapshot() as c:
        return (await order_chats.by_orders(c, [order_id]))[order_id]


def on_its_way(order_id: int, kind: Kind, target: int) -> Outgoing:
    return Outgoing(Channel.TELEGRAM, kind, order_id, Priority.CARD, NOON, target=target)


async def test_it_has_reached_every_chat_that_shows_it_and_those_to_be_tidied(
    database: Database, order_id: int, keep: Keep
) -> None:
    other = await keep(an_order())
    shown = [(Slot.CARD, 1), (Slot.ALARM, 2), (Slot.FORMER_CARD, 3), (Slot.FORMER_ALARM, 4), (Slot.ALARM, 1)]
    assert await look(database, order_id) == NOWHERE
    async with database.write() as c:
        for number, (slot, chat) in enumerate(shown):
            await cards.put(c, Card(order_id, chat, slot, number, ""))
        await cards.put(c, Card(other.id, 9, Slot.CARD, 9, ""))
    assert await look(database, order_id) == OrderChats(frozenset({1, 3}), frozenset({1, 2, 4}))


async def test_it_has_reached_a_chat_as_soon_as_it_is_on_its_way(database: Database, order_id: int) -> None:
    rows = [on_its_way(order_id, Kind.CARD, 1), on_its_way(order_id, Kind.ALARM, 2)]
    copy = replace(rows[0], channel=Channel.COPY, kind=Kind.RECORD, target=0)
    async with database.write() as c:
        await outbox.put(c, [*rows, copy, on_its_way(order_id, Kind.UNREACHABLE, 5)])
    waiting = await look(database, order_id)
    async with database.write() as c:
        taken = await outbox.claim(c, Channel.TELEGRAM, NOON, 10)
    assert waiting == await look(database, order_id) == OrderChats(frozenset({1}), frozenset({2}))
    async with database.write() as c:
        for row in taken:
            await outbox.fail(c, row.id, "gone")
    assert await look(database, order_id) == replace(NOWHERE, lost=frozenset({1, 2, 5}))
