from __future__ import annotations

import asyncio

import pytest

from orders.goods.price_list import Entry, PriceList
from orders.model.money import Money
from services.goods.imports import Imports
from storage.db.database import Database
from storage.goods import pending_imports, products
from storage.goods.pending_imports import ImportState
from storage.shop.shops import Shop
from tests.builders import DIRECTOR, NOON, a_product

LISTED = PriceList((Entry("p-15", price=Money(520_000)), Entry("new", "Тюльпаны", stock=3)), unreadable=1)


async def propose(database: Database, shop: Shop) -> tuple[Imports, int]:
    async with database.write() as c:
        await products.put_many(c, shop.id, [a_product(), a_product(offer_id="other")], NOON)
    waiting = Imports(database, lambda: NOON)
    return waiting, await waiting.propose(LISTED, "цены.xml", DIRECTOR, shop.id)


async def test_a_list_changes_nothing_before_it_is_applied_and_everything_after(
    database: Database, elsewhere: Database, shop: Shop
) -> None:
    waiting, import_id = await propose(database, shop)
    async with elsewhere.snapshot() as c:
        kept = await pending_imports.get(c, shop.id, import_id)
        assert kept is not None
        assert (kept.listed, kept.state, kept.name) == (LISTED, ImportState.WAITING, "цены.xml")
        assert await products.total(c, shop.id) == 2
    done = await waiting.apply(import_id, shop.id)
    assert done is not None
    assert (len(done.preview.new), len(done.preview.changed), len(done.preview.missing)) == (1, 1, 1)
    async with elsewhere.snapshot() as c:
        found = await products.by_offer_ids(c, shop.id, ["p-15", "new", "other"])
        kept = await pending_imports.get(c, shop.id, import_id)
    assert found["p-15"].price == Money(520_000)
    assert found["new"].stock == 3
    assert found["other"].price == Money(490_000)
    assert kept is not None
    assert (kept.state, kept.listed) == (ImportState.APPLIED, PriceList(()))
    assert await waiting.apply(import_id, shop.id) is None
    assert not await waiting.drop(import_id, shop.id)


async def test_of_two_who_apply_at_once_one_does(database: Database, elsewhere: Database, shop: Shop) -> None:
    first, import_id = await propose(database, shop)
    second = Imports(elsewhere, lambda: NOON)
    done = await asyncio.gather(*(each.apply(import_id, shop.id) for each in (first, second)))
    assert [one is None for one in done].count(True) == 1


async def test_a_dropped_list_changes_nothing(database: Database, shop: Shop) -> None:
    waiting, import_id = await propose(database, shop)
    assert await waiting.drop(import_id, shop.id)
    assert await waiting.apply(import_id, shop.id) is None
    async with database.snapshot() as c:
        assert await products.total(c, shop.id) == 2


@pytest.mark.requirement("X6")
async def test_a_list_of_another_shop_is_not_there(database: Database, shop: Shop) -> None:
    waiting, import_id = await propose(database, shop)
    assert await waiting.look(import_id, shop.id + 1) is None
    assert await waiting.apply(import_id, shop.id + 1) is None
    assert not await waiting.drop(import_id, shop.id + 1)
    assert await waiting.apply(import_id, shop.id) is not None
