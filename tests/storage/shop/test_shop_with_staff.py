from __future__ import annotations

from dataclasses import replace

import pytest

from orders.model.people import Role
from orders.model.rules import ShopRules
from storage.db.database import Database
from storage.shop import shop_with_staff, shops
from storage.shop.shops import Shop
from storage.team import staff


async def test_a_shop_comes_with_its_people_directors_first(
    database: Database, elsewhere: Database, shop: Shop
) -> None:
    async with database.write() as c:
        people = [
            await staff.add(c, shop.id, f"+7916000001{number}", name, role)
            for number, (name, role) in enumerate(
                [("Яна", Role.SELLER), ("", Role.SELLER), ("Пётр", Role.COURIER), ("Ева", Role.DIRECTOR)]
            )
        ]
        await staff.connect(c, people[1].staff_id, 100, "en", "Аня")
    async with elsewhere.snapshot() as c:
        crew = await shop_with_staff.of_shop(c, shop.id)
        assert crew is not None
        assert crew.shop == await shops.get(c, shop.id) == shop
        assert crew.members == await staff.of_shop(c, shop.id)
    assert [member.name for member in crew.members] == ["Ева", "Аня", "Яна", "Пётр"]


async def test_a_shop_without_people_has_an_empty_crew(database: Database, shop: Shop) -> None:
    async with database.snapshot() as c:
        assert await shop_with_staff.of_shop(c, shop.id) == shop_with_staff.ShopWithStaff(shop, [])
        assert await shop_with_staff.of_shop(c, shop.id + 1) is None


@pytest.mark.requirement("X6")
async def test_a_person_is_found_with_each_of_their_shops_first_the_one_they_look_at(
    database: Database, elsewhere: Database, shop: Shop
) -> None:
    rules = replace(ShopRules(), accept_minutes=7)
    async with database.write() as c:
        other = await shops.put(c, Shop(0, 9, "Мята", "en", rules, -500))
        here = await staff.add(c, shop.id, "+79160000011", "Оля", Role.SELLER)
        there = await staff.add(c, other.id, "+79160000011", "Оля", Role.MANAGER)
        assert await shop_with_staff.of_person(c, 100) == []
        await staff.connect(c, here.staff_id, 100, "ru", "")
    here, there = replace(here, telegram_id=100), replace(there, telegram_id=100)
    async with elsewhere.snapshot() as c:
        assert await shop_with_staff.of_person(c, 100) == [(here, shop), (there, other)]
    async with database.write() as c:
        await staff.go_to(c, here.staff_id, other.id)
    async with elsewhere.snapshot() as c:
        assert await shop_with_staff.of_person(c, 100) == [(there, other), (here, shop)]
        assert [member for member, _ in await shop_with_staff.of_person(c, 100)] == await staff.by_telegram(
            c, 100
        )


async def test_who_works_nowhere_any_more_is_found_nowhere(database: Database, shop: Shop) -> None:
    async with database.write() as c:
        olya = await staff.add(c, shop.id, "+79160000011", "Оля", Role.SELLER)
        await staff.connect(c, olya.staff_id, 100, "ru", "")
        await staff.remove(c, olya.staff_id, shop.id)
    async with database.read_one() as c:
        assert await shop_with_staff.of_person(c, 100) == []
        assert await shop_with_staff.of_shop(c, shop.id) == shop_with_staff.ShopWithStaff(shop, [])
