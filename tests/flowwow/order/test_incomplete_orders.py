"""Orders that came by their number alone are filled in, or a person is asked about them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from flowwow.api.client import SellerApi
from flowwow.api.reachability import UNREACHABLE, Link, Reach
from flowwow.order.incomplete_orders import ASKED_AFTER, FIRST_LOOK, LAST_LOOK, FillingIn
from flowwow.order.intake import Arrivals, Way
from flowwow.order.parse import Reading
from orders.model.order import DoubtKind, Order
from orders.model.people import MARKETPLACE, Actor, Role
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.steps import commands as do
from services.order.desk import Desk
from storage.db.database import Database
from storage.shop import shops
from storage.shop.shops import Shop
from tests.builders import NOON
from tests.flowwow.conftest import Answer, Marketplace, Steady
from tests.flowwow.samples import ORDER_ID, SHOP_ID, raw_order
from tests.services.workplace import Clock

NUMBER = str(ORDER_ID)
DOWN = Answer(status=500)


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url)
    yield database
    await database.close()


@dataclass
class House:
    """An order without its details, and the one who looks for them."""

    filling_in: FillingIn
    desk: Desk
    arrivals: Arrivals
    marketplace: Marketplace
    clock: Clock
    steady: Steady
    shop: Shop
    manager: Actor

    async def announce(self, number: str = NUMBER) -> Order:
        return await self.arrivals.announce(self.shop, number, self.clock(), Way.WEBHOOK)

    async def order(self, number: str = NUMBER) -> Order:
        found = await self.desk.find_number(self.shop.id, number)
        assert found is not None
        return found

    async def looks_after(self, seconds: float) -> int:
        """Let time pass and look; how often the marketplace was asked."""
        before = len(self.marketplace.calls)
        self.clock.turn(seconds / 60)
        self.steady.now += seconds
        await self.filling_in.step()
        return len(self.marketplace.calls) - before


@pytest.fixture
async def house(
    database: Database, api: SellerApi, marketplace: Marketplace, reach: Reach, steady: Steady
) -> House:
    clock = Clock(NOON)
    async with database.write() as c:
        shop = await shops.put(c, Shop(0, SHOP_ID, "Цветы на Лесной", "ru", ShopRules()))
    desk = Desk(database, clock)
    arrivals = Arrivals(database, desk, Reading(), clock)
    filling_in = FillingIn(Link(api, reach), database, desk, arrivals, clock, steady)
    manager = Actor(Role.MANAGER, 2, "Вера", shop_id=shop.id)
    return House(filling_in, desk, arrivals, marketplace, clock, steady, shop, manager)


@pytest.mark.requirement("X13")
async def test_an_order_is_looked_for_less_and_less_often_until_it_can_be_read(house: House) -> None:
    house.marketplace.will_answer(DOWN)
    await house.announce()
    pauses = [0.0, FIRST_LOOK, 5, 10, 20, 40, 80, 160, 320, LAST_LOOK, LAST_LOOK]
    for pause in pauses:
        if pause:
            assert await house.looks_after(pause - 1) == 0
        assert await house.looks_after(1 if pause else 0) == 3  # each read is tried three times

    house.marketplace.will_answer(Answer(raw_order()))
    assert await house.looks_after(LAST_LOOK) == 1
    assert not (await house.order()).details.unread
    assert await house.looks_after(LAST_LOOK) == 0
    assert (await house.order()).version == 2


@pytest.mark.requirement("X13")
async def test_all_are_read_at_once_when_the_marketplace_works_again_whoever_noticed(
    house: House, api: SellerApi
) -> None:
    house.marketplace.will_answer(DOWN)
    for number in (NUMBER, "25836185", "25836186"):
        await house.announce(number)
    await house.looks_after(0)
    await house.looks_after(UNREACHABLE)

    house.marketplace.will_answer(Answer({"items": [], "total": 0}), Answer(raw_order()))
    await api.list_orders(SHOP_ID, 1)
    assert await house.looks_after(0) == 3
    assert not (await house.order()).details.unread


@pytest.mark.requirement("X13")
async def test_what_a_restart_forgets_is_looked_for_at_once(
    house: House, api: SellerApi, database: Database, reach: Reach
) -> None:
    house.marketplace.will_answer(DOWN)
    await house.announce()
    await house.looks_after(0)

    house.marketplace.will_answer(Answer(raw_order()))
    house.filling_in = FillingIn(
        Link(api, reach), database, house.desk, house.arrivals, house.clock, house.steady
    )
    assert await house.looks_after(0) == 1
    assert not (await house.order()).details.unread


@pytest.mark.requirement("X13")
@pytest.mark.parametrize("answer", [Answer(status=404), Answer({}), Answer(raw_order(shopId=SHOP_ID + 1))])
async def test_a_number_that_the_marketplace_never_shows_is_asked_about_in_the_end(
    house: House, answer: Answer
) -> None:
    house.marketplace.will_answer(answer)
    await house.announce()
    await house.looks_after(0)
    await house.looks_after(ASKED_AFTER.total_seconds() - 1)
    assert (await house.order()).doubt is None

    await house.looks_after(LAST_LOOK)
    order = await house.order()
    assert order.doubt is not None
    assert (order.doubt.kind, order.is_in_doubt) == (DoubtKind.NEVER_SHOWN, True)

    await house.desk.do(order.id, do.CarryOn(), house.manager)
    await house.looks_after(LAST_LOOK)
    assert not (await house.order()).is_in_doubt

    house.marketplace.will_answer(Answer(raw_order()))
    await house.looks_after(LAST_LOOK)
    assert not (await house.order()).details.unread


@pytest.mark.requirement("X13")
async def test_a_question_takes_itself_back_when_the_order_is_shown(house: House) -> None:
    house.marketplace.will_answer(Answer(status=404))
    await house.announce()
    await house.looks_after(ASKED_AFTER.total_seconds())
    assert (await house.order()).is_in_doubt

    house.marketplace.will_answer(Answer(raw_order()))
    await house.looks_after(LAST_LOOK)
    order = await house.order()
    assert (order.is_in_doubt, order.details.unread) == (False, False)


@pytest.mark.requirement("X13")
async def test_a_marketplace_that_is_down_is_no_reason_to_doubt_an_order(house: House) -> None:
    house.marketplace.will_answer(DOWN)
    await house.announce()
    for _ in range(3):
        await house.looks_after(LAST_LOOK)
    assert (await house.order()).doubt is None


@pytest.mark.requirement("X13")
async def test_an_order_that_is_over_is_filled_in_too_and_given_up_after_two_days(house: House) -> None:
    house.marketplace.will_answer(DOWN)
    for number in (NUMBER, "25836185"):
        order = await house.announce(number)
        await house.desk.do(order.id, do.Cancel(), MARKETPLACE)
    house.marketplace.will_answer(Answer(raw_order()))
    assert await house.looks_after(LAST_LOOK) == 2
    order = await house.order()
    assert (order.status, order.details.unread) == (Status.CANCELLED, False)
    assert await house.looks_after(timedelta(days=2).total_seconds()) == 0


@pytest.mark.requirement("X13")
async def test_a_slow_answer_keeps_no_other_order_waiting(
    house: House, api: SellerApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs = asyncio.Event()
    numbers = [str(ORDER_ID + one) for one in range(2)]
    for number in numbers:
        await house.announce(number)

    async def view(_shop_id: int, order_id: int) -> dict[str, object]:
        if str(order_id) == numbers[0]:
            await hangs.wait()
        return raw_order(id=order_id)

    monkeypatch.setattr(api, "view", view)
    looking = asyncio.create_task(house.filling_in.step())
    async with asyncio.timeout(30):
        while (await house.order(numbers[1])).details.unread:  # noqa: ASYNC110 - the database says it
            await asyncio.sleep(0.01)
    assert (await house.order(numbers[0])).details.unread
    hangs.set()
    await looking
    assert not (await house.order(numbers[0])).details.unread
