from __future__ import annotations

import asyncio

import pytest

from storage.db.database import Database
from storage.db.errors import NoSuchOrder
from storage.order import marketplace_objects, orders
from tests.builders import CANCELLED, NOON, an_order, minutes
from tests.storage.conftest import Keep


async def mark(database: Database, uuid: str) -> bool:
    async with database.write() as c:
        return await marketplace_objects.mark_done(c, uuid, "order.paid", NOON)


async def test_the_latest_raw_object_is_kept_as_it_came(
    keep: Keep, database: Database, elsewhere: Database
) -> None:
    order = await keep(an_order())
    raw = {
        "id": 1,
        "price": "80.00",
        "user": None,
        "products": [{"name": "Роза \0 🌷", "count": 3}],
        "new": 1.5,
    }
    async with database.write() as c:
        await marketplace_objects.keep_raw(c, order.id, {"id": 1}, NOON)
        await marketplace_objects.keep_raw(c, order.id, raw, NOON + minutes(1))
    async with elsewhere.snapshot() as c:
        assert await marketplace_objects.raw_of(c, order.id) == raw
        assert await marketplace_objects.raw_of(c, order.id + 1) is None


async def test_a_raw_object_needs_its_order(database: Database) -> None:
    with pytest.raises(NoSuchOrder):
        async with database.write() as c:
            await marketplace_objects.keep_raw(c, 9, {}, NOON)


async def test_a_delivery_is_done_once(database: Database, elsewhere: Database) -> None:
    assert await mark(database, "u1")
    assert not await mark(elsewhere, "u1")
    assert await mark(elsewhere, "u2")
    async with elsewhere.snapshot() as c:
        assert await marketplace_objects.is_done(c, "u1")
        assert not await marketplace_objects.is_done(c, "u3")


async def test_of_many_deliveries_of_one_uuid_at_once_one_wins(
    database: Database, elsewhere: Database
) -> None:
    results = await asyncio.gather(*(mark(each, "u1") for each in (database, elsewhere) for _ in range(5)))
    assert sum(results) == 1


async def test_a_delivery_that_failed_is_not_done(database: Database, elsewhere: Database) -> None:
    async def fail() -> None:
        async with database.write() as c:
            await marketplace_objects.mark_done(c, "u1", "order.paid", NOON)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with elsewhere.snapshot() as c:
        assert not await marketplace_objects.is_done(c, "u1")


async def test_the_objects_of_a_page_are_found_by_their_numbers(
    keep: Keep, database: Database, elsewhere: Database
) -> None:
    kept, bare = await keep(an_order(number="1")), await keep(an_order(number="2"))
    async with database.write() as c:
        await marketplace_objects.keep_raw(c, kept.id, {"id": 1}, NOON)
    async with elsewhere.snapshot() as c:
        assert await marketplace_objects.raws_of(c, kept.shop_id, ["1", "2", "3"]) == {"1": {"id": 1}}
        assert await marketplace_objects.raws_of(c, kept.shop_id + 1, ["1"]) == {}
        living = await orders.living_numbers(c, kept.shop_id)
    assert living == {"1": kept.id, "2": bare.id}


async def test_a_closed_order_is_not_among_the_living(keep: Keep, elsewhere: Database) -> None:
    await keep(an_order(CANCELLED))
    async with elsewhere.snapshot() as c:
        assert await orders.living_numbers(c, 1) == {}
