"""What is to be delivered: the orders of one person, and those offered."""

from __future__ import annotations

import pytest

from orders.steps import commands as do
from orders.steps.delivery_commands import OfferToCouriers
from services.delivery.route_choices import RouteChoices
from services.order.desk import Desk
from services.order.order_lists import OrderLists
from storage.db.database import Database
from storage.shop import shops
from tests.builders import COURIER, DIRECTOR, MANAGER
from tests.services.workplace import Clock, an_incoming


async def an_order(desk: Desk, clock: Clock) -> int:
    order = (await desk.receive(1, an_incoming(clock()))).order
    await desk.do(order.id, do.Accept(), MANAGER)
    return order.id


@pytest.mark.requirement("X8")
async def test_a_courier_has_what_they_carry_and_may_take_what_is_offered(
    database: Database, desk: Desk, clock: Clock
) -> None:
    carried, offered, _other = [await an_order(desk, clock) for _ in range(3)]
    await desk.do(carried, do.AssignCourier(COURIER.staff_id or 0, COURIER.name), DIRECTOR)
    await desk.do(offered, OfferToCouriers(), DIRECTOR)
    async with database.snapshot() as c:
        shop = await shops.get(c, 1)
    assert shop is not None
    choices = RouteChoices(database, clock)
    mine, free, route = await choices.deliveries(shop, COURIER.staff_id or 0, clock())
    assert [one.id for one in mine.orders] == [carried]
    assert [one.id for one in free.orders] == [offered]
    assert [stop.order.id for stop in route.stops] == [carried]
    carries = await OrderLists(database).carried_by(1, COURIER.staff_id or 0)
    assert [one.id for one in carries.orders] == [carried]
