from __future__ import annotations

import asyncio

import pytest

from orders.goods import Hiding
from orders.order import Mark
from orders.people import Role
from storage import hidings
from storage.database import Database
from storage.shops import Shop
from tests.builders import NOON, minutes

ANNA = Mark(NOON, Role.MANAGER, 2, "Анна")
IRINA = Mark(NOON + minutes(30), Role.DIRECTOR, 1, "Ирина")
UNTIL = NOON + minutes(60)


async def begin(database: Database, shop: Shop, mark: Mark = ANNA) -> bool:
    async with database.write() as c:
        return await hidings.begin(c, shop.id, mark, UNTIL, UNTIL - minutes(10))


async def open_one(database: Database, shop: Shop) -> Hiding:
    async with database.read() as c:
        found = await hidings.current(c, shop.id)
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
        assert await hidings.end(c, found.id, IRINA)
        assert not await hidings.end(c, found.id, ANNA), "a second tap changes nothing"
        assert not await hidings.postpone(c, found.id, None, None)
        assert not await hidings.remind(c, found.id, UNTIL)
    await begin(database, shop, IRINA)
    async with elsewhere.read() as c:
        newer, older = await hidings.latest(c, shop.id, 9)
        assert (older.hidden, older.reopened) == (ANNA, IRINA)
        assert (newer.hidden, newer.reopened) == (IRINA, None)
        assert await hidings.get(c, shop.id, older.id) == older
        assert await hidings.get(c, shop.id + 1, older.id) is None


async def test_a_reminder_and_an_end_fall_due(database: Database, shop: Shop) -> None:
    await begin(database, shop)
    found = await open_one(database, shop)
    async with database.write() as c:
        assert await hidings.next_due(c) == UNTIL - minutes(10)
        assert await hidings.due(c, NOON, 9) == []
        assert await hidings.due(c, UNTIL, 9) == [found]
        assert await hidings.remind(c, found.id, UNTIL)
        assert not await hidings.remind(c, found.id, UNTIL), "people are reminded once"
        assert await hidings.next_due(c) == UNTIL
        assert await hidings.postpone(c, found.id, None, None)
        assert await hidings.next_due(c) is None


async def test_the_app_is_confirmed_once(database: Database, shop: Shop) -> None:
    await begin(database, shop)
    found = await open_one(database, shop)
    async with database.write() as c:
        assert await hidings.confirm_app(c, found.id, shown=False, mark=ANNA)
        assert not await hidings.confirm_app(c, found.id, shown=False, mark=IRINA)
        assert await hidings.confirm_app(c, found.id, shown=True, mark=IRINA)
    async with database.read() as c:
        kept = await hidings.get(c, shop.id, found.id)
    assert kept is not None
    assert (kept.app_hidden, kept.app_shown) == (ANNA, IRINA)
