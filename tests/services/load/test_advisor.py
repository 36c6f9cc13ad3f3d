"""The advice to take fewer orders, and the list of what to buy, as they come by themselves (X27, X28)."""

from __future__ import annotations

from datetime import time

import pytest
from sqlalchemy import select

from orders.bell.ringing import Hearing, Quiet
from orders.goods.products import Ingredient
from orders.model.details import Line
from orders.model.rules import ShopRules
from services.load.advisor import LoadAdvisor
from services.load.days import ShopDays
from services.load.shopping_lists import ShoppingLists
from storage.bell import hearing
from storage.db.database import Database
from storage.db.tables import outbox
from storage.goods import products
from storage.load import advice as said
from storage.sending.shop_notifications import NewsKind
from storage.shop import closures
from tests.builders import NOON, a_mark, a_product, minutes
from tests.orders.load.days import at
from tests.services.load.conftest import Put, SetRules
from tests.services.workplace import DIRECTOR_CHAT, MANAGER_CHAT, Clock

RULES = ShopRules(orders_per_hour=2)


@pytest.fixture
def advisor(database: Database, days: ShopDays, clock: Clock) -> LoadAdvisor:
    return LoadAdvisor(database, days, clock)


async def told(database: Database, kind: NewsKind) -> list[tuple[int, bool]]:
    """Chat and sound of what is on its way, and then it is gone."""
    async with database.write() as c:
        rows = await c.execute(select(outbox).where(outbox.c.kind == kind).order_by(outbox.c.id))
        found = [(row.target, row.sound) for row in rows]
        await c.execute(outbox.delete())
    return found


@pytest.mark.requirement("X28")
async def test_directors_and_managers_are_told_of_a_full_hour_once(
    advisor: LoadAdvisor, put: Put, set_rules: SetRules, database: Database, clock: Clock
) -> None:
    await set_rules(RULES)
    await put(1, 14)
    await advisor.look()
    assert await told(database, NewsKind.LOAD_ADVICE) == []
    await put(2, 14)
    await advisor.look()
    assert await told(database, NewsKind.LOAD_ADVICE) == [(DIRECTOR_CHAT, True), (MANAGER_CHAT, True)]
    clock.turn(61)
    await advisor.look()
    assert await told(database, NewsKind.LOAD_ADVICE) == []


@pytest.mark.requirement("X28")
async def test_a_shop_hears_one_advice_an_hour_and_none_of_an_hour_that_was_dismissed(
    advisor: LoadAdvisor, put: Put, set_rules: SetRules, database: Database, clock: Clock
) -> None:
    await set_rules(RULES)
    await put(3, 14)
    await put(3, 15)
    await advisor.look()
    async with database.write() as c:
        await said.dismiss(c, 1, at(14))
    assert len(await told(database, NewsKind.LOAD_ADVICE)) == 2
    clock.turn(59)
    await advisor.look()
    assert await told(database, NewsKind.LOAD_ADVICE) == []
    clock.turn(1)
    await put(1, 14)
    await advisor.look()
    assert len(await told(database, NewsKind.LOAD_ADVICE)) == 2
    async with database.snapshot() as c:
        assert {one.hour for one in await said.of_shop(c, 1)} == {at(14), at(15)}


async def test_a_hidden_shop_is_advised_nothing(
    advisor: LoadAdvisor, put: Put, set_rules: SetRules, database: Database
) -> None:
    await set_rules(RULES)
    await put(3, 14)
    async with database.write() as c:
        await closures.begin(c, 1, a_mark(), None, None)
    await advisor.look()
    assert await told(database, NewsKind.LOAD_ADVICE) == []


@pytest.mark.requirement("X28", "X14")
async def test_an_hour_of_tomorrow_and_quiet_hours_make_no_sound(
    advisor: LoadAdvisor, put: Put, set_rules: SetRules, database: Database, clock: Clock
) -> None:
    await set_rules(RULES)
    await put(3, 14, day=9)
    await advisor.look()
    assert await told(database, NewsKind.LOAD_ADVICE) == [(DIRECTOR_CHAT, False), (MANAGER_CHAT, False)]
    clock.turn(60)
    await put(3, 15)
    async with database.write() as c:
        await hearing.choose(c, 1, Hearing(quiet=Quiet(time(11), time(15))))
    await advisor.look()
    assert await told(database, NewsKind.LOAD_ADVICE) == [(DIRECTOR_CHAT, False), (MANAGER_CHAT, True)]


@pytest.fixture
async def lists(database: Database, days: ShopDays, clock: Clock) -> ShoppingLists:
    """The lists of a shop that sells a bouquet with a recipe."""
    async with database.write() as c:
        await products.put_many(c, 1, [a_product(recipe=(Ingredient("пион", 15),))], NOON)
    return ShoppingLists(database, days, clock)


async def put_bouquet(put: Put, day: int) -> None:
    await put(1, 15, day=day, lines=(Line("Пионы", offer_id="p-15"),))


@pytest.mark.requirement("X27")
async def test_the_list_comes_once_in_the_evening_without_a_sound(
    lists: ShoppingLists, put: Put, set_rules: SetRules, database: Database, clock: Clock
) -> None:
    await set_rules(ShopRules(shopping_at=time(19, 30)))
    await put_bouquet(put, day=9)
    clock.now = at(19, 29)
    await lists.send()
    assert await told(database, NewsKind.SHOPPING) == []
    clock.now = at(19, 30)
    await lists.send()
    await lists.send()
    assert await told(database, NewsKind.SHOPPING) == [(DIRECTOR_CHAT, False), (MANAGER_CHAT, False)]
    clock.turn(24 * 60)
    await put_bouquet(put, day=10)
    await lists.send()
    assert len(await told(database, NewsKind.SHOPPING)) == 2


async def test_no_list_comes_where_nothing_is_needed_or_the_bot_was_started_late(
    lists: ShoppingLists, put: Put, set_rules: SetRules, database: Database, clock: Clock
) -> None:
    await set_rules(RULES)
    clock.now = at(19)
    await lists.send()
    assert await told(database, NewsKind.SHOPPING) == []
    await put_bouquet(put, day=9)
    clock.now = at(22)
    await lists.send()
    assert await told(database, NewsKind.SHOPPING) == []
    clock.now = at(21, 59)
    await lists.send()
    assert len(await told(database, NewsKind.SHOPPING)) == 2


async def test_a_list_that_is_due_just_before_midnight_may_come_after_it(
    lists: ShoppingLists, put: Put, set_rules: SetRules, database: Database, clock: Clock
) -> None:
    await set_rules(ShopRules(shopping_at=time(23, 50)))
    await put_bouquet(put, day=9)
    clock.now = at(0, 10, day=9)
    await lists.send()
    await lists.send()
    assert len(await told(database, NewsKind.SHOPPING)) == 2


async def test_notes_of_hours_long_over_are_forgotten(
    advisor: LoadAdvisor, put: Put, set_rules: SetRules, database: Database, clock: Clock
) -> None:
    await set_rules(RULES)
    await put(2, 14)
    await advisor.look()
    clock.turn(3 * 24 * 60)
    await put(2, 15, day=11)
    await advisor.look()
    async with database.snapshot() as c:
        assert [one.hour for one in await said.of_shop(c, 1)] == [at(15, day=11)]
    assert clock() - at(14) > minutes(2 * 24 * 60)
