from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from storage.db.database import Database
from storage.db.errors import NoSuchShop
from storage.db.tables import outbox as table
from storage.sending import outbox, shop_notifications
from storage.sending.outbox import Channel, Kind, Outgoing, Priority, ShopRow
from storage.sending.shop_notifications import News, NewsKind, news_of
from storage.shop import shops
from storage.shop.shops import Shop
from tests.builders import NOON, RULES, an_order, minutes
from tests.storage.conftest import Keep


def news(shop: Shop, chat: int = 1001, kind: NewsKind = NewsKind.SHOP_OPEN, subject: int = 1) -> News:
    return News(shop.id, chat, kind, subject, sound=False, not_before=NOON)


async def put(database: Database, *wanted: News) -> None:
    async with database.write() as c:
        await shop_notifications.put(c, wanted)


async def claim(database: Database, at: float = 0, *, one_each: bool = False) -> list[ShopRow]:
    async with database.write() as c:
        rows = await outbox.claim(c, Channel.TELEGRAM, NOON + minutes(at), 10, one_each=one_each)
    return [row for row in rows if isinstance(row, ShopRow)]


async def test_news_are_taken_once_and_done(database: Database, elsewhere: Database, shop: Shop) -> None:
    await put(database, news(shop), news(shop, chat=1002))
    taken = await asyncio.gather(*(claim(each) for each in (database, elsewhere, database)))
    found = [row for some in taken for row in some]
    assert [news_of(row) for row in found] == [news(shop), news(shop, chat=1002)]
    async with database.write() as c:
        await outbox.done(c, *(row.id for row in found))
        assert await outbox.next_due(c, Channel.TELEGRAM) is None


async def test_what_waits_for_a_chat_is_told_once_as_loud_as_either(database: Database, shop: Shop) -> None:
    await put(database, news(shop))
    await put(database, replace(news(shop), sound=True), news(shop, subject=2))
    assert [(row.subject, row.sound) for row in await claim(database)] == [(1, True), (2, False)]


async def test_two_shops_tell_the_same_chat_each_their_own(database: Database, shop: Shop) -> None:
    async with database.write() as c:
        other = await shops.put(c, Shop(0, 9, "Мята", "ru", RULES))
    await put(database, news(shop), news(other))
    assert [row.shop_id for row in await claim(database)] == [shop.id, other.id]


async def test_what_is_put_while_the_same_is_being_told_is_told_again(database: Database, shop: Shop) -> None:
    await put(database, news(shop))
    (taken,) = await claim(database)
    await put(database, news(shop))
    async with database.write() as c:
        await outbox.retry(c, taken.id, NOON + minutes(60))
    (again,) = await claim(database)
    assert (again.id, again.attempts) != (taken.id, 0)


async def test_news_whose_sender_died_are_told_by_the_next(database: Database, shop: Shop) -> None:
    await put(database, news(shop))
    await claim(database)
    assert await claim(database) == []
    async with database.write() as c:
        assert await outbox.release_all(c, Channel.TELEGRAM) == 1
    assert [row.attempts for row in await claim(database)] == [1]


async def test_a_chat_gets_one_thing_at_a_time_whether_of_an_order_or_of_a_shop(
    database: Database, shop: Shop, keep: Keep
) -> None:
    order = await keep(an_order())
    card = Outgoing(Channel.TELEGRAM, Kind.CARD, order.id, Priority.CARD, NOON, target=1001)
    async with database.write() as c:
        await outbox.put(c, [card])
    await put(database, news(shop), news(shop, chat=1002))
    assert [row.target for row in await claim(database, one_each=True)] == [1002]


async def test_news_of_a_shop_that_is_not_there_are_refused(database: Database, shop: Shop) -> None:
    with pytest.raises(NoSuchShop):
        await put(database, replace(news(shop), shop_id=shop.id + 1))


@pytest.mark.parametrize("of", [{}, {"order_id": 1, "shop_id": 1}])
async def test_a_row_is_of_an_order_or_of_a_shop(
    database: Database, shop: Shop, keep: Keep, of: dict[str, int]
) -> None:
    assert ((await keep(an_order())).id, shop.id) == (1, 1)
    values = {
        "channel": Channel.TELEGRAM, "kind": "card", "target": 1, "version": 0, "priority": 1, "sound": False,
        "not_before": NOON, "attempts": 0, "created_at": NOON, "state": "pending", "why": "",
    }  # fmt: skip
    with pytest.raises(IntegrityError):
        async with database.write() as c:
            await c.execute(table.insert().values(values | of))
