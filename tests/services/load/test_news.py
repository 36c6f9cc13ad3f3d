"""What the chiefs read of the shop's day when it reaches them (X27, X28)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot

from messages.callbacks.load import LoadDo, LoadTap
from orders.model.details import Line
from orders.model.rules import ShopRules
from orders.steps import commands as do
from services.load.advisor import LoadAdvisor
from services.load.days import ShopDays
from services.load.shopping_lists import ShoppingLists
from services.order.desk import Desk
from services.shop.shop_notifications import ShopNotifications
from storage.db.database import Database
from storage.sending import outbox
from storage.sending.outbox import Channel, ShopRow
from tests.builders import MANAGER
from tests.orders.load.days import at
from tests.services.bell.wire import Recorder, Shown
from tests.services.load.conftest import Put, SetRules
from tests.services.workplace import DIRECTOR_CHAT, SELLER_CHAT, Clock


@pytest.fixture
def wire() -> Recorder:
    return Recorder()


@pytest.fixture
async def news(database: Database, clock: Clock, wire: Recorder) -> AsyncIterator[ShopNotifications]:
    async with Bot("42:" + "a" * 35, wire) as bot:
        yield ShopNotifications(bot, database, clock)


async def read(news: ShopNotifications, database: Database, clock: Clock, wire: Recorder) -> list[Shown]:
    """What the director has read when all that concerns the shop has left."""
    async with database.write() as c:
        rows = await outbox.claim(c, Channel.TELEGRAM, clock(), 100)
        await outbox.done(c, *[row.id for row in rows])
    for row in rows:
        if isinstance(row, ShopRow):
            await news.deliver(row)
    assert wire.shown(SELLER_CHAT) == []
    return wire.shown(DIRECTOR_CHAT)


@pytest.mark.requirement("X28")
async def test_the_advice_says_how_many_orders_and_offers_to_hide_the_shop(
    news: ShopNotifications,
    days: ShopDays,
    put: Put,
    set_rules: SetRules,
    database: Database,
    clock: Clock,
    wire: Recorder,
) -> None:
    await set_rules(ShopRules(orders_per_hour=6))
    await put(9, 13)
    await LoadAdvisor(database, days, clock).look()
    [advice] = await read(news, database, clock, wire)
    assert not advice.silent
    lines = advice.text.splitlines()
    assert lines[0] == "⚠ <b>Сегодня 13:00-14:00: 9 заказов, успеваете 6.</b>"
    assert lines[1] == "Успеваете 6 в час: по правилу магазина"
    assert lines[3].startswith("Скрыть магазин на 2 ч?")
    assert advice.labels == ["Скрыть на 2 ч", "Меньше заказов", "Загрузка", "Не нужно"]
    tap = LoadTap.unpack(advice.rows[0][0].callback_data)
    assert (tap.do, tap.shop, tap.hour, tap.spell) == (LoadDo.HIDE, 1, int(at(13).timestamp()), "2")


@pytest.mark.requirement("X28")
async def test_of_an_hour_far_away_the_schedule_is_spoken_of_with_the_rule_before_holidays(
    news: ShopNotifications,
    days: ShopDays,
    put: Put,
    set_rules: SetRules,
    database: Database,
    clock: Clock,
    wire: Recorder,
) -> None:
    await set_rules(ShopRules(orders_per_hour=2))
    await put(2, 20)
    await LoadAdvisor(database, days, clock).look()
    [advice] = await read(news, database, clock, wire)
    assert advice.text.startswith("⚠ <b>Сегодня 20:00-21:00: уже 2 заказа, больше не успеть.</b>")
    assert "Скрывать магазин ещё рано." in advice.text
    assert "только со следующего дня" in advice.text
    assert advice.labels == ["Меньше заказов", "Загрузка", "Не нужно"]


async def test_an_advice_that_is_not_true_any_more_is_not_told(
    news: ShopNotifications,
    days: ShopDays,
    put: Put,
    set_rules: SetRules,
    database: Database,
    clock: Clock,
    wire: Recorder,
    desk: Desk,
) -> None:
    await set_rules(ShopRules(orders_per_hour=2))
    [first, _] = await put(2, 13)
    await LoadAdvisor(database, days, clock).look()
    await desk.do(first.id, do.Decline("нет пионов"), MANAGER)
    assert await read(news, database, clock, wire) == []


@pytest.mark.requirement("X27")
async def test_the_evenings_list_names_what_to_buy(
    news: ShopNotifications,
    days: ShopDays,
    put: Put,
    set_rules: SetRules,
    database: Database,
    clock: Clock,
    wire: Recorder,
) -> None:
    await set_rules(ShopRules())
    await put(1, 15, day=9, lines=(Line("Корзина", 2),))
    clock.now = at(19)
    await ShoppingLists(database, days, clock).send()
    [shown] = await read(news, database, clock, wire)
    assert shown.silent
    assert shown.text.startswith("🛒 <b>Что купить на сегодня и завтра</b>")
    assert "Нет рецепта, посчитайте сами: Корзина × 2" in shown.text
