from __future__ import annotations

import asyncio

import pytest

from orders.model.order import Mark
from orders.model.people import Role
from orders.shop.closures import Hiding
from storage.db.database import Database
from storage.shop import closures
from storage.shop.shops import Shop
from tests.builders import NOON, minutes

ANNA = Mark(NOON, Role.MANAGER, 2, "Анна")
IRINA = Mark(NOON + minutes(30), Role.DIRECTOR, 1, "Ирина")
UNTIL = NOON + minutes(60)


async def begin(database: Database, shop: Shop, mark: Mark = ANNA) -> bool:
    async with database.write() as c:
        return await closures.begin(c, shop.id, mark, UNTIL, UNTIL - minutes(10))


async def open_one(database: Database, shop: Shop) -> Hiding:
    async with database.snapshot() as c:
        found = await closures.current(c, shop.id)
    assert found is not None
    return found


@pytest.mark.requirement("R8", "R9")
async def test_a_shop_is_hidden_once(database: Database, elsewhere: Database, shop: Shop) -> None:
    at_once = await asyncio.gather(*(begin(each, shop) for each in (database, elsewhere, database)))
    assert sorted(at_once) == [False, False, True]
    found = await open_one(elsewhere, shop)
    assert (found.hidden, found.until, found.reopened) == (ANNA, UNTIL, None)


@pytest.mark.requirement("R8", "R9")
async def test_who_hid_and_who_reopened_is_kept(database: Database, elsewhere: Database, shop: Shop) -> None:
    await begin(database, shop)
    found = await open_one(database, shop)
    async with database.write() as c:
        assert await closures.end(c, found.id, IRINA)
        assert not await closures.end(c, found.id, ANNA), "a second tap changes nothing"
        assert not await closures.postpone(c, found.id, None, None)
        assert not await closures.remind(c, found.id, UNTIL)
    await begin(database, shop, IRINA)
    async with elsewhere.snapshot() as c:
        newer, older = await closures.latest(c, shop.id, 9)
        assert (older.hidden, older.reopened) == (ANNA, IRINA)
        assert (newer.hidden, newer.reopened) == (IRINA, None)
        assert await closures.get(c, shop.id, older.id) == older
        assert await closures.get(c, shop.id + 1, older.id) is None


async def test_a_reminder_and_an_end_fall_due(database: Database, shop: Shop) -> None:
    await begin(database, shop)
    found = await open_one(database, shop)
    async with database.write() as c:
        assert await closures.next_due(c) == UNTIL - minutes(10)
        assert await closures.due(c, NOON, 9) == []
        assert await closures.due(c, UNTIL, 9) == [found]
        assert await closures.remind(c, found.id, UNTIL)
        assert not await closures.remind(c, found.id, UNTIL), "people are reminded once"
        assert await closures.next_due(c) == UNTIL
        assert await closures.postpone(c, found.id, None, None)
        assert await closures.next_due(c) is None


async def test_the_app_is_confirmed_once(database: Database, shop: Shop) -> None:
    await begin(database, shop)
    found = await open_one(database, shop)
    async with database.write() as c:
        assert await closures.confirm_app(c, found.id, shown=False, mark=ANNA)
        assert not await closures.confirm_app(c, found.id, shown=False, mark=IRINA)
        assert await closures.confirm_app(c, found.id, shown=True, mark=IRINA)
    async with database.snapshot() as c:
        kept = await closures.get(c, shop.id, found.id)
    assert kept is not None
    assert (kept.app_hidden, kept.app_shown) == (ANNA, IRINA)
