from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from orders.goods.products import Ingredient, Product, Told, flower_key
from orders.model.order import Mark
from orders.model.people import Role
from storage.db.database import Database
from storage.goods import flowers, pending_pushes, products
from storage.goods.pending_pushes import Push
from storage.shop.shops import Shop
from tests.builders import NOON, a_product, minutes

SHOWN = Told(shown=True, stock=0)
PEONY = flower_key("пион")
CLOUD = a_product(recipe=(Ingredient("пион", 15),))
ROSES = a_product(offer_id="r-7", name="Розы", marketplace_id=502)
OURS = a_product(offer_id="own", name="Свой", marketplace_id=None)
ANNA = 2


async def keep(database: Database, shop: Shop, *wanted: Product) -> list[Product]:
    """Products that the marketplace has as they should be."""
    async with database.write() as c:
        await products.put_many(c, shop.id, wanted, NOON)
        kept = await products.by_offer_ids(c, shop.id, [one.offer_id for one in wanted])
        told = {one.id: SHOWN for one in kept.values() if one.marketplace_id is not None}
        await products.tell(c, shop.id, told, NOON)
    return [replace(kept[one.offer_id], told=SHOWN) for one in wanted]


async def claim(database: Database, shop: Shop, at: float = 0, limit: int = 10) -> list[Push]:
    async with database.write() as c:
        now = NOON + minutes(at)
        return await pending_pushes.claim(c, shop.id, now, now + minutes(5), limit)


async def stop(database: Database, shop: Shop, product: Product, *, stopped: bool = True) -> None:
    async with database.write() as c:
        await products.set_stopped(c, shop.id, product.id, stopped=stopped, now=NOON, by=ANNA)


async def test_what_is_level_waits_for_nothing(database: Database, shop: Shop) -> None:
    await keep(database, shop, CLOUD, ROSES)
    assert await claim(database, shop) == []
    async with database.snapshot() as c:
        assert await pending_pushes.next_due(c, shop.id) is None
        assert await pending_pushes.count(c, shop.id) == 0


async def test_a_wish_is_taken_once_and_again_when_its_worker_is_lost(
    database: Database, elsewhere: Database, shop: Shop
) -> None:
    cloud, _ = await keep(database, shop, CLOUD, ROSES)
    await stop(database, shop, cloud)
    taken = await asyncio.gather(*(claim(each, shop) for each in (database, elsewhere, database)))
    (push,) = [push for found in taken for push in found]
    assert (push.product, push.shown, push.asked_by) == (replace(cloud, stopped=True), False, ANNA)
    assert await claim(elsewhere, shop, at=4) == []
    assert len(await claim(elsewhere, shop, at=5)) == 1


async def test_a_wish_that_is_taken_back_is_no_wish(database: Database, shop: Shop) -> None:
    (cloud,) = await keep(database, shop, CLOUD)
    await stop(database, shop, cloud)
    await stop(database, shop, cloud, stopped=False)
    assert await claim(database, shop) == []


async def test_what_the_marketplace_took_is_level_and_a_wish_of_meanwhile_is_not(
    database: Database, shop: Shop
) -> None:
    (cloud,) = await keep(database, shop, CLOUD)
    await stop(database, shop, cloud)
    await claim(database, shop)
    await stop(database, shop, cloud, stopped=False)  # while it is being hidden there
    async with database.write() as c:
        await products.tell(c, shop.id, {cloud.id: Told(shown=False, stock=0)}, NOON)
    (push,) = await claim(database, shop)
    assert push.shown
    async with database.write() as c:
        await products.tell(c, shop.id, {cloud.id: SHOWN}, NOON)
    assert await claim(database, shop, at=60) == []


@pytest.mark.requirement("R11", "R83")
async def test_a_flower_that_is_out_is_the_wish_to_hide_what_needs_it(database: Database, shop: Shop) -> None:
    cloud, _ = await keep(database, shop, CLOUD, ROSES)
    async with database.write() as c:
        await flowers.set_stems(c, shop.id, PEONY, 14, Mark(NOON, Role.MANAGER))
        (behind,) = await products.settle(c, shop.id, [cloud.id], NOON, ANNA)
    assert behind == cloud
    assert [push.shown for push in await claim(database, shop)] == [False]


async def test_stock_that_is_counted_is_a_wish_and_that_of_nobody_is_not(
    database: Database, shop: Shop
) -> None:
    cloud, ours = await keep(database, shop, CLOUD, OURS)
    async with database.write() as c:
        for one in (cloud, ours):
            await products.set_stock(c, shop.id, one.id, 3, NOON, ANNA)
    assert [push.product for push in await claim(database, shop)] == [replace(cloud, stock=3)]


@pytest.mark.requirement("R60")
async def test_what_was_refused_is_tried_again_only_when_somebody_wishes_it(
    database: Database, shop: Shop
) -> None:
    (cloud,) = await keep(database, shop, CLOUD)
    await stop(database, shop, cloud)
    await claim(database, shop)
    async with database.write() as c:
        assert await pending_pushes.refuse(c, cloud.id, "на модерации")
        assert not await pending_pushes.refuse(c, cloud.id, "на модерации"), "that is no news"
        await products.settle(c, shop.id, [cloud.id], NOON)
        assert await pending_pushes.next_due(c, shop.id) is None
        (known,) = await pending_pushes.refused(c, shop.id, 9)
        assert known == await pending_pushes.of_product(c, shop.id, cloud.id)
        assert (known.problem, known.shown) == ("на модерации", False)
        assert await pending_pushes.count(c, shop.id) == 1
    await stop(database, shop, cloud)
    (push,) = await claim(database, shop)
    assert push.problem == ""
    async with database.write() as c:
        assert await pending_pushes.refuse(c, cloud.id, "на модерации"), "whoever wished anew hears it anew"
        await products.tell(c, shop.id, {cloud.id: Told(shown=False, stock=0)}, NOON)
        assert await pending_pushes.refused(c, shop.id, 9) == []


async def test_a_try_that_failed_comes_again_later(database: Database, shop: Shop) -> None:
    (cloud,) = await keep(database, shop, CLOUD)
    await stop(database, shop, cloud)
    await claim(database, shop)
    async with database.write() as c:
        await pending_pushes.try_again(c, [cloud.id], NOON + minutes(1), counts=True)
        await pending_pushes.try_again(c, [cloud.id], NOON + minutes(2), counts=False)
        assert await pending_pushes.next_due(c, shop.id) == NOON + minutes(2)
    assert await claim(database, shop, at=1) == []
    (push,) = await claim(database, shop, at=2)
    assert push.attempts == 1


async def test_what_the_marketplace_has_no_more_is_kept_and_not_brought_there(
    database: Database, shop: Shop
) -> None:
    cloud, roses, ours = await keep(database, shop, CLOUD, ROSES, OURS)
    await stop(database, shop, cloud)
    async with database.write() as c:
        await products.forget_others(c, shop.id, [roses.id])
        assert await products.get(c, shop.id, roses.id) == roses
        left = await products.get(c, shop.id, cloud.id)
        assert left == replace(cloud, stopped=True, marketplace_id=None, told=Told())
        assert await products.get(c, shop.id, ours.id) == replace(ours, told=Told())
    assert await claim(database, shop) == []
