from __future__ import annotations

from dataclasses import replace

import pytest

from orders.model.people import CHIEFS, Actor, Role
from orders.model.rules import ShopRules
from storage.db.database import Database
from storage.db.errors import NoSuchShop, NoSuchStaff
from storage.shop import shop_with_staff, shops
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member

PHONE = "+79160000011"


async def add(database: Database, shop: Shop, name: str, role: Role, phone: str = PHONE) -> Member:
    async with database.write() as c:
        return await staff.add(c, shop.id, phone, name, role)


async def connect(database: Database, staff_id: int, telegram_id: int, name: str = "") -> None:
    async with database.write() as c:
        await staff.connect(c, staff_id, telegram_id, "en", name)


async def test_a_new_member_is_found_by_phone_and_by_shop(
    database: Database, elsewhere: Database, shop: Shop
) -> None:
    olya = await add(database, shop, "Оля", Role.SELLER)
    assert (olya.telegram_id, olya.language, olya.shop_id) == (None, "ru", shop.id)
    assert olya.actor == Actor(Role.SELLER, olya.staff_id, "Оля", shop.id)
    async with elsewhere.snapshot() as c:
        assert await staff.by_phone(c, PHONE) == [olya]
        assert await staff.get(c, olya.staff_id, shop.id) == olya
        assert await staff.get(c, olya.staff_id, shop.id + 1) is None
        assert await staff.by_phone(c, "+70000000000") == []


async def test_the_same_phone_is_the_same_person_with_a_new_role(database: Database, shop: Shop) -> None:
    olya = await add(database, shop, "Оля", Role.SELLER)
    await connect(database, olya.staff_id, 100)
    again = await add(database, shop, "Ольга", Role.MANAGER)
    assert again == replace(olya, role=Role.MANAGER, telegram_id=100, language="en")
    async with database.snapshot() as c:
        assert await staff.of_shop(c, shop.id) == [again]


@pytest.mark.requirement("X6")
async def test_each_shop_has_its_own_name_for_a_person(database: Database, shop: Shop) -> None:
    async with database.write() as c:
        other = await shops.put(c, Shop(0, 9, "Мята", "ru", ShopRules()))
    olya = await add(database, shop, "Оля", Role.SELLER)
    assert (await add(database, other, "Ольга", Role.COURIER)).name == "Ольга"
    assert (await add(database, other, "Самозванец", Role.COURIER)).name == "Ольга"
    async with database.write() as c:
        await staff.rename(c, olya.staff_id, other.id, "Лёля")
    async with database.snapshot() as c:
        names = {member.shop_id: member.name for member in await staff.by_phone(c, PHONE)}
        crew = await shop_with_staff.of_shop(c, shop.id)
    assert names == {shop.id: "Оля", other.id: "Лёля"}
    assert crew is not None
    assert [member.name for member in crew.members] == ["Оля"]
    async with database.write() as c:
        await staff.rename(c, olya.staff_id, shop.id, "Олечка")
        assert await staff.remove(c, olya.staff_id, shop.id)
    async with database.snapshot() as c:
        assert [member.name for member in await staff.by_phone(c, PHONE)] == ["Лёля"]


@pytest.mark.parametrize("unknown", ["", PHONE])
async def test_who_has_no_name_yet_gets_one(database: Database, shop: Shop, unknown: str) -> None:
    await add(database, shop, unknown, Role.DIRECTOR)
    assert (await add(database, shop, "Оля", Role.DIRECTOR)).name == "Оля"


async def test_one_person_works_in_two_shops(database: Database, shop: Shop) -> None:
    async with database.write() as c:
        other = await shops.put(c, Shop(0, 9, "Мята", "ru", ShopRules()))
    here = await add(database, shop, "Оля", Role.SELLER)
    there = await add(database, other, "Оля", Role.DIRECTOR)
    assert here.staff_id == there.staff_id
    await connect(database, here.staff_id, 100)
    async with database.snapshot() as c:
        assert [(m.shop_id, m.role) for m in await staff.by_telegram(c, 100)] == [
            (shop.id, Role.SELLER),
            (other.id, Role.DIRECTOR),
        ]
        assert [m.role for m in await staff.of_shop(c, other.id)] == [Role.DIRECTOR]


async def test_a_telegram_account_belongs_to_one_person(
    database: Database, elsewhere: Database, shop: Shop, anna: Member
) -> None:
    olya = await add(database, shop, "", Role.SELLER)
    await connect(database, anna.staff_id, 100, "Anna")
    await connect(database, olya.staff_id, 100, "Olya")
    async with elsewhere.snapshot() as c:
        assert await staff.by_telegram(c, 100) == [replace(olya, telegram_id=100, language="en", name="Olya")]
        assert await staff.by_phone(c, anna.phone) == [replace(anna, language="en")]


async def test_connecting_again_with_another_account_moves_the_person(
    database: Database, anna: Member
) -> None:
    await connect(database, anna.staff_id, 100)
    await connect(database, anna.staff_id, 200)
    await connect(database, anna.staff_id, 200)
    async with database.snapshot() as c:
        assert await staff.by_telegram(c, 100) == []
        assert [m.name for m in await staff.by_telegram(c, 200)] == ["Анна"]


async def test_the_staff_is_sorted_by_role_then_name_and_can_be_narrowed(
    database: Database, shop: Shop
) -> None:
    people = [("Яна", "courier"), ("борис", "seller"), ("Анна", "seller"), ("Вера", "director")]
    for number, (name, role) in enumerate(people):
        await add(database, shop, name, Role(role), f"+7916000010{number}")
    async with database.snapshot() as c:
        assert [m.name for m in await staff.of_shop(c, shop.id)] == ["Вера", "Анна", "борис", "Яна"]
        assert [m.name for m in await staff.of_shop(c, shop.id, CHIEFS)] == ["Вера"]
        assert await staff.of_shop(c, shop.id, []) == []


async def test_unknown_shops_and_people_are_told(database: Database) -> None:
    with pytest.raises(NoSuchShop):
        async with database.write() as c:
            await staff.add(c, 9, PHONE, "Оля", Role.SELLER)
    with pytest.raises(NoSuchStaff) as refused:
        await connect(database, 9, 100)
    assert refused.value.staff_id == 9
