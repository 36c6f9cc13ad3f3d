from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from orders.model.order import Order
from orders.steps.events import Event
from storage.db.database import Database
from storage.db.errors import EventExists, NoSuchOrder, UnreadableDocument
from storage.order import events, orders
from storage.order.events import Recorded
from tests.builders import (
    ACCEPTED,
    AMENDED,
    CANCELLED,
    DECLINED,
    HIDDEN,
    LONG_WAY,
    MARKETPLACE_TOLD,
    NOON,
    THIRD_PARTY,
    UNDONE,
    Given,
    a_receipt,
    a_story,
    an_order,
    minutes,
)
from tests.storage.conftest import Keep

STORIES = [
    LONG_WAY,
    (DECLINED, HIDDEN),
    (ACCEPTED, CANCELLED),
    (ACCEPTED, AMENDED, MARKETPLACE_TOLD, THIRD_PARTY, UNDONE),
]


async def record(database: Database, keep: Keep, story: tuple[Given, ...]) -> tuple[Order, list[Event]]:
    order, happened = a_story(*story)
    order = await keep(order)
    async with database.write() as c:
        for version, event in enumerate(happened, start=1):
            await events.add(c, order.id, version, event)
    return order, happened


@pytest.mark.parametrize("story", STORIES, ids=["long", "declined", "cancelled", "undone"])
async def test_the_history_replayed_is_the_order(
    database: Database, elsewhere: Database, keep: Keep, story: tuple[Given, ...]
) -> None:
    order, _happened = await record(database, keep, story)
    async with elsewhere.snapshot() as c:
        assert await events.order_at(c, order.id, order.version) == order == await orders.get(c, order.id)


async def test_every_version_can_be_seen_again(database: Database, keep: Keep) -> None:
    order, _happened = await record(database, keep, LONG_WAY)
    async with database.snapshot() as c:
        for version in range(1, order.version + 1):
            then = an_order(*LONG_WAY[: version - 1], number=order.number, id=order.id)
            assert await events.order_at(c, order.id, version) == then


async def test_an_order_placed_before_it_came_in_is_replayed_so(database: Database, keep: Keep) -> None:
    received = a_receipt(NOON, "1")
    order = await keep(replace(an_order(number="1"), placed_at=NOON - minutes(7)))
    async with database.write() as c:
        await events.add(c, order.id, 1, received)
        replayed = await events.order_at(c, order.id, 1)
    assert replayed == order
    assert replayed is not None
    assert replayed.placed_at == NOON - minutes(7)


async def test_the_history_is_told_in_its_order(database: Database, elsewhere: Database, keep: Keep) -> None:
    order, happened = await record(database, keep, LONG_WAY)
    async with elsewhere.snapshot() as c:
        assert await events.history(c, order.id) == [Recorded(n, e) for n, e in enumerate(happened, start=1)]
        assert await events.history(c, order.id + 1) == []


async def test_a_version_that_never_was_is_none(database: Database, keep: Keep) -> None:
    order, _happened = await record(database, keep, (ACCEPTED,))
    async with database.snapshot() as c:
        assert await events.order_at(c, order.id, 0) is None
        assert await events.order_at(c, order.id, 3) is None
        assert await events.order_at(c, order.id + 1, 1) is None


async def test_history_is_never_rewritten(database: Database, keep: Keep) -> None:
    order, happened = await record(database, keep, (ACCEPTED,))
    with pytest.raises(EventExists) as refused:
        async with database.write() as c:
            await events.add(c, order.id, 2, happened[0])
    assert (refused.value.order_id, refused.value.version) == (order.id, 2)
    async with database.snapshot() as c:
        assert (await events.history(c, order.id))[1].event == happened[1]


async def test_an_event_of_an_unknown_order_is_refused(database: Database) -> None:
    with pytest.raises(NoSuchOrder) as refused:
        async with database.write() as c:
            await events.add(c, 9, 1, a_receipt())
    assert refused.value.order_ids == (9,)


async def test_a_damaged_event_is_told_with_its_ids(database: Database, keep: Keep) -> None:
    order, _happened = await record(database, keep, (ACCEPTED,))
    async with database.write() as c:
        await c.execute(text("UPDATE events SET document = '{}' WHERE version = 2"))
    with pytest.raises(UnreadableDocument, match=f"event 2 of order {order.id}"):
        async with database.snapshot() as c:
            await events.history(c, order.id)
