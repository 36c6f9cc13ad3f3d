from __future__ import annotations

import asyncio
from dataclasses import replace

from storage.db.database import Database
from storage.sending import shop_notifications
from storage.sending.shop_notifications import News, NewsKind
from storage.shop.shops import Shop
from tests.builders import NOON, minutes


def news(shop: Shop, chat: int = 1001, kind: NewsKind = NewsKind.SHOP_OPEN, subject: int = 1) -> News:
    return News(shop.id, chat, kind, subject, sound=True, not_before=NOON)


async def put(database: Database, *wanted: News) -> None:
    async with database.write() as c:
        await shop_notifications.put(c, wanted)


async def claim(database: Database, at: float = 0) -> list[News]:
    async with database.write() as c:
        now = NOON + minutes(at)
        return await shop_notifications.claim(c, now, now + minutes(2), 10)


async def test_news_are_taken_once_and_done(database: Database, elsewhere: Database, shop: Shop) -> None:
    await put(database, news(shop), news(shop, chat=1002))
    taken = await asyncio.gather(*(claim(each) for each in (database, elsewhere, database)))
    found = [one for some in taken for one in some]
    assert [replace(one, id=0, not_before=NOON) for one in found] == [news(shop), news(shop, chat=1002)]
    async with database.write() as c:
        for one in found:
            await shop_notifications.done(c, one)
        assert await shop_notifications.next_due(c) is None


async def test_what_waits_for_a_chat_is_told_once(database: Database, shop: Shop) -> None:
    await put(database, news(shop))
    await put(database, news(shop), news(shop, subject=2))
    assert len(await claim(database)) == 2


async def test_news_whose_teller_is_lost_are_told_by_another(database: Database, shop: Shop) -> None:
    await put(database, news(shop))
    await claim(database)
    assert await claim(database, at=1) == []
    assert len(await claim(database, at=2)) == 1


async def test_what_is_put_while_the_same_is_being_told_is_told_again(database: Database, shop: Shop) -> None:
    await put(database, news(shop))
    (taken,) = await claim(database)
    await put(database, news(shop))
    async with database.write() as c:
        await shop_notifications.done(c, taken)
        await shop_notifications.try_again(c, taken, NOON + minutes(60))
    assert len(await claim(database)) == 1


async def test_what_could_not_be_told_comes_later(database: Database, shop: Shop) -> None:
    await put(database, news(shop))
    (taken,) = await claim(database)
    async with database.write() as c:
        await shop_notifications.try_again(c, taken, NOON + minutes(1))
        assert await shop_notifications.next_due(c) == NOON + minutes(1)
    (again,) = await claim(database, at=1)
    assert again.attempts == 1
