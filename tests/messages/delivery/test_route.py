"""The route on a phone: who is not reached first, times, and at most eight buttons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from messages.delivery.deliveries import deliveries
from messages.delivery.route import Reader, RouteView, house, route_screen, routes_screen
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.model.people import Actor
from orders.route.routes import Known, Route, renewed
from orders.route.ways_out import WayOut
from tests.builders import COURIER, MANAGER, NOON, minutes
from tests.messages.journeys import EN, RU, as_read, at, labels
from tests.orders.route.test_routes import RULES, carried, left

pytestmark = pytest.mark.requirement("X26")

NAMES = {4: "Пётр <b>", 5: "Семён"}


def reader(viewer: Actor = COURIER) -> Reader:
    return Reader(viewer, 1, RULES, NOON, RU)


def a_route(count: int, hours: float = 1) -> Route:
    """Of the courier, with so many stops in the same hour."""
    orders = []
    for number in range(1, count + 1):
        order = carried(number, hours, f"ул. <b>Очень Длинная {number}, кв 17, домофон 17К, подъезд со двора")
        progress = replace(order.progress, carrier=at("left").progress.carrier)
        orders.append(replace(order, progress=progress))
    return renewed(orders, RULES, NOON, Known())


def a_view(route: Route, *outs: WayOut, staff: int = 4) -> RouteView:
    return RouteView(staff, route, outs, NAMES, NOON)


def buttons(screen: Screen) -> list[str]:
    return [label for row in labels(screen) for label in row]


def test_the_route_says_when_to_leave_and_when_each_stop_is_reached() -> None:
    lines = as_read(route_screen(a_view(a_route(2)), reader())).splitlines()
    assert lines[:2] == ["Маршрут: 2 адреса", "Выехать в 12:30"]
    assert lines[3].startswith("1. 13:00 ул. <b>Очень Длинная 1")
    assert lines[3].endswith(" · окно 13:00-14:00")
    assert lines[4].startswith("2. 13:25 ")
    assert lines[-1] == "Маршрут изменился в 12:00."


def test_who_is_not_reached_comes_first_with_what_can_be_done() -> None:
    route = a_route(4, 0)
    [stop] = [one for one in route.lost if one.order.id == 4]
    out = WayOut(stop, NOON + minutes(5), 5, NOON + minutes(40))
    chiefs = route_screen(a_view(route, out), reader(MANAGER))
    lines = as_read(chiefs).splitlines()
    assert lines[0] == "Пётр <b>: 4 адреса"
    assert lines[1].startswith("🔴 Не успеть: ул. <b>Очень Длинная 4")
    assert lines[1].endswith("окно 12:00-13:00, будет в 13:45")
    assert lines[2:5] == [
        "Выехать раньше, в 12:05: тогда успеть можно.",
        "Семён успеет: будет в 12:40. Передайте заказ через «Найти курьера».",
        "Предупредите клиента.",
    ]
    assert buttons(chiefs)[0] == f"Открыть {stop.order.number}"
    nobody = as_read(route_screen(a_view(route, WayOut(stop)), reader(MANAGER)))
    assert "Из других, кто сейчас везёт заказы, никто не успевает." in nobody


def test_a_marked_stop_has_the_buttons_that_move_it_and_the_marks_go_around() -> None:
    route = replace(a_route(3), by_hand=True)
    screen = route_screen(a_view(route, WayOut(route.stops[0])), reader(), marked=3)
    assert "👉 3. " in as_read(screen)
    assert "Порядок задан вручную." in as_read(screen)
    assert buttons(screen)[1:] == [
        "↑ Выше", "↓ Ниже", "Ехать первым", "Другой адрес", "Сколько ехать", "Посчитать заново",
        "← Мои доставки",
    ]  # fmt: skip
    assert "Посчитать заново" not in buttons(route_screen(a_view(a_route(3)), reader(), marked=3))
    assert "Изменить порядок" not in buttons(route_screen(a_view(a_route(1)), reader()))


def test_all_texts_fit_and_all_buttons_are_short_in_both_languages() -> None:
    route = replace(a_route(20, 0), by_hand=True)
    outs = [WayOut(stop, NOON, 5, NOON) for stop in route.lost]
    for t in (RU, EN):
        for viewer in (COURIER, MANAGER):
            who = replace(reader(viewer), t=t)
            for screen in (
                route_screen(a_view(route, *outs), who, marked=2),
                routes_screen([a_view(route, staff=staff) for staff in range(4, 16)], who),
            ):
                as_read(screen)
                assert len(buttons(screen)) <= 8
                assert all(len(label) <= 16 for row in labels(screen) if len(row) > 1 for label in row)


def test_chiefs_see_whoever_loses_a_window_first() -> None:
    text = as_read(routes_screen([a_view(a_route(1)), a_view(a_route(4, 0), staff=5)], reader(MANAGER)))
    assert text.index("Семён: 4 адреса") < text.index("Пётр <b>: 1 адрес")
    assert as_read(routes_screen([], reader(MANAGER))) == "Сейчас никто ничего не везёт."


def test_deliveries_stand_in_the_order_of_the_route_with_their_times() -> None:
    orders = [left(1, 3, address="Лесная 1"), left(2, 1, address="Мира 2")]
    orders = [
        replace(one, progress=replace(one.progress, carrier=at("left").progress.carrier)) for one in orders
    ]
    route = renewed(orders, RULES, NOON, Known())
    looks = [Look(order, COURIER, RULES, NOON, RU) for order in (*orders, at("returning"))]
    screen = deliveries(looks, 1, 0, route, reader())
    text = as_read(screen)
    assert text.index("Мира 2") < text.index("Лесная 1") < text.index("↩️")
    assert f"{orders[1].number} · в 13:00" in text
    assert f"{orders[0].number} · в 15:00" in text
    assert "Изменить порядок" in buttons(screen)
    assert len(buttons(screen)) <= 8


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("Москва, Лесная 5, кв 12", "Лесная 5, кв 12"),
        ("г. Москва, ул. Лесная, 5к2", "ул. Лесная, 5к2"),
        ("Лесная, дом 5", "Лесная, дом 5"),
        ("Лесная 5", "Лесная 5"),
        ("БЦ Высота", "БЦ Высота"),
        ("", ""),
    ],
)
def test_a_button_names_the_house_and_not_the_city(address: str, shown: str) -> None:
    assert house(address) == shown
