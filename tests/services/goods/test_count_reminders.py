"""The flowers are counted regularly: whoever may count is reminded (R83)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from messages.i18n.texts import Translator
from orders.goods.products import Ingredient
from orders.model.rules import ShopRules
from services.goods.count_reminders import CountReminders, is_time
from services.goods.goods_desk import GoodsDesk
from services.shop.shop_notifications import _of_shop
from storage.db.database import Database
from storage.goods import flowers, products
from storage.sending.shop_notifications import News, NewsKind
from storage.shop import shops
from tests.builders import MANAGER, NOON, a_product
from tests.outbox_rows import take_news
from tests.services.workplace import DIRECTOR_CHAT, MANAGER_CHAT, Clock

MORNING = NOON - timedelta(hours=3)
"""Nine o'clock in Moscow, when the shop opens."""


async def told(database: Database, reminders: CountReminders, clock: Clock, at: datetime) -> list[News]:
    clock.now = at
    await reminders.remind()
    async with database.write() as c:
        found = await take_news(c)
    return [one for one in found if one.kind is NewsKind.COUNT_FLOWERS]


@pytest.fixture
async def reminders(database: Database, clock: Clock) -> CountReminders:
    async with database.write() as c:
        await products.put_many(c, 1, [a_product(recipe=(Ingredient("пион", 15),))], NOON)
    return CountReminders(database, clock)


@pytest.mark.requirement("R83")
async def test_the_chiefs_are_reminded_each_morning_unless_somebody_has_counted(
    database: Database, clock: Clock, reminders: CountReminders
) -> None:
    assert await told(database, reminders, clock, MORNING - timedelta(minutes=1)) == []
    first = await told(database, reminders, clock, MORNING)
    assert {one.chat_id for one in first} == {DIRECTOR_CHAT, MANAGER_CHAT}
    async with database.snapshot() as c:
        shop = await shops.get(c, 1)
        assert shop is not None
        screen = await _of_shop(c, first[0], shop, MORNING, Translator("ru"))
    assert screen is not None
    assert "Пора посчитать цветы. Больше всего нужны: пион" in screen.text
    assert await told(database, reminders, clock, MORNING + timedelta(hours=1)) == []
    assert await told(database, reminders, clock, MORNING + timedelta(days=1)) != []

    clock.now = MORNING + timedelta(days=2) - timedelta(hours=1)
    async with database.snapshot() as c:
        (peony,) = await flowers.all_flowers(c, 1)
    await GoodsDesk(database, clock).set_stems(MANAGER, peony, 20)
    assert await told(database, reminders, clock, MORNING + timedelta(days=2)) == []


@pytest.mark.requirement("R83", "R78")
async def test_how_often_is_a_rule_of_the_shop(
    database: Database, clock: Clock, reminders: CountReminders
) -> None:
    async with database.write() as c:
        shop = await shops.get(c, 1)
        assert shop is not None
        await shops.put(c, replace(shop, rules=replace(shop.rules, count_days=2)))
    counts = [len(await told(database, reminders, clock, MORNING + timedelta(days=day))) for day in range(4)]
    assert counts == [2, 0, 2, 0]
    assert not is_time(ShopRules(count_days=0), MORNING)
