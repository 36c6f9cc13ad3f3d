"""Routes by hand: looked at, moved by a tap, computed again, and fed with minutes and places."""

from __future__ import annotations

import pytest
from aiogram.types import Chat, Location, Message

from messages.callbacks.delivery import DeliveriesTap, RouteDo, RouteTap, ShopIsHere
from messages.callbacks.order import Do, Tap
from orders.model.details import Window
from orders.model.order import Order
from orders.model.people import Role
from orders.route.routes import Route
from orders.steps import commands as do
from services.delivery.routes import Routes
from services.health.clock import utc_now
from storage.delivery import routes as kept_routes
from storage.order import cards as card_rows
from storage.order.cards import Slot
from storage.shop import shops
from tests.builders import NOON, minutes
from tests.handlers.support.conftest import PEOPLE, STRANGER, Bot

pytestmark = [pytest.mark.requirement("X26"), pytest.mark.usefixtures("noon")]

HERE = Location(latitude=55.75, longitude=37.62)
MY_DELIVERIES = DeliveriesTap(page=0).pack()


async def given(bot: Bot, start: float, address: str) -> Order:
    """An order of the courier; its window of two hours starts so many minutes after noon."""
    window = Window(NOON + minutes(start), NOON + minutes(start + 120))
    courier = bot.actors[Role.COURIER]
    carried = do.AssignCourier(courier.staff_id or 0, courier.name)
    return await bot.order(
        (do.Accept(), Role.MANAGER), (carried, Role.MANAGER), window=window, address=address
    )


async def route(bot: Bot) -> Route:
    staff = bot.actors[Role.COURIER].staff_id or 0
    async with bot.app.database.snapshot() as c:
        shop = await shops.get(c, 1)
        assert shop is not None
        return await kept_routes.route_of(c, 1, shop.rules, staff, utc_now())


def tap(bot: Bot, what: RouteDo, order: Order | None = None) -> str:
    staff = bot.actors[Role.COURIER].staff_id or 0
    return RouteTap(do=what, shop=1, staff=staff, order=order.id if order else 0).pack()


async def test_a_courier_moves_a_stop_by_taps_and_has_it_computed_again(bot: Bot) -> None:
    first, second = await given(bot, 60, "Лесная 5"), await given(bot, 60, "Садовая 3")
    listed = await bot.press(Role.COURIER, MY_DELIVERIES)
    assert listed.text.index("Лесная 5") < listed.text.index("Садовая 3")
    opened = await bot.press(Role.COURIER, listed.data("Изменить порядок"))
    assert "👉 2. <b>13:25</b> Садовая 3" in opened.text
    moved = await bot.press(Role.COURIER, opened.data("↑ Выше"))
    assert moved.toast == "Порядок изменён."
    assert "👉 1. <b>13:00</b> Садовая 3" in moved.text
    assert (await route(bot)).sequence == (second.id, first.id)

    lower = await bot.press(Role.COURIER, moved.data("↓ Ниже"))
    front = await bot.press(Role.COURIER, lower.data("Ехать первым"))
    assert "👉 1. " in front.text
    await Routes(bot.app.database, utc_now).renew_all()
    assert (await route(bot)).sequence == (second.id, first.id)
    again = await bot.press(Role.COURIER, front.data("Посчитать заново"))
    assert again.toast == "Посчитано заново."
    assert "Порядок задан вручную" not in again.text
    assert (await route(bot)).sequence == (first.id, second.id)
    other = await bot.press(Role.COURIER, again.data("Другой адрес"))
    assert "👉 1. " in other.text
    back = await bot.press(Role.COURIER, other.data("← Мои доставки"))
    assert back.text.startswith("<b>Мои доставки: 2</b>")


async def test_a_courier_finds_a_stop_by_its_house_and_calls_from_the_list(bot: Bot) -> None:
    first = await given(bot, 60, "Лесная 5, кв 12")
    second = await given(bot, 60, "Москва, Лесная 5, подъезд 2, этаж 3, кв 14")
    listed = await bot.press(Role.COURIER, MY_DELIVERIES)
    assert listed.labels[:2] == [
        f"🟡 13:00 Лесная 5, кв 12 · {first.number}",
        f"🟡 13:00 Лесная 5, подъезд 2… · {second.number}",
    ]
    assert "Телефон" not in listed.text  # before they leave it is hidden
    await bot.desk.do(first.id, do.Dispatch(by_self=False, reason="торопится"), bot.actors[Role.COURIER])
    listed = await bot.press(Role.COURIER, MY_DELIVERIES)
    assert listed.text.count("Телефон: +79160000002") == 1

    late = await bot.press(Role.COURIER, Tap(do=Do.LATE, order=first.id).pack())
    assert "Считаем от конца окна, 15:00." in late.text
    said = await bot.press(Role.COURIER, late.data("на 15 мин"))
    assert said.toast == "Отмечено: будет к 15:15. Менеджер знает."


async def test_chiefs_see_every_route_and_change_it_and_nobody_else_does(bot: Bot) -> None:
    first, second = await given(bot, 60, "Лесная 5"), await given(bot, 60, "Садовая 3")
    shown = await bot.say(Role.MANAGER, "/routes")
    assert "<b>Пётр: 2 адреса</b>" in shown.text
    one = await bot.press(Role.MANAGER, shown.data("Пётр · 2"))
    moved = await bot.press(Role.MANAGER, one.data("Изменить порядок"))
    await bot.press(Role.MANAGER, moved.data("↑ Выше"))
    assert (await route(bot)).sequence == (second.id, first.id)

    for what in (RouteDo.SHOW, RouteDo.UP, RouteDo.COMPUTE, RouteDo.MINUTES):
        refused = await bot.press(Role.SELLER, tap(bot, what, first))
        assert refused.toast == "Этот маршрут меняет курьер, менеджер или директор."
        assert "Лесная" not in refused.text
    assert "Лесная" not in (await bot.press(STRANGER, tap(bot, RouteDo.SHOW, first))).text
    assert (await route(bot)).sequence == (second.id, first.id)
    assert (await bot.say(Role.SELLER, "/routes")).text == "Доставок на сегодня больше нет."


async def test_a_tap_on_a_stop_that_is_gone_or_alone_says_so(bot: Bot) -> None:
    first, second = await given(bot, 60, "Лесная 5"), await given(bot, 60, "Садовая 3")
    await bot.desk.do(second.id, do.Cancel("передумал"), bot.actors[Role.MANAGER])
    gone = await bot.press(Role.COURIER, tap(bot, RouteDo.UP, second))
    assert gone.toast == "Этой доставки в маршруте уже нет."
    alone = await bot.press(Role.COURIER, tap(bot, RouteDo.UP, first))
    assert alone.toast == "В маршруте одна доставка."


async def test_an_order_of_the_stops_that_loses_a_window_is_said_so_and_kept(bot: Bot) -> None:
    await given(bot, -60, "Лесная 5")
    late = await given(bot, 60, "Садовая 3")
    assert not (await route(bot)).lost
    moved = await bot.press(Role.COURIER, tap(bot, RouteDo.UP, late))
    assert moved.toast == "Порядок изменён, но одно окно теперь не успеть."
    await Routes(bot.app.database, utc_now).renew_all()
    assert (await route(bot)).sequence[0] == late.id


async def test_minutes_typed_by_hand_and_a_place_that_was_asked_for_change_the_times(bot: Bot) -> None:
    await given(bot, 0, "Лесная 5")
    second = await given(bot, 0, "Садовая 3")
    asked = await bot.press(Role.COURIER, tap(bot, RouteDo.MINUTES, second))
    assert asked.text.startswith("Сколько минут ехать от Лесная 5 до Садовая 3?")
    assert (await bot.say(Role.COURIER, "скоро")).text.startswith("Нужны минуты числом")
    assert (await bot.say(Role.COURIER, "7 мин")).text == "Записано."
    assert (await route(bot)).stops[1].leg == minutes(7)
    await bot.press(Role.COURIER, tap(bot, RouteDo.MINUTES, second))
    await bot.say(Role.COURIER, "-")
    assert (await route(bot)).stops[1].leg == minutes(20)

    for stop in (await route(bot)).stops:
        await bot.press(Role.COURIER, tap(bot, RouteDo.MINUTES, stop.order))
        kept = await bot.send(Role.COURIER, location=HERE)
        assert kept.text.startswith("Записано, где это: ")
    assert (await route(bot)).stops[1].leg == minutes(0)


async def test_a_place_sent_below_a_card_is_that_of_its_address(bot: Bot) -> None:
    orders = [await given(bot, 0, address) for address in ("Лесная 5", "Садовая 3")]
    cards = bot.app.services.live_cards
    for order in orders:
        await cards.open_if_absent(order.id, PEOPLE[Role.COURIER])
        async with bot.app.database.snapshot() as c:
            shown = await card_rows.of_chat(c, PEOPLE[Role.COURIER], 1, Slot.CARD)
        card = next(one for one in shown if one.order_id == order.id)
        chat = Chat(id=PEOPLE[Role.COURIER], type="private")
        below = Message(message_id=card.message_id, date=NOON, chat=chat)
        kept = await bot.send(Role.COURIER, location=HERE, reply_to_message=below)
        assert kept.text == f"Записано, где это: {order.details.address}."
    assert [stop.leg for stop in (await route(bot)).stops] == [minutes(40), minutes(0)]


async def test_a_chief_says_where_the_shop_is_and_a_courier_where_they_are(bot: Bot) -> None:
    nothing = await bot.send(Role.COURIER, location=HERE)
    assert nothing.text == "Маршрута сейчас нет: отмечать нечего."
    await given(bot, 60, "Лесная 5")
    await Routes(bot.app.database, utc_now).renew_all()
    seen = await bot.send(Role.COURIER, location=HERE)
    assert seen.text == "Отмечено, где вы. Маршрут посчитан отсюда."
    assert seen.labels == []

    asked = await bot.send(Role.DIRECTOR, location=HERE)
    kept = await bot.press(Role.DIRECTOR, asked.data("Да, магазин здесь"))
    assert kept.toast == "Записано, где магазин."
    forged = ShopIsHere(shop=1, latitude=1, longitude=1).pack()
    assert (
        await bot.press(Role.SELLER, forged)
    ).toast == "Этот маршрут меняет курьер, менеджер или директор."


async def test_a_location_that_moves_is_no_place(bot: Bot) -> None:
    moving = Location(latitude=1, longitude=1, live_period=900)
    assert "Маршрут" not in (await bot.send(Role.COURIER, location=moving)).text
