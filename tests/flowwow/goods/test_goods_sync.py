"""Goods between a shop's database and the sandbox's marketplace, which is as strict as the real one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from flowwow.api.client import Patience, SellerApi
from flowwow.api.goods import GoodsApi
from flowwow.goods.goods_sync import GoodsSync
from orders.goods.products import Ingredient, Product
from orders.model.people import Role
from orders.model.rules import ShopRules
from sandbox.app import make_app
from sandbox.config import demo_config
from sandbox.driver import SandboxDriver
from services.goods.goods_notifications import GoodsNews
from storage.db.database import Database
from storage.db.tables import outbox as table
from storage.goods import pending_pushes
from storage.goods import products as goods
from storage.sending.shop_notifications import NewsKind
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from tests.builders import NOON
from tests.outbox_rows import take_news
from tests.sandbox.tools import serve
from tests.services.workplace import Clock, running

CHAT, OTHER_CHAT = 1001, 1002
PEONIES = "Пионы «Облако», 15 шт"
QUICK = Patience(attempts=2, timeout=5, first_pause=0.01, longest_pause=0.05)


@dataclass(frozen=True)
class Counter:
    """A shop's goods here, the marketplace there, and who brings one to the other."""

    sync: GoodsSync
    news: GoodsNews
    market: SandboxDriver
    database: Database
    clock: Clock
    asker: int

    async def goods(self) -> dict[str, Product]:
        async with self.database.snapshot() as c:
            return {one.name: one for one in await goods.page(c, 1, 1000)}

    async def stop(self, name: str, *, stopped: bool = True) -> None:
        """The person's tap."""
        product = (await self.goods())[name]
        async with self.database.write() as c:
            now = self.clock()
            await goods.set_stopped(c, 1, product.id, stopped=stopped, now=now, by=self.asker)

    async def read(self) -> None:
        """Somebody wishes the list to be read, and it is."""
        self.clock.turn(0.1)
        async with self.database.write() as c:  # what waits to be told is not told twice
            await c.execute(table.delete().where(table.c.kind == NewsKind.GOODS_READ))
        before = await self.told()
        self.news.wish_to_read(1, self.asker)
        async with asyncio.timeout(20):
            while await self.told() == before:  # noqa: ASYNC110 - the database wakes nobody
                await asyncio.sleep(0.01)

    async def told(self) -> list[tuple[int, NewsKind, int]]:
        """Who is to be told what; the last number tells the same again from the same before."""
        async with self.database.snapshot() as c:
            rows = await c.execute(table.select().where(table.c.shop_id == 1).order_by(table.c.id))
            return [(row.target, NewsKind(row.kind), row.id) for row in rows]

    async def kinds(self, *wanted: NewsKind) -> None:
        """Wait until these are told, and forget them."""
        async with asyncio.timeout(20):
            while {kind for _, kind, _ in await self.told()} != set(wanted):  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.01)
        async with self.database.write() as c:
            await take_news(c)

    async def level(self) -> None:
        """Wait until nothing is on its way any more."""
        async with asyncio.timeout(20):
            while True:
                async with self.database.snapshot() as c:
                    if await pending_pushes.next_due(c, 1) is None:
                        return
                await asyncio.sleep(0.01)


@pytest.fixture
async def counter(sqlite_url: str) -> AsyncIterator[Counter]:
    config = demo_config("http://127.0.0.1:9")
    runner, url = await serve(make_app(config))
    database = Database(sqlite_url)
    async with database.write() as c:
        shop = await shops.put(c, Shop(0, 501, "Лепесток", "ru", ShopRules()))
        asker = await staff.add(c, shop.id, "+79160000010", "Анна", Role.MANAGER)
        other = await staff.add(c, shop.id, "+79160000011", "Ирина", Role.DIRECTOR)
        await staff.connect(c, asker.staff_id, CHAT, "ru", "Анна")
        await staff.connect(c, other.staff_id, OTHER_CHAT, "ru", "Ирина")
    clock = Clock(NOON)
    news = GoodsNews(database, clock)
    try:
        async with (
            SellerApi(url, config.marketplace[0].token, QUICK) as api,
            SandboxDriver(url) as market,
        ):
            sync = GoodsSync(GoodsApi(api, 501), 501, database, news, clock)
            yield Counter(sync, news, market, database, clock, asker.staff_id)
    finally:
        await runner.cleanup()
        await database.close()


async def test_the_list_is_read_at_the_start_and_when_somebody_wishes_it(counter: Counter) -> None:
    async with running(counter.sync.run()):
        async with asyncio.timeout(20):
            while len(await counter.goods()) < 9:  # noqa: ASYNC110 - the database wakes nobody
                await asyncio.sleep(0.01)
        assert await counter.told() == [], "nobody asked"
        await counter.market.put_product(77, name="Новый", price="10.00", stock=2)
        await counter.read()
        await counter.kinds(NewsKind.GOODS_READ)
    new = (await counter.goods())["Новый"]
    assert (new.offer_id, new.stock, new.marketplace_id) == ("77", 2, 77)
    assert (await counter.market.goods()).product("Новый")["offerId"] == "77"
    assert (await counter.market.goods()).calls[0]["call"] == "offersMappings"


async def test_the_list_is_read_again_each_hour_though_nobody_wishes_it(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flowwow.goods.goods_sync.REST", 0.1)
    async with running(counter.sync.run()):
        async with asyncio.timeout(20):
            while len(await counter.goods()) < 9:  # noqa: ASYNC110 - the database wakes nobody
                await asyncio.sleep(0.01)
            await counter.market.put_product(78, name="Новый", price="10.00", stock=2)
            await asyncio.sleep(0.5)
            assert "Новый" not in await counter.goods()
            counter.clock.turn(61)
            while "Новый" not in await counter.goods():  # noqa: ASYNC110 - the same
                await asyncio.sleep(0.01)


async def test_a_wish_gets_there_once_and_what_was_done_in_the_app_comes_here(counter: Counter) -> None:
    async with running(counter.sync.run()):
        await counter.read()
        await counter.stop(PEONIES)
        await counter.market.wait_goods(lambda seen: seen.hidden == {PEONIES})
        await counter.level()
        await counter.read()
        roses = (await counter.market.goods()).product("Розы")
        await counter.market.put_product(roses["productId"], is_active=False)
        await counter.read()
        await counter.level()
    assert len((await counter.market.goods()).called("products/hide")) == 1
    found = await counter.goods()
    assert {name for name, one in found.items() if one.stopped} == {PEONIES, roses["name"]}


async def test_what_left_the_marketplace_stays_here_and_is_not_brought_back(counter: Counter) -> None:
    async with running(counter.sync.run()):
        await counter.read()
        product = (await counter.goods())[PEONIES]
        async with counter.database.write() as c:
            await goods.set_recipe(c, 1, product.id, (Ingredient("пион", 15),), NOON, None)
        await counter.market.put_product(product.marketplace_id or 0, archived=True)
        await counter.read()
        await counter.stop(PEONIES)
        await counter.level()
    kept = (await counter.goods())[PEONIES]
    assert (kept.marketplace_id, kept.recipe) == (None, (Ingredient("пион", 15),))
    assert (await counter.market.goods()).calls == []


@pytest.mark.requirement("R60")
async def test_one_that_is_refused_is_told_once_and_does_not_hold_up_the_rest(counter: Counter) -> None:
    async with running(counter.sync.run()):
        await counter.read()
        await counter.kinds(NewsKind.GOODS_READ)
        found = await counter.goods()
        bad, good = found[PEONIES], found["Тюльпаны, 25 шт"]
        await counter.market.put_product(bad.marketplace_id or 0, refusal="На модерации")
        async with counter.database.write() as c:
            for one in (bad, good):
                await goods.set_stopped(c, 1, one.id, stopped=True, now=NOON, by=counter.asker)
                await goods.set_stock(c, 1, one.id, 4, NOON, counter.asker)
        await counter.market.wait_goods(lambda seen: seen.product("Тюльпаны")["stock"] == 4)
        await counter.level()
        assert {(chat, kind) for chat, kind, _ in await counter.told()} == {(CHAT, NewsKind.GOODS_REFUSED)}
        await counter.kinds(NewsKind.GOODS_REFUSED)
        await counter.read()
        await counter.kinds(NewsKind.GOODS_READ)
    async with counter.database.snapshot() as c:
        (refused,) = await pending_pushes.refused(c, 1, 9)
    assert (refused.product.id, refused.problem) == (bad.id, "На модерации")
    assert (await counter.market.goods()).hidden == {good.name}


async def test_a_call_that_is_refused_whole_is_made_one_by_one(counter: Counter) -> None:
    async with running(counter.sync.run()):
        await counter.read()
        await counter.kinds(NewsKind.GOODS_READ)
        wrong = Product(0, 1, "x" * 51, "Длинный артикул", marketplace_id=78)
        async with counter.database.write() as c:
            await goods.put_many(c, 1, [wrong], NOON)
        await counter.stop(PEONIES)
        await counter.stop("Длинный артикул")
        await counter.market.wait_goods(lambda seen: seen.hidden == {PEONIES})
        await counter.level()
        await counter.kinds(NewsKind.GOODS_REFUSED)
    async with counter.database.snapshot() as c:
        (refused,) = await pending_pushes.refused(c, 1, 9)
    assert refused.product.name == "Длинный артикул"
    assert refused.problem == "must have 1 to 50 characters"


async def test_a_marketplace_that_does_not_answer_is_tried_until_it_does(counter: Counter) -> None:
    async with running(counter.sync.run()):
        await counter.read()
        await counter.kinds(NewsKind.GOODS_READ)
        await counter.market.faults(marketplace={"500": 1.0})
        await counter.stop(PEONIES)
        async with asyncio.timeout(20):
            while not await counter.told():
                counter.clock.turn(6)  # past any pause
                counter.database.wake_all()
                await asyncio.sleep(0.05)
        await counter.kinds(NewsKind.GOODS_WAIT)
        await counter.market.faults()
        counter.clock.turn(6)
        counter.database.wake_all()
        await counter.market.wait_goods(lambda seen: seen.hidden == {PEONIES})


async def test_a_list_that_cannot_be_read_is_told_to_whoever_asked(counter: Counter) -> None:
    async with running(counter.sync.run()):
        await counter.read()
        await counter.kinds(NewsKind.GOODS_READ)
        before = await counter.goods()
        await counter.market.faults(marketplace={"502": 1.0})
        await counter.read()
        await counter.kinds(NewsKind.GOODS_UNREAD)
    assert await counter.goods() == before
