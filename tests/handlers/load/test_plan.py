"""The plan of the day: assigned by a tap, shared among those at work, and what to buy (X27)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from messages.callbacks.load import PlanDo, PlanTap
from orders.goods.products import Ingredient
from orders.model.details import Line
from orders.model.order import Order
from orders.model.people import Role
from orders.steps import commands as do
from services.health.clock import utc_now
from storage.db.tables import outbox
from storage.goods import products
from storage.order import orders
from storage.team import staff
from tests.builders import a_product
from tests.handlers.load.conftest import ACCEPT, Put, tomorrow
from tests.handlers.support.conftest import PEOPLE, STRANGER, Bot

pytestmark = pytest.mark.requirement("X27")


def tap(what: PlanDo, **more: int) -> str:
    return PlanTap(do=what, shop=1, day=tomorrow().toordinal(), **more).pack()


async def seller_of(bot: Bot, order: Order) -> str | None:
    async with bot.app.database.snapshot() as c:
        kept = await orders.get(c, order.id)
    assert kept is not None
    return kept.progress.seller.name if kept.progress.seller else None


async def second_florist(bot: Bot) -> int:
    async with bot.app.database.write() as c:
        vera = await staff.add(c, 1, "+79160000099", "Вера", Role.SELLER)
        await staff.connect(c, vera.staff_id, 109, "ru", "Вера")
    return vera.staff_id


async def test_the_plan_counts_back_from_each_delivery_and_proposes_who_assembles(bot: Bot, put: Put) -> None:
    await second_florist(bot)
    await put(15, ACCEPT)
    await put(13, ACCEPT)
    seen = await bot.press(Role.MANAGER, tap(PlanDo.SHOW))
    assert seen.text.splitlines()[0] == "📋 <b>План, завтра:</b> собрать 2"
    assert seen.text.splitlines()[2:4] == [
        "🟡 <b>11:45</b> Пионы «Облако» 15 шт → фото 12:05 → выезд 12:20 · Вера?",
        "🟡 <b>13:45</b> Пионы «Облако» 15 шт → фото 14:05 → выезд 14:20 · Оля?",
    ]


async def test_orders_of_the_same_bouquet_and_time_are_told_apart_by_their_numbers(
    bot: Bot, put: Put
) -> None:
    twins = [await put(13, ACCEPT) for _ in range(3)]
    other = await put(15, ACCEPT)
    seen = await bot.press(Role.MANAGER, tap(PlanDo.SHOW))
    lines, labels = seen.text.splitlines()[2:6], seen.labels[:4]
    assert len(set(lines)) == len(set(labels)) == 4
    for order, line, label in zip(twins, lines, labels, strict=False):
        assert f" · {order.number[-4:]} → " in line
        assert label.endswith(f" {order.number[-4:]}")
        assert len(label) <= 16
        who = await bot.press(Role.MANAGER, seen.data(label))
        assert order.number[-4:] in who.text
    assert other.number[-4:] not in seen.text


async def test_one_tap_changes_who_assembles(bot: Bot, put: Put) -> None:
    vera = await second_florist(bot)
    order = await put(13, ACCEPT)
    seen = await bot.press(Role.MANAGER, tap(PlanDo.SHOW))
    who = await bot.press(Role.MANAGER, seen.buttons[0][1])
    assert who.text.startswith("🟡 <b>11:45</b> Пионы «Облако» 15 шт → фото 12:05 → выезд 12:20 · Вера?")
    assert who.labels == ["Вера · собрать 1 •", "Оля · собрать 0", "← План дня"]
    given = await bot.press(Role.MANAGER, who.data("Оля · собрать 0"))
    assert await seller_of(bot, order) == "Оля"
    assert " · Оля" in given.text
    assert "Оля?" not in given.text
    await bot.press(Role.MANAGER, tap(PlanDo.GIVE, order=order.id, person=vera))
    assert await seller_of(bot, order) == "Вера"


async def test_all_are_assigned_as_proposed_but_those_not_accepted_yet(bot: Bot, put: Put) -> None:
    await second_florist(bot)
    accepted = [await put(13, ACCEPT) for _ in range(4)]
    new = await put(14)
    seen = await bot.press(Role.MANAGER, tap(PlanDo.SHOW))
    done = await bot.press(Role.MANAGER, seen.data("Назначить всех · 4"))
    assert done.toast == "Назначены 4 заказа\nЕщё не принят 1: сначала примите"
    names = [await seller_of(bot, order) for order in accepted]
    assert sorted(name or "" for name in names) == ["Вера", "Вера", "Оля", "Оля"]
    assert await seller_of(bot, new) is None
    assert not any(label.startswith("Назначить всех") for label in done.labels)


@pytest.mark.requirement("X14")
async def test_a_florist_who_is_given_several_orders_at_once_hears_one_sound(bot: Bot, put: Put) -> None:
    given = [await put(hour, ACCEPT) for hour in (14, 13, 15)]
    async with bot.app.database.write() as c:
        await c.execute(outbox.delete())
    await bot.press(Role.MANAGER, tap(PlanDo.GIVE_ALL))
    async with bot.app.database.snapshot() as c:
        loud = select(outbox.c.order_id).where(outbox.c.target == PEOPLE[Role.SELLER], outbox.c.sound)
        assert list(await c.scalars(loud)) == [given[1].id]  # what is to be assembled first


async def test_whoever_does_not_work_gets_nothing_proposed(bot: Bot, put: Put) -> None:
    await second_florist(bot)
    order = await put(13, ACCEPT)
    people = await bot.press(Role.DIRECTOR, tap(PlanDo.STAFF))
    assert people.labels == ["✓ Вера", "✓ Оля", "← План дня"]
    turned = await bot.press(Role.DIRECTOR, people.data("✓ Вера"))
    assert turned.labels == ["Вера · не работает", "✓ Оля", "← План дня"]
    assert " · Оля?" in (await bot.press(Role.DIRECTOR, turned.data("← План дня"))).text
    back = await bot.press(Role.DIRECTOR, turned.data("Вера · не работает"))
    assert back.labels[0] == "✓ Вера"
    assert await seller_of(bot, order) is None


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("who", [Role.SELLER, Role.COURIER, STRANGER])
async def test_only_directors_and_managers_plan(bot: Bot, put: Put, who: Role | int) -> None:
    order = await put(13, ACCEPT)
    assert "План" not in (await bot.say(who, "/plan")).text
    person = bot.actors[Role.SELLER].staff_id or 0
    for what in PlanDo:
        seen = await bot.press(who, tap(what, order=order.id, person=person))
        assert "План" not in seen.text
        assert "Пионы" not in seen.text
    assert await seller_of(bot, order) is None


async def test_an_order_that_nobody_has_accepted_is_opened_and_one_that_is_gone_is_named_so(
    bot: Bot, put: Put
) -> None:
    order = await put(13)
    seen = await bot.press(Role.MANAGER, tap(PlanDo.SHOW))
    assert seen.buttons[0][1].startswith("o:open:")
    await bot.desk.do(order.id, do.Decline("нет пионов"), bot.actors[Role.MANAGER])
    gone = await bot.press(Role.MANAGER, tap(PlanDo.WHO, order=order.id))
    assert gone.toast == "Этого заказа в плане уже нет"
    assert "собирать нечего" in gone.text


async def test_pages_of_a_long_plan_lead_to_one_another(bot: Bot, put: Put) -> None:
    for _ in range(6):
        await put(13, ACCEPT)
    seen = await bot.press(Role.MANAGER, tap(PlanDo.SHOW))
    assert sum(line.startswith("🟡") for line in seen.text.splitlines()) == 4
    second = await bot.press(Role.MANAGER, seen.data("Дальше →"))
    assert sum(line.startswith("🟡") for line in second.text.splitlines()) == 2
    assert "← Раньше" in second.labels


async def test_what_to_buy_is_a_list_to_copy_and_goods_without_a_recipe_are_named(bot: Bot, put: Put) -> None:
    async with bot.app.database.write() as c:
        recipe = (Ingredient("пион", 15), Ingredient("эвкалипт", 3))
        await products.put_many(c, 1, [a_product(recipe=recipe)], utc_now())
    await put(13, ACCEPT, lines=(Line("Пионы", 2, offer_id="p-15"), Line("<b>Корзина</b>")))
    plan = await bot.press(Role.MANAGER, tap(PlanDo.SHOW))
    seen = await bot.press(Role.MANAGER, plan.data("Что купить"))
    assert "<code>пион: 30\nэвкалипт: 6</code>" in seen.text
    assert "Не посчитаны, здесь всё, что нужно: пион, эвкалипт" in seen.text
    assert "Нет рецепта, посчитайте сами: &lt;b&gt;Корзина&lt;/b&gt;" in seen.text
    assert seen.labels[-1] == "← План дня"
