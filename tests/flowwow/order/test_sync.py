"""The marketplace's list is read again and again, against the local marketplace over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
import structlog
from aiohttp import web
from tenacity import AsyncRetrying, stop_after_delay, wait_fixed

from flowwow.api.client import Patience, SellerApi
from flowwow.api.reachability import Link, Reach
from flowwow.order.intake import Arrivals, Way
from flowwow.order.parse import Reading, parse
from flowwow.order.precheck import Precheck
from flowwow.order.sync import Pace, Sync
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.model.status import Status
from sandbox.app import make_app
from sandbox.config import DEMO_SELLER_TOKEN, SandboxConfig, demo_config
from sandbox.driver import SandboxDriver
from sandbox.driver.wire import PATIENCE
from services.health.clock import utc_now
from services.health.metrics import Metrics
from services.health.troubles import Troubles
from services.order.desk import Desk, Incoming
from storage.db.database import Database
from storage.order import deadlines, marketplace_objects
from storage.order import orders as order_rows
from storage.sending import outbox
from storage.shop import shops
from storage.shop.shops import Shop

HOST = "127.0.0.1"
SHOP = Shop(0, 501, "Цветы на Лесной", "ru", ShopRules())
IMPATIENT = Patience(attempts=2, timeout=1, first_pause=0.001, longest_pause=1)
OFTEN = Pace(poll_seconds=0.02, reconcile_seconds=60)


@dataclass
class Market:
    """The local marketplace, and one who polls it."""

    driver: SandboxDriver
    database: Database
    desk: Desk
    metrics: Metrics
    troubles: Troubles
    make: Callable[[Pace], Sync]

    @asynccontextmanager
    async def synced(self, pace: Pace = OFTEN) -> AsyncIterator[None]:
        """While inside, the marketplace is polled."""
        task = asyncio.create_task(self.make(pace).run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def orders(self) -> dict[str, Order]:
        async with self.database.snapshot() as c:
            return {order.number: order async for order in order_rows.every(c)}

    async def until(self, fits: Callable[[dict[str, Order]], bool]) -> dict[str, Order]:
        """Wait until the orders that are kept fit."""
        found: dict[str, Order] = {}
        async for attempt in self._tries():
            with attempt:
                found = await self.orders()
                assert fits(found), found
        return found

    def rounds(self, kind: str, result: str) -> float:
        labels = {"kind": kind, "result": result}
        return self.metrics.registry.get_sample_value("florist_sync_rounds_total", labels) or 0

    async def until_rounds(self, kind: str, result: str, count: int = 1) -> None:
        """Wait until so many more rounds have ended like this."""
        aim = self.rounds(kind, result) + count
        async for attempt in self._tries():
            with attempt:
                assert self.rounds(kind, result) >= aim

    def _tries(self) -> AsyncRetrying:
        return AsyncRetrying(stop=stop_after_delay(PATIENCE), wait=wait_fixed(0.05), reraise=True)


@pytest.fixture
def config(request: pytest.FixtureRequest) -> SandboxConfig:
    """The demo's world; a test may say at which number its pages begin."""
    first_page = getattr(request, "param", 1)
    return demo_config("").model_copy(update={"orders_first_page": first_page})


@pytest.fixture
async def market(sqlite_url: str, config: SandboxConfig) -> AsyncIterator[Market]:
    runner = web.AppRunner(make_app(config), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    url = f"http://{HOST}:{runner.addresses[0][1]}"
    database = Database(sqlite_url)
    async with database.write() as c:
        await shops.put(c, SHOP)
    metrics = Metrics()
    desk = Desk(database, utc_now, metrics)
    troubles = Troubles(utc_now)
    reach = Reach(troubles)
    seller = SellerApi(url, DEMO_SELLER_TOKEN, IMPATIENT, watch=reach)
    async with SandboxDriver(url) as driver, seller as api:
        arrivals = Arrivals(database, desk, Reading(), utc_now, metrics)
        look = Precheck(api, database, desk, arrivals)

        def make(pace: Pace) -> Sync:
            return Sync(Link(api, reach), database, arrivals, look, utc_now, metrics, pace)

        yield Market(driver, database, desk, metrics, troubles, make)
    await runner.cleanup()
    await database.close()


async def place(market: Market, **fields: Any) -> str:  # noqa: ANN401 - fields of any type
    return str((await market.driver.place_order(deliver="none", **fields)).id)


@pytest.mark.requirement("X1")
@pytest.mark.parametrize("config", [0, 1], indirect=True)
async def test_every_order_comes_once_whichever_the_first_page_is(market: Market) -> None:
    numbers = {await place(market) for _ in range(130)}

    async with market.synced():
        await market.until(lambda found: set(found) == numbers)
        await market.until_rounds("poll", "done", 2)

    assert {order.version for order in (await market.orders()).values()} == {1}


@pytest.mark.requirement("X1")
async def test_orders_of_the_last_days_come_at_the_start_and_old_ones_do_not(market: Market) -> None:
    day = 24 * 60 * 60
    now = int(utc_now().timestamp())
    lately = await place(market, deliveryDateFrom=now - 5 * day, deliveryDateTo=now - 5 * day)
    without_window = await place(market, deliveryDateFrom=None, deliveryDateTo=None)
    ahead = await place(market, deliveryDateFrom=now + 40 * day, deliveryDateTo=now + 40 * day)
    long_ago = {"createdDate": now - 30 * day, "deliveryDateFrom": now - 30 * day}
    await place(market, **long_ago, deliveryDateTo=now - 30 * day)

    async with market.synced():
        await market.until_rounds("reconciliation", "done")

    assert set(await market.orders()) == {lately, without_window, ahead}


@pytest.mark.requirement("X1")
async def test_only_what_says_something_new_is_taken_further(market: Market) -> None:
    number = await place(market)
    async with market.synced():
        await market.until(lambda found: number in found)
        await market.until_rounds("poll", "done", 2)
        assert (await market.driver.order(int(number))).calls == []  # the list says it all

        await market.driver.change_order(int(number), status=2)
        found = await market.until(lambda found: found[number].status is Status.ACCEPTED)
        await market.until_rounds("poll", "done", 2)

    assert await market.orders() == found


@pytest.mark.requirement("X1", "X3")
async def test_an_order_that_was_taken_in_but_not_brought_up_to_date_is_silent_until_the_next_look_does_it(
    market: Market,
) -> None:
    placed = await market.driver.place_order(deliver="none", status=3)
    parsed = parse(placed.order, Reading())
    half = Incoming(parsed.number, utc_now(), parsed.details, {**placed.order, "status": None}, is_over=True)
    order = (await market.desk.receive(1, half)).order

    async with market.database.write() as c:
        rows = await outbox.claim(c, outbox.Channel.TELEGRAM, utc_now(), 100)
        assert await deadlines.earliest(c) is None
    assert not [row for row in rows if row.sound]
    async with market.synced():
        found = await market.until(lambda found: found[order.number].is_final)
        await market.until_rounds("poll", "done")  # what the marketplace said is kept after the step

    assert found[order.number].status is Status.DONE
    async with market.database.snapshot() as c:
        assert await marketplace_objects.raw_of(c, order.id) == placed.order


@pytest.mark.requirement("X1", "R21")
async def test_a_living_order_that_no_list_shows_is_viewed_and_asked_about(market: Market) -> None:
    gone, done = await place(market), await place(market, status=3)
    async with market.synced():
        await market.until(lambda found: len(found) == 2 and found[done].is_final)
    for number in (gone, done):
        await market.driver.vanish_order(int(number))

    async with market.synced():
        found = await market.until(lambda found: found[gone].is_in_doubt)

    assert found[done].doubt is None


@pytest.mark.requirement("X1", "X3")
async def test_a_marketplace_that_fails_is_asked_again_after_longer_pauses_up_to_the_usual_one(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flowwow.order.sync.FIRST_PAUSE", 0.005)
    await market.driver.faults(marketplace={"500": 1})
    number = await place(market)
    with structlog.testing.capture_logs() as logs:
        async with market.synced():
            await market.until_rounds("reconciliation", "Unavailable", 4)
            await market.driver.faults()
            await market.until(lambda found: number in found)
            await market.until_rounds("poll", "done", 2)

    pauses = [line["again_in_seconds"] for line in logs if line["event"] == "sync_round_failed"]
    assert pauses[:4] == [0.005, 0.01, 0.02, 0.02]


async def test_a_limit_is_waited_for_as_the_marketplace_says(market: Market) -> None:
    await market.driver.faults(marketplace={"429": 1})
    with structlog.testing.capture_logs() as logs:
        async with market.synced():
            await market.until_rounds("reconciliation", "RateLimited")

    (failed,) = [line for line in logs if line["event"] == "sync_round_failed"]
    assert failed["again_in_seconds"] == 5


@pytest.mark.requirement("X1", "X3")
async def test_an_order_that_cannot_be_read_keeps_no_other_from_coming(market: Market) -> None:
    whole = await place(market)
    odd = await place(market, shopId=77, products=None)
    await market.driver.change_order(int(odd), id="?")

    async with market.synced():
        await market.until_rounds("poll", "done", 2)

    assert whole in await market.orders()


@pytest.mark.requirement("X22")
async def test_an_order_on_which_our_own_code_breaks_keeps_no_other_from_coming(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, broken, after = await place(market), await place(market), await place(market)
    take = Arrivals.take

    async def break_on_one(self: Arrivals, shop: Shop, raw: dict[str, object], way: Way) -> object:
        if str(raw.get("id")) == broken:
            raise KeyError("a fault of ours")
        return await take(self, shop, raw, way)

    monkeypatch.setattr(Arrivals, "take", break_on_one)
    async with market.synced():
        await market.until(lambda found: found.keys() >= {before, after})
        assert broken not in await market.orders()
        monkeypatch.setattr(Arrivals, "take", take)
        await market.until(lambda found: broken in found)


async def test_a_shop_without_a_number_at_the_marketplace_is_passed_over(market: Market) -> None:
    async with market.database.write() as c:
        await shops.put(c, Shop(0, None, "Второй магазин", "ru", ShopRules()))

    async with market.synced():
        await market.until_rounds("poll", "done")


@pytest.mark.requirement("X1", "X6")
async def test_a_shop_with_a_wrong_number_keeps_no_other_from_being_read(market: Market) -> None:
    async with market.database.write() as c:
        await shops.put(c, replace(SHOP, id=1, marketplace_id=77_777))
    async with market.synced():
        await market.until_rounds("reconciliation", "NotFound")  # there is no other shop: a failure, as ever

    number = await place(market)
    async with market.database.write() as c:
        await shops.put(c, replace(SHOP, name="Роза на Садовой"))
    with structlog.testing.capture_logs() as logs:
        async with market.synced():
            found = await market.until(lambda found: number in found)
            await market.until_rounds("poll", "done")
    assert found[number].shop_id == 2
    assert {line["shop_id"] for line in logs if line["event"] == "shop_not_read"} == {1}
