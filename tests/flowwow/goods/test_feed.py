"""The feed over HTTP: what can be ordered, and who may read it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from flowwow.goods.feed import Feed, feed_routes
from orders.goods.products import Ingredient, Product
from orders.model.order import Mark
from orders.model.people import Role
from orders.model.rules import ShopRules
from storage.db.database import Database
from storage.goods import flowers
from storage.goods import products as goods
from storage.shop import closures, shops
from storage.shop.shops import Shop
from tests.builders import NOON, a_product, minutes
from tests.flowwow.feeds import availability, read_feed

SECRET = "long_random_text-44"
OTHER_SECRET = "long_random_text-45"
URL = f"/feed/{SECRET}.xml"
ANNA = Mark(NOON, Role.DIRECTOR, 1, "Анна")
Client = TestClient[web.Request, web.Application]


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url)
    async with database.write() as c:
        await shops.put(c, Shop(0, 4711, "Цветы & <листья>", "ru", ShopRules()))
    yield database
    await database.close()


@pytest.fixture
async def client(database: Database, clock: Clock) -> AsyncIterator[Client]:
    feeds = {
        SECRET: Feed(database, partial(shops.get, shop_id=1), clock),
        OTHER_SECRET: Feed(database, partial(shops.by_marketplace_id, marketplace_id=999), clock),
    }
    app = web.Application()
    app.router.add_routes(feed_routes(feeds))
    async with TestClient(TestServer(app)) as client:
        yield client


async def put(database: Database, *products: Product, shop_id: int = 1) -> None:
    async with database.write() as c:
        await goods.put_many(c, shop_id, products, NOON)


async def offered(client: Client, secret: str = SECRET) -> dict[str, bool]:
    response = await client.get(f"/feed/{secret}.xml")
    assert response.status == 200
    return availability(read_feed(await response.read()))


@pytest.mark.requirement("R61")
async def test_the_feed_follows_stop_list_stock_flowers_and_the_hidden_shop(
    client: Client, database: Database, clock: Clock
) -> None:
    peonies = (Ingredient("Пион", 15),)
    await put(
        database,
        a_product(offer_id="there", stock=3),
        a_product(offer_id="stopped", stopped=True),
        a_product(offer_id="none", stock=0),
        a_product(offer_id="peonies", recipe=peonies),
        a_product(offer_id="free", price=None),
    )
    assert await offered(client) == {"there": True, "stopped": False, "none": False, "peonies": True}
    async with database.write() as c:
        await flowers.set_stems(c, 1, peonies[0].key, 14, ANNA)
    assert (await offered(client))["peonies"] is False
    async with database.write() as c:
        await closures.begin(c, 1, ANNA, NOON + timedelta(hours=1), None)
    assert set((await offered(client)).values()) == {False}
    clock.now = NOON + timedelta(hours=1)
    assert (await offered(client))["there"] is True


@pytest.mark.requirement("R61", "X6")
async def test_a_feed_holds_the_goods_of_its_own_shop(client: Client, database: Database) -> None:
    async with database.write() as c:
        other = await shops.put(c, Shop(0, 999, "Чужие", "ru", ShopRules()))
    await put(database, a_product(offer_id="theirs"), shop_id=other.id)
    await put(database, a_product(offer_id="ours"))
    assert await offered(client) == {"ours": True}
    assert await offered(client, OTHER_SECRET) == {"theirs": True}


@pytest.mark.requirement("R61", "X6")
async def test_the_feed_of_a_shop_that_is_not_added_yet_is_not_there(client: Client) -> None:
    response = await client.get(f"/feed/{OTHER_SECRET}.xml")
    assert response.status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/feed/.xml",
        "/feed/x.xml",
        f"/feed/{SECRET}",
        f"/feed/{SECRET}.xml.xml",
        "/feed/%D1%8F.xml",
        "/feed/%FF",
    ],
)
async def test_whoever_does_not_know_the_secret_finds_nothing(
    client: Client, database: Database, path: str
) -> None:
    await put(database, a_product())
    assert (await client.get(path)).status == 404


async def test_a_reader_that_has_the_edition_is_told_so(
    client: Client, database: Database, clock: Clock
) -> None:
    await put(database, a_product())
    first = await client.get(URL)
    assert first.headers["Content-Type"] == "application/xml; charset=utf-8"
    body = await first.read()
    assert int(first.headers["Content-Length"]) == len(body)
    clock.now = NOON + minutes(10)
    for known in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        again = await client.get(URL, headers=known)
        assert (again.status, await again.read()) == (304, b"")
    assert await (await client.get(URL)).read() == body
    await put(database, replace(a_product(), stopped=True))
    for known in (
        {"If-None-Match": first.headers["ETag"], "If-Modified-Since": "Tue, 01 Jan 2030 00:00:00 GMT"},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        changed = await client.get(URL, headers=known)
        assert changed.status == 200
        assert changed.headers["Last-Modified"] == "Sun, 08 Mar 2026 09:10:00 GMT"


async def test_the_head_alone_can_be_asked_for(client: Client, database: Database) -> None:
    await put(database, a_product())
    whole, head = await client.get(URL), await client.head(URL)
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]
    assert await head.read() == b""


async def test_without_goods_there_is_no_feed_yet(client: Client, database: Database) -> None:
    assert (await client.get(URL)).status == 503
    await put(database, a_product(price=None))
    assert (await client.get(URL)).status == 503


async def test_a_feed_larger_than_memory_keeps_comes_whole(client: Client, database: Database) -> None:
    texts = "я" * 3000
    await put(database, *(a_product(offer_id=f"p{number}", description=texts) for number in range(1200)))
    assert len(await offered(client)) == 1200
