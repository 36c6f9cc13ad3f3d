"""The load, the plan and the shopping list of a real shop."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orders.goods.products import Ingredient
from orders.load.capacity import Figure, Source
from orders.load.load import Hour
from orders.model.details import Line
from orders.model.order import Completion, Handover
from orders.model.rules import ShopRules
from orders.model.status import Status
from services.load.days import ShopDays
from storage.db.database import Database
from storage.goods import flowers, products
from storage.load import days_off
from storage.order import orders
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from tests.builders import NOON, a_mark, a_product
from tests.orders.load.days import at, done_at
from tests.services.load.conftest import Put, SetRules
from tests.services.workplace import Clock

TODAY = at(0).date()
RULES = ShopRules(orders_per_hour=6, florist_per_hour=3)


async def connected(database: Database) -> None:
    """Вера has connected too, so that two florists are at work."""
    async with database.write() as c:
        await staff.connect(c, 5, 1009, "ru", "Вера")


@pytest.mark.requirement("R7")
async def test_the_load_counts_the_orders_of_the_day_by_hour_and_by_florist(
    days: ShopDays, put: Put, set_rules: SetRules, database: Database
) -> None:
    shop = await set_rules(RULES)
    await connected(database)
    await put(2, 15, seller=3)
    await put(1, 17)
    await put(4, 15, day=9)
    load = await days.load(shop, TODAY)
    assert load.hours == (Hour(at(15), 2, 2), Hour(at(16), 0, 0), Hour(at(17), 1, 1))
    assert [(one.florist.name, one.to_do) for one in load.florists] == [("Оля", 2), ("Вера", 0)]
    assert load.unassigned == 1
    assert load.capacity.shop == Figure(6, Source.RULE)
    tomorrow = await days.load(shop, at(0, day=9).date())
    assert tomorrow.hours == (Hour(at(15, day=9), 4, 4),)


@pytest.mark.requirement("R7")
async def test_a_trial_order_takes_nobodys_time_and_needs_no_flowers(
    days: ShopDays, put: Put, set_rules: SetRules
) -> None:
    shop = await set_rules(RULES)
    await put(1, 15, number="Пробный-1")
    assert (await days.load(shop, TODAY)).hours == ()
    assert not (await days.plan(shop, TODAY)).jobs
    needed = await days.shopping(shop)
    assert not needed.to_buy
    assert not needed.without_recipe


async def test_what_was_delivered_and_removed_from_the_list_still_counts_in_its_hour(
    days: ShopDays, put: Put, set_rules: SetRules, database: Database
) -> None:
    shop = await set_rules(RULES)
    [order] = await put(1, 15)
    mark = a_mark(at=NOON)
    done = replace(
        order.progress,
        status=Status.DONE,
        hidden=True,
        since=NOON,
        completion=Completion(Handover.IN_PERSON, "", "", mark),
    )
    async with database.write() as c:
        await orders.rewrite(c, replace(order, progress=done))
    assert (await days.load(shop, TODAY)).hours == (Hour(at(15), 1, 0),)


@pytest.mark.requirement("X28")
async def test_the_start_comes_from_the_last_four_weeks_where_no_rule_is_set(
    days: ShopDays, database: Database, clock: Clock, set_rules: SetRules
) -> None:
    shop = await set_rules(ShopRules())
    clock.now = at(12, day=31)
    async with database.write() as c:
        for day in range(1, 31):  # the first two days are older than four weeks
            for number in range(9 if day < 3 else 5):
                order = done_at(at(13, day=day), at(13, 20, day=day))
                done = replace(order.progress, since=at(13, 20, day=day))
                await orders.add(c, replace(order, number=f"{day}-{number}", progress=done))
    load = await days.load(shop, at(0, day=31).date())
    assert load.capacity.shop == Figure(5, Source.HISTORY)


async def test_florists_who_do_not_work_that_day_are_left_out(
    days: ShopDays, put: Put, set_rules: SetRules, database: Database
) -> None:
    shop = await set_rules(ShopRules(florist_per_hour=3))
    await connected(database)
    await put(4, 15)
    assert {job.florist.name for job in (await days.plan(shop, TODAY)).jobs if job.florist} == {"Оля", "Вера"}
    async with database.write() as c:
        await days_off.put(c, 1, 5, TODAY, is_off=True)
    plan, load = await days.plan(shop, TODAY), await days.load(shop, TODAY)
    assert {job.florist.name for job in plan.jobs if job.florist} == {"Оля"}
    assert load.capacity.shop == Figure(3, Source.FLORISTS)
    tomorrow = await days.load(shop, at(0, day=9).date())
    assert tomorrow.capacity.florists == 2
    async with database.write() as c:
        await days_off.put(c, 1, 5, TODAY, is_off=False)
    assert (await days.load(shop, TODAY)).capacity.florists == 2


@pytest.mark.requirement("X27")
async def test_what_to_buy_is_reckoned_for_today_and_tomorrow_by_recipes_and_counted_stems(
    days: ShopDays, put: Put, set_rules: SetRules, database: Database
) -> None:
    shop = await set_rules(RULES)
    async with database.write() as c:
        recipe = (Ingredient("пион", 15), Ingredient("эвкалипт", 3))
        await products.put_many(c, 1, [a_product(recipe=recipe)], NOON)
        await flowers.set_stems(c, 1, "пион", 20, a_mark())
    peonies = (Line("Пионы", offer_id="p-15"),)
    await put(1, 15, lines=peonies)
    await put(1, 15, day=9, lines=(*peonies, Line("Корзина")))
    await put(1, 15, day=10, lines=peonies)
    needed = await days.shopping(shop)
    assert [(need.flower, need.needed, need.to_buy) for need in needed.needs] == [
        ("пион", 30, 10),
        ("эвкалипт", 6, 6),
    ]
    assert needed.without_recipe == (("Корзина", 1),)


async def test_another_shops_orders_are_in_no_load_and_no_plan(
    days: ShopDays, put: Put, set_rules: SetRules, database: Database
) -> None:
    await set_rules(RULES)
    await put(3, 15)
    async with database.snapshot() as c:
        other = await shops.get(c, 2)
    assert isinstance(other, Shop)
    assert (await days.load(other, TODAY)).hours == ()
    assert (await days.plan(other, TODAY)).jobs == ()
    assert (await days.shopping(other)).orders == 0


@pytest.mark.requirement("X27")
async def test_a_day_off_is_turned_on_and_back_for_assemblers_only(
    days: ShopDays, database: Database
) -> None:
    await connected(database)
    known = set(await days.assemblers(1))
    assert known == {3, 5}
    courier = 4
    for person in (3, courier):
        await days.turn_day_off(1, person, TODAY)
    async with database.snapshot() as c:
        assert await days_off.of_day(c, 1, TODAY) == {3}
    assert {one.staff_id: works for one, works in await days.people_on(1, TODAY)} == {3: False, 5: True}
    await days.turn_day_off(1, 3, TODAY)
    async with database.snapshot() as c:
        assert await days_off.of_day(c, 1, TODAY) == set()
