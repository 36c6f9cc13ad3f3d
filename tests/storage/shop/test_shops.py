from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Table, select

from orders.model.people import Role
from orders.model.rules import ShopRules
from orders.route.ways import SHOP, Point
from storage.db.database import Database
from storage.db.errors import MarketplaceNumberTaken, NoSuchShop
from storage.db.support_tables import brand_requests, gifts, guide_entries, shop_profiles
from storage.db.tables import shops as shop_rows
from storage.delivery import routes, spare_couriers
from storage.delivery.tables import places
from storage.sending import outbox, shop_notifications
from storage.sending.outbox import Channel
from storage.sending.shop_notifications import News, NewsKind
from storage.shop import shop_log, shops
from storage.shop.shop_log import NoteKind
from storage.shop.shops import Shop
from storage.team import staff
from tests.builders import NOON

GROUP = -1_001_234_567_890


async def put(database: Database, shop: Shop) -> Shop:
    async with database.write() as c:
        return await shops.put(c, shop)


async def all_in(database: Database) -> list[Shop]:
    async with database.snapshot() as c:
        return await shops.all_shops(c)


async def test_a_new_shop_comes_back_with_its_rules(database: Database, elsewhere: Database) -> None:
    rules = ShopRules(timezone="Asia/Omsk", accept_minutes=90)
    shop = await put(database, Shop(0, 5, "Роза", "en", rules, GROUP))
    async with elsewhere.snapshot() as c:
        assert await shops.get(c, shop.id) == shop
        assert await shops.by_marketplace_id(c, 5) == shop
        assert await shops.by_group(c, GROUP) == shop
    assert shop.rules == rules


async def test_unknown_shops_are_none(database: Database) -> None:
    async with database.snapshot() as c:
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


async def start(database: Database, name: str, number: int | None = None) -> Shop:
    """What a start does with what the settings say."""
    async with database.write() as c:
        return await shops.put_of_settings(c, Shop(0, number, name, "ru", ShopRules()))


async def forget_mark(database: Database) -> None:
    """As an earlier version left the table."""
    async with database.write() as c:
        await c.execute(shop_rows.update().values(of_settings=False))


@pytest.mark.parametrize(
    ("name", "number"), [("Роза на Лесной", None), ("Роза", 501), ("Роза на Лесной", 501)]
)
async def test_the_shop_of_the_settings_stays_the_same_whatever_its_name_or_number_becomes(
    database: Database, name: str, number: int | None
) -> None:
    first = await start(database, "Роза")
    again = await start(database, name, number)
    assert again == replace(first, name=name, marketplace_id=number, of_settings=True)
    assert await start(database, name, 502) == replace(again, marketplace_id=502)
    assert len(await all_in(database)) == 1


async def test_an_added_shop_is_never_taken_for_the_shop_of_the_settings(database: Database) -> None:
    await start(database, "Роза", 501)
    added = await put(database, Shop(0, 502, "Мята", "ru", ShopRules()))
    assert (await start(database, "Мята")).id != added.id
    with pytest.raises(MarketplaceNumberTaken, match="Мята"):
        await start(database, "Роза", 502)
    assert [(shop.name, shop.marketplace_id) for shop in await all_in(database)] == [
        ("Мята", 501),
        ("Мята", 502),
    ]


async def test_an_upgraded_database_goes_on_with_the_shop_that_it_had(database: Database) -> None:
    first = await put(database, Shop(0, None, "Роза", "ru", ShopRules()))
    second = await put(database, Shop(0, 502, "Мята", "ru", ShopRules()))
    assert (await start(database, "Мята и роза")).id == first.id
    await forget_mark(database)
    assert (await start(database, "Мята", 502)).id == second.id


async def test_an_empty_second_shop_that_a_changed_name_once_made_is_left_again(database: Database) -> None:
    first = await put(database, Shop(0, None, "Роза", "ru", ShopRules()))
    second = await put(database, Shop(0, None, "Роза на Лесной", "ru", ShopRules()))
    assert (await start(database, "Роза на Лесной")).id == first.id
    await forget_mark(database)
    async with database.write() as c:
        await c.execute(shop_rows.update().where(shop_rows.c.id == first.id).values(name="Роза"))
        await staff.add(c, second.id, "+79160000001", "Анна", Role.SELLER)
    assert (await start(database, "Роза на Лесной")).id == second.id


async def test_only_an_unused_shop_can_be_removed(database: Database, elsewhere: Database) -> None:
    await start(database, "Роза")
    second = await put(database, Shop(0, 502, "Мята", "ru", ShopRules()))
    async with database.write() as c:
        director = await staff.add(c, second.id, "+79160000001", "Анна", Role.DIRECTOR)
        await shop_log.add(c, second.id, NoteKind.ERASURE, NOON, {"orders": []})
        await shop_notifications.put(
            c, [News(second.id, 1, NewsKind.ERASED, 1, sound=False, not_before=NOON)]
        )
        await routes.note_place(c, second.id, SHOP, Point(55.75, 37.62), NOON)
        assert not await shops.is_used(c, second.id)
        await spare_couriers.put(c, second.id, "Глеб", "+79160000091", "")
        assert await shops.is_used(c, second.id)
        [spare] = await spare_couriers.of_shop(c, second.id)
        await spare_couriers.remove(c, second.id, spare.id)
        await staff.add(c, second.id, "+79160000002", "Пётр", Role.SELLER)
        assert await shops.is_used(c, second.id)
        await staff.set_role(c, (await staff.by_phone(c, "+79160000002"))[0].staff_id, 2, Role.DIRECTOR)
        assert not await shops.is_used(c, second.id)
        await shops.remove(c, second.id)
    async with elsewhere.snapshot() as c:
        assert [shop.name for shop in await shops.all_shops(c)] == ["Роза"]
        assert await staff.by_phone(c, director.phone) == []
        assert await outbox.next_due(c, Channel.TELEGRAM) is None
        # SQLite may give its id to the next shop, which stands somewhere else.
        assert (await c.execute(select(places))).all() == []


async def test_a_shop_with_something_in_any_table_of_its_own_is_used_and_stays(database: Database) -> None:
    second = await put(database, Shop(0, 502, "Мята", "ru", ShopRules()))
    kept: dict[Table, dict[str, Any]] = {
        guide_entries: {
            "title": "Лифт", "words": "", "stage": "always", "place": 1, "is_shown": True,
            "is_suggested": False, "made": {},
        },
        gifts: {"name": "Шоколадка", "cost": {}},
        shop_profiles: {"document": {}},
        brand_requests: {"document": {}, "is_over": False},
    }  # fmt: skip
    async with database.write() as c:
        for table, values in kept.items():
            await c.execute(table.insert().values(shop_id=second.id, **values))
            assert await shops.is_used(c, second.id), table.name
            await c.execute(table.delete())
        assert not await shops.is_used(c, second.id)


def test_whoever_has_the_metadata_from_the_tables_has_those_of_all_modules() -> None:
    ask = "from storage.db.tables import metadata; print(*metadata.tables)"
    found = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert {"guide_entries", "compensations", "fallback_ways", "client_links"} <= set(found.stdout.split())


async def test_a_group_belongs_to_one_shop(database: Database, elsewhere: Database) -> None:
    first = await put(database, Shop(0, 5, "Роза", "ru", ShopRules(), GROUP))
    second = await put(database, Shop(0, 6, "Мята", "ru", ShopRules()))
    async with database.write() as c:
        await shops.set_group(c, second.id, GROUP)
    async with elsewhere.snapshot() as c:
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
