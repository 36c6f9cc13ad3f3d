"""A shop for which tests create orders at hours of 8 March."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from orders.model.details import Window
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.steps import commands as do
from services.load.days import ShopDays
from services.order.desk import Desk
from storage.db.database import Database
from storage.shop import shops
from storage.shop.shops import Shop
from tests.builders import MANAGER, minutes
from tests.orders.load.days import at
from tests.services.workplace import Clock, an_incoming

Put = Callable[..., Awaitable[list[Order]]]
SetRules = Callable[[ShopRules], Awaitable[Shop]]


@pytest.fixture
def days(database: Database, clock: Clock) -> ShopDays:
    return ShopDays(database, clock)


@pytest.fixture
def put(desk: Desk, clock: Clock) -> Put:
    """Creates `count` accepted orders of shop 1 whose delivery starts at this hour."""

    async def put_(
        count: int,
        hour: int,
        *,
        day: int = 8,
        seller: int | None = None,
        **details: Any,  # noqa: ANN401 - any field of Details
    ) -> list[Order]:
        found = []
        for _ in range(count):
            window = Window(at(hour, day=day), at(hour, day=day) + minutes(60))
            got = await desk.receive(1, an_incoming(clock(), window=window, **details))
            order = await desk.do(got.order.id, do.Accept(), MANAGER)
            if seller is not None:
                order = await desk.do(order.id, do.AssignSeller(seller, "Оля"), MANAGER)
            found.append(order)
        return found

    return put_


@pytest.fixture
def set_rules(database: Database) -> SetRules:
    async def set_(rules: ShopRules) -> Shop:
        async with database.write() as c:
            shop = await shops.get(c, 1)
            assert shop is not None
            return await shops.put(
                c, Shop(1, shop.marketplace_id, shop.name, shop.language, rules, shop.group_chat_id)
            )

    return set_
