from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from orders.model.order import Order
from orders.model.status import Status
from storage.db.database import Database
from storage.db.errors import NoSuchShop, OrderExists, StaleOrder, UnreadableDocument
from storage.db.tables import orders as table
from storage.order import orders
from storage.shop.shops import Shop
from tests.builders import (
    ACCEPTED,
    CANCELLED,
    COURIER_ASSIGNED,
    HIDDEN,
    LONG_WAY,
    NOON,
    SELLER_ASSIGNED,
    a_story,
    an_order,
    minutes,
)
from tests.storage.conftest import Keep


async def stored(database: Database, order_id: int) -> Order | None:
    async with database.snapshot() as c:
        return await orders.get(c, order_id)


async def save(database: Database, order: Order) -> None:
    async with database.write() as c:
        await orders.save(c, order)


async def test_an_order_comes_back_whole(keep: Keep, elsewhere: Database) -> None:
    order = await keep(an_order(*LONG_WAY))
    assert order.id > 0
    assert await stored(elsewhere, order.id) == order


async def test_an_order_is_found_by_number_in_its_shop(keep: Keep, elsewhere: Database, shop: Shop) -> None:
    order = await keep(an_order(number="25836184"))
    async with elsewhere.snapshot() as c:
        assert await orders.by_number(c, shop.id, "25836184") == order
        assert await orders.by_number(c, shop.id + 1, "25836184") is None
        assert await orders.by_number(c, shop.id, "2583618") is None
        assert await orders.get(c, order.id + 1) is None


async def test_a_number_is_taken_once_per_shop(keep: Keep, database: Database) -> None:
    order = await keep(an_order(number="1"))
    with pytest.raises(OrderExists) as refused:
        await keep(an_order(number="1"))
    assert (refused.value.shop_id, refused.value.number) == (1, "1")
    assert await stored(database, order.id) == order


async def test_of_two_that_add_the_same_number_at_once_one_wins(keep: Keep) -> None:
    results = await asyncio.gather(*(keep(an_order(number="1")) for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(result, Order) for result in results) == 1
    assert sum(isinstance(result, OrderExists) for result in results) == 4


async def test_an_order_of_an_unknown_shop_is_refused(database: Database) -> None:
    with pytest.raises(NoSuchShop):
        async with database.write() as c:
            await orders.add(c, an_order(shop_id=9))


async def test_a_change_is_written_over_the_version_before(keep: Keep, database: Database) -> None:
    order = await keep(an_order())
    changed = replace(an_order(ACCEPTED, number=order.number), id=order.id)
    await save(database, changed)
    assert await stored(database, order.id) == changed


async def test_of_two_changes_at_once_one_wins(keep: Keep, database: Database, elsewhere: Database) -> None:
    order = await keep(an_order())
    wishes = [replace(order, version=2, marketplace_status=None), replace(order, version=2)]
    results = await asyncio.gather(
        save(database, wishes[0]), save(elsewhere, wishes[1]), return_exceptions=True
    )
    lost = [result for result in results if isinstance(result, StaleOrder)]
    assert [(error.order_id, error.expected_version) for error in lost] == [(order.id, 1)]
    assert await stored(database, order.id) == wishes[results.index(None)]


@pytest.mark.parametrize("version", [1, 3])
async def test_a_change_of_any_other_version_is_stale(keep: Keep, database: Database, version: int) -> None:
    order = await keep(an_order())
    with pytest.raises(StaleOrder):
        await save(database, replace(order, version=version))
    assert await stored(database, order.id) == order


async def test_what_is_searched_by_follows_the_order(keep: Keep, database: Database) -> None:
    order = await keep(an_order(ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED))
    columns = [
        table.c[name] for name in ("status", "version", "seller_id", "carrier_id", "hidden", "closed_at")
    ]
    query = select(*columns, table.c.deliver_from).where(table.c.id == order.id)
    async with database.snapshot() as c:
        assert (await c.execute(query)).one() == ("accepted", 4, 3, 4, False, None, NOON + minutes(120))
    story = (ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED, CANCELLED, HIDDEN)
    for version in (5, 6):
        changed, _events = a_story(*story[: version - 1], number=order.number)
        await save(database, replace(changed, id=order.id))
    async with database.snapshot() as c:
        row = (await c.execute(query)).one()
    assert row[:6] == ("cancelled", 6, 3, 4, True, NOON + minutes(4))


async def test_hostile_words_stay_what_they_are(keep: Keep, elsewhere: Database) -> None:
    words = "<b>🌷\u202eя\u200f</b>'\";--\0" + "ж" * 5_000
    order = await keep(an_order(number="№ 1'", card_text=words, address=words))
    found = await stored(elsewhere, order.id)
    assert found is not None
    assert (found.number, found.details.card_text, found.details.address) == ("№ 1'", words, words)


async def test_half_a_surrogate_pair_becomes_a_question_mark(keep: Keep, elsewhere: Database) -> None:
    order = await keep(an_order(card_text="букет \ud83d"))
    found = await stored(elsewhere, order.id)
    assert found is not None
    assert found.details.card_text == "букет ?"


async def test_a_damaged_row_is_told_with_its_id(keep: Keep, database: Database) -> None:
    order = await keep(an_order())
    async with database.write() as c:
        await c.execute(text("UPDATE orders SET document = '{}'"))
    with pytest.raises(UnreadableDocument, match=f"order {order.id}"):
        await stored(database, order.id)


@pytest.mark.requirement("R58")
async def test_the_declined_orders_of_a_month_are_counted_per_shop(
    keep: Keep, elsewhere: Database, shop: Shop
) -> None:
    for number, status, since in (
        ("1", Status.DECLINED, NOON),
        ("2", Status.DECLINED, NOON - minutes(60)),
        ("3", Status.DECLINED, NOON - minutes(61)),
        ("4", Status.CANCELLED, NOON),
        ("5", Status.NEW, NOON),
        ("Р-6", Status.DECLINED, NOON),
    ):
        await keep(an_order(number=number, status=status, since=since))
    async with elsewhere.snapshot() as c:
        assert await orders.count_declined(c, shop.id, NOON - minutes(60)) == 2
        assert await orders.count_declined(c, shop.id + 1, NOON - minutes(60)) == 0
