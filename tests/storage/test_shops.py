from __future__ import annotations

from dataclasses import replace

import pytest

from orders.people import Role
from orders.rules import ShopRules
from storage import shops, staff
from storage.database import Database
from storage.errors import NoSuchShop
from storage.shops import Shop

GROUP = -1_001_234_567_890


async def put(database: Database, shop: Shop) -> Shop:
    async with database.write() as c:
        return await shops.put(c, shop)


async def all_in(database: Database) -> list[Shop]:
    async with database.read() as c:
        return await shops.all_shops(c)


async def test_a_new_shop_comes_back_with_its_rules(database: Database, elsewhere: Database) -> None:
    rules = ShopRules(timezone="Asia/Omsk", accept_minutes=90)
    shop = await put(database, Shop(0, 5, "Роза", "en", rules, GROUP))
    async with elsewhere.read() as c:
        assert await shops.get(c, shop.id) == shop
        assert await shops.by_marketplace_id(c, 5) == shop
        assert await shops.by_group(c, GROUP) == shop
    assert shop.rules == rules


async def test_unknown_shops_are_none(database: Database) -> None:
    async with database.read() as c:
        assert await shops.get(c, 9) is None
        assert await shops.by_marketplace_id(c, 9) is None
        assert await shops.by_group(c, 9) is None


async def test_the_settings_of_every_start_meet_the_same_shop(
    database: Database, elsewhere: Database
) -> None:
    first = await put(database, Shop(0, 5, "Роза", "ru", ShopRules(), GROUP))
    again = await put(database, Shop(0, 5, "Роза и мята", "en", ShopRules(accept_minutes=3)))
    assert again == replace(first, name="Роза и мята", language="en", rules=ShopRules(accept_minutes=3))
    assert await all_in(elsewhere) == [again]


async def test_a_shop_without_a_marketplace_id_is_matched_by_name(database: Database) -> None:
    first = await put(database, Shop(0, None, "Роза", "ru", ShopRules()))
    assert (await put(database, Shop(0, None, "Роза", "ru", ShopRules()))).id == first.id
    joined = await put(database, Shop(0, 5, "Роза", "ru", ShopRules()))
    assert (joined.id, joined.marketplace_id) == (first.id, 5)
    assert (await put(database, Shop(0, None, "Роза", "ru", ShopRules()))).marketplace_id == 5


async def test_two_shops_of_the_marketplace_may_have_one_name(database: Database) -> None:
    first = await put(database, Shop(0, 5, "Роза", "ru", ShopRules()))
    second = await put(database, Shop(0, 6, "Роза", "ru", ShopRules()))
    assert await all_in(database) == [first, second]


async def test_a_group_belongs_to_one_shop(database: Database, elsewhere: Database) -> None:
    first = await put(database, Shop(0, 5, "Роза", "ru", ShopRules(), GROUP))
    second = await put(database, Shop(0, 6, "Мята", "ru", ShopRules()))
    async with database.write() as c:
        await shops.set_group(c, second.id, GROUP)
    async with elsewhere.read() as c:
        assert await shops.by_group(c, GROUP) == replace(second, group_chat_id=GROUP)
        assert await shops.get(c, first.id) == replace(first, group_chat_id=None)


async def test_a_group_can_be_taken_away(database: Database) -> None:
    shop = await put(database, Shop(0, 5, "Роза", "ru", ShopRules(), GROUP))
    async with database.write() as c:
        await shops.set_group(c, shop.id, None)
        assert await shops.by_group(c, GROUP) is None


async def test_an_unknown_shop_is_told(database: Database) -> None:
    with pytest.raises(NoSuchShop) as refused:
        await put(database, Shop(9, 5, "Роза", "ru", ShopRules()))
    assert refused.value.shop_id == 9
    with pytest.raises(NoSuchShop):
        async with database.write() as c:
            await shops.set_group(c, 9, GROUP)


@pytest.mark.requirement("X6")
async def test_only_who_works_in_several_shops_hears_of_them(database: Database, shop: Shop) -> None:
    async with database.write() as c:
        second = await shops.put(c, Shop(0, 9, "Мята", "ru", ShopRules()))
        olya = await staff.add(c, shop.id, "+79160000011", "Оля", Role.SELLER)
        await staff.connect(c, olya.staff_id, 100, "ru", "")
        assert await shops.places_of(c, 100) == []
        await staff.add(c, second.id, olya.phone, "Оля", Role.COURIER)
        assert await shops.places_of(c, 100) == [shop, second]
        assert await shops.places_of(c, 101) == []
