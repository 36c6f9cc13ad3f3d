from __future__ import annotations

from dataclasses import replace

import pytest

from orders.goods.products import Ingredient, Product, flower_key
from orders.model.money import Money
from orders.model.order import Mark
from orders.model.people import Role
from orders.model.rules import ShopRules
from storage.db.database import Database
from storage.db.errors import NoSuchProduct, NoSuchShop
from storage.goods import flowers, products
from storage.shop import shops
from storage.shop.shops import Shop
from tests.builders import NOON, a_product

PEONY = flower_key("пион")
BY = Mark(NOON, Role.MANAGER, 2, "Анна")
CLOUD = a_product(
    name="Пионы «Облако»",
    category="Букеты",
    description="Нежный",
    picture_url="https://shop.example/1.jpg",
    url="https://shop.example/1",
    stock=3,
    recipe=(Ingredient("Пион", 15), Ingredient("эвкалипт", 3)),
)
ROSES = a_product(offer_id="r-7", name="Розы", price=None, recipe=(Ingredient("роза", 7),))
MIXED = a_product(offer_id="mix", name="Микс", recipe=(Ingredient("пионы", 5), Ingredient("роза", 1)))


async def keep(database: Database, shop: Shop, *wanted: Product) -> dict[str, Product]:
    async with database.write() as c:
        await products.put_many(c, shop.id, wanted, NOON)
        return await products.by_offer_ids(c, shop.id, [one.offer_id for one in wanted])


async def another_shop(database: Database) -> Shop:
    async with database.write() as c:
        return await shops.put(c, Shop(0, 4712, "Другой", "ru", ShopRules()))


async def test_a_product_comes_back_whole(database: Database, elsewhere: Database, shop: Shop) -> None:
    kept = (await keep(database, shop, CLOUD))["p-15"]
    assert kept == replace(CLOUD, id=kept.id, shop_id=shop.id)
    async with elsewhere.snapshot() as c:
        assert await products.get(c, shop.id, kept.id) == kept


async def test_the_same_offer_id_is_the_same_product(
    database: Database, elsewhere: Database, shop: Shop
) -> None:
    before = (await keep(database, shop, CLOUD))["p-15"]
    changed = a_product(name="Облако", price=Money(1), recipe=(Ingredient("роза", 1),), stopped=True)
    after = (await keep(database, shop, changed))["p-15"]
    assert after == replace(changed, id=before.id, shop_id=shop.id)
    async with elsewhere.snapshot() as c:
        assert await products.total(c, shop.id) == 1


async def test_products_of_one_shop_are_nothing_to_another(database: Database, shop: Shop) -> None:
    kept = (await keep(database, shop, CLOUD))["p-15"]
    other = await another_shop(database)
    assert (await keep(database, other, CLOUD))["p-15"].id != kept.id
    async with database.write() as c:
        assert await products.get(c, other.id, kept.id) is None
        with pytest.raises(NoSuchProduct):
            await products.set_stopped(c, other.id, kept.id, stopped=True, now=NOON, by=2)


async def test_goods_need_their_shop(database: Database) -> None:
    with pytest.raises(NoSuchShop):
        async with database.write() as c:
            await products.put_many(c, 9, [CLOUD], NOON)


async def test_pages_are_sorted_by_name_and_searched_by_a_part(
    database: Database, elsewhere: Database, shop: Shop
) -> None:
    await keep(database, shop, ROSES, CLOUD, MIXED)
    async with elsewhere.snapshot() as c:
        assert [one.name for one in await products.page(c, shop.id, 2)] == ["Микс", "Пионы «Облако»"]
        assert [one.name for one in await products.page(c, shop.id, 2, 2)] == ["Розы"]
        assert [one.name for one in await products.page(c, shop.id, 9, part="ОБЛА")] == ["Пионы «Облако»"]
        assert [one.name for one in await products.page(c, shop.id, 9, part="r-7")] == ["Розы"]
        assert await products.page(c, shop.id, 9, part="%") == []
        assert await products.total(c, shop.id, "о") == 2


async def test_all_products_are_read_in_pieces(database: Database, shop: Shop) -> None:
    many = [a_product(offer_id=f"n-{n}", name=f"Букет {n}") for n in range(1203)]
    await keep(database, shop, *many)
    seen: list[Product] = []
    async with database.snapshot() as c:
        while piece := await products.after(c, shop.id, seen[-1].id if seen else 0, 500):
            seen += piece
    assert [one.offer_id for one in seen] == [one.offer_id for one in many]


async def test_stock_and_stop_list_change_one_product(database: Database, shop: Shop) -> None:
    kept = await keep(database, shop, CLOUD, ROSES)
    async with database.write() as c:
        await products.set_stock(c, shop.id, kept["p-15"].id, 0, NOON, 2)
        stopped = await products.set_stopped(c, shop.id, kept["p-15"].id, stopped=True, now=NOON, by=2)
        assert stopped == replace(kept["p-15"], stock=0, stopped=True)
        assert await products.get(c, shop.id, kept["r-7"].id) == kept["r-7"]


async def test_a_recipe_is_replaced_whole(database: Database, shop: Shop) -> None:
    kept = (await keep(database, shop, CLOUD))["p-15"]
    recipe = (Ingredient("тюльпан", 9),)
    async with database.write() as c:
        changed = await products.set_recipe(c, shop.id, kept.id, recipe, NOON, 2)
        assert changed.recipe == recipe
        assert await products.needing(c, shop.id, PEONY) == []


@pytest.mark.requirement("R83")
async def test_flowers_are_those_of_the_recipes_the_most_needed_first(
    database: Database, elsewhere: Database, shop: Shop
) -> None:
    await keep(database, shop, CLOUD, ROSES, MIXED)
    other = await another_shop(database)
    await keep(database, other, CLOUD)
    async with database.write() as c:
        assert await flowers.set_stems(c, shop.id, PEONY, 0, BY)
        assert not await flowers.set_stems(c, shop.id, PEONY, 0, BY), "a second tap changes nothing"
        assert await flowers.set_stems(c, shop.id, "роз", 40, BY)
    async with elsewhere.snapshot() as c:
        found = await flowers.all_flowers(c, shop.id)
        assert [(one.key, one.products, one.stems, one.counted) for one in found] == [
            (PEONY, 2, 0, BY),
            ("роз", 2, 40, BY),
            (flower_key("эвкалипт"), 1, None, None),
        ]
        assert [one.name for one in await products.needing(c, shop.id, PEONY)] == ["Микс", "Пионы «Облако»"]
        assert await flowers.stems(c, other.id) == {}
    async with database.write() as c:
        assert await flowers.set_stems(c, shop.id, PEONY, None, BY)
        assert not await flowers.set_stems(c, shop.id, PEONY, None, BY)
        assert await flowers.stems(c, shop.id) == {"роз": 40}
