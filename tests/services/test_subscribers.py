"""Whoever waits for work is woken by what brings it, and not by the rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from aiogram import Bot
from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from flowwow.api.client import SellerApi
from flowwow.api.goods import GoodsApi
from flowwow.goods.goods_sync import GoodsSync
from flowwow.goods.goods_syncs import GoodsSyncs
from orders.model.people import Role
from orders.schedule.deadlines import Deadline, DeadlineKind
from services.bell.boards import Boards
from services.bell.group_members import GroupMembers
from services.goods.goods_notifications import GoodsNews
from services.load.days import ShopDays
from services.order.alarms import Alarms
from services.order.desk import Desk
from services.sending.sender import Sender
from services.shop.shop_closures import ShopClosures
from storage.db.database import Database
from storage.goods import flowers, products
from storage.order import orders
from storage.sending import outbox
from storage.sending.outbox import Channel, Kind, Outgoing, Priority, Row
from storage.shop import closures, shops
from storage.shop.shops import Shop
from storage.team import staff
from tests import deadline_rows
from tests.builders import NOON, RULES, a_mark, a_product
from tests.services.workplace import Clock, receive

Write = Callable[[AsyncConnection], Awaitable[object]]
CARD = Outgoing(Channel.TELEGRAM, Kind.CARD, 1, Priority.CARD, NOON, target=7)


class Noting(Database):
    """Keeps what it gives to those who subscribe."""

    given: asyncio.Event

    def subscribe(self, *tables: Table) -> asyncio.Event:
        self.given = super().subscribe(*tables)
        return self.given


@pytest.fixture
async def noting(path: Path, desk: Desk) -> AsyncIterator[Noting]:
    await receive(desk, NOON)
    database = Noting(f"sqlite+aiosqlite:///{path}")
    yield database
    await database.close()


async def _nothing(row: Row) -> None:
    raise NotImplementedError(row)


BOT = Bot("42:" + "a" * 35)
CLOCK = Clock(NOON)


def a_sync(database: Database, news: GoodsNews | None = None) -> GoodsSync:
    api = GoodsApi(SellerApi("http://127.0.0.1:9", "token"), 4711)
    return GoodsSync(api, 4711, database, news or GoodsNews(database, CLOCK), CLOCK)


MADE: dict[str, Callable[[Database], object]] = {
    "sender": lambda database: Sender(database, Channel.TELEGRAM, _nothing, CLOCK),
    "alarms": lambda database: Alarms(database, CLOCK),
    "closures": lambda database: ShopClosures(database, CLOCK),
    "goods sync": a_sync,
    "goods syncs": lambda database: GoodsSyncs(lambda _: a_sync(database), database),
    "boards": lambda database: Boards(BOT, database, ShopDays(database, CLOCK), CLOCK),
    "group members": lambda database: GroupMembers(BOT, database, CLOCK),
}


async def erase_words(c: AsyncConnection) -> None:
    order = await orders.get(c, 1)
    assert order is not None
    await orders.rewrite(c, order)


BRINGS: dict[str, tuple[Write, set[str]]] = {
    "something to send": (lambda c: outbox.put(c, [CARD]), {"sender"}),
    "a deadline": (
        lambda c: deadline_rows.want(c, 1, Deadline(DeadlineKind.ACCEPT_SOON, NOON)),
        {"alarms"},
    ),
    "an order": (erase_words, {"boards"}),
    "a hidden shop": (lambda c: closures.begin(c, 1, a_mark(), NOON, NOON), {"closures"}),
    "a product": (lambda c: products.put_many(c, 1, [a_product()], NOON), {"goods sync"}),
    "counted flowers": (lambda c: flowers.set_stems(c, 1, "пион", 3, a_mark()), {"goods sync"}),
    "a shop": (
        lambda c: shops.put(c, Shop(0, 4713, "Мята", "ru", RULES)),
        {"goods sync", "goods syncs", "boards", "group members"},
    ),
    "a colleague": (
        lambda c: staff.add(c, 1, "+79160000099", "Лена", Role.SELLER),
        {"boards", "group members"},
    ),
    "a colleague's account": (lambda c: staff.connect(c, 5, 99, "ru", "Вера"), {"boards", "group members"}),
}


@pytest.mark.parametrize("what", BRINGS)
async def test_what_brings_work_wakes_whose_work_it_is(noting: Noting, what: str) -> None:
    waiting = dict[str, asyncio.Event]()
    for who, make in MADE.items():
        make(noting)
        waiting[who] = noting.given
    write, whose = BRINGS[what]
    async with noting.write() as c:
        await write(c)
        assert not any(woken.is_set() for woken in waiting.values()), "not before the commit"
    assert {who for who, woken in waiting.items() if woken.is_set()} == whose


async def test_a_wish_to_read_the_goods_wakes_their_sync(noting: Noting) -> None:
    news = GoodsNews(noting, CLOCK)
    a_sync(noting, news)
    news.wish_to_read(1, 2)
    assert noting.given.is_set()
