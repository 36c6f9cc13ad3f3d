"""«Мои доставки» and the spare couriers: short enough for a phone, whatever comes from outside."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest

from messages.delivery import spare_couriers
from messages.delivery.deliveries import LONGEST_LINK, MOST_STOPS, PAGE_SIZE, deliveries, offers, route_button
from messages.delivery.route import Reader
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.delivery.spare_couriers import SpareCourier
from orders.model.delivery_facts import Call, CallAnswer
from orders.model.order import Order
from orders.route.routes import Route
from tests.builders import COURIER, MANAGER, RULES, SELLER, a_mark
from tests.messages.journeys import EN, NOW, RU, as_read, at, labels

GLEB = SpareCourier(1, "Глеб", "+79160000091", "на машине")
LEV = SpareCourier(2, "Лев", "+79160000092", "")


def looks(*orders: Order) -> list[Look]:
    return [Look(order, COURIER, RULES, NOW, RU) for order in orders]


def several(count: int, stage: str = "left", **changes: object) -> list[Look]:
    return looks(
        *(at(stage, id=number, number=str(25_836_000 + number), **changes) for number in range(count))
    )


def listed(mine: list[Look], free: int, page: int, way: Route | None = None) -> Screen:
    return deliveries(mine, free, page, way or Route(), Reader(COURIER, 1, RULES, NOW, RU))


def buttons(screen: Screen) -> list[str]:
    return [label for row in labels(screen) for label in row]


def route(mine: list[Look]) -> list[str]:
    """The addresses of the route's link."""
    button = route_button(mine, RU)
    assert button is not None
    assert len(button.url or "") <= LONGEST_LINK
    start, *stops = unquote((button.url or "").partition("rtext=")[2]).split("~")
    assert start == ""
    return stops


@pytest.mark.requirement("X8")
@pytest.mark.parametrize("count", [0, 1, PAGE_SIZE, PAGE_SIZE + 1, 23])
def test_a_page_has_at_most_eight_buttons_and_leads_on(count: int) -> None:
    for page in range(6):
        screen = listed(several(count), 3, page)
        as_read(screen)
        assert len(buttons(screen)) <= 8
        assert ("Ещё доставки →" in buttons(screen)) is (count > PAGE_SIZE)
        assert "Можно взять: 3" in buttons(screen)


@pytest.mark.requirement("X8")
def test_the_pages_go_around() -> None:
    mine = several(PAGE_SIZE + 2)
    assert listed(mine, 0, 2) == listed(mine, 0, 0)
    assert as_read(listed(mine, 0, 1)).count("258360") == 2


@pytest.mark.requirement("X8")
def test_the_route_leads_through_the_addresses_that_are_still_ahead() -> None:
    left = at("left")
    nowhere = replace(left, details=replace(left.details, address=" "))
    mine = looks(
        at("left", address="Лесная 5"),
        at("returning", address="Садовая 1"),
        at("redispatched", address="Прежний адрес 7"),
        at("courier chosen", address="Мира 2 ~ 3"),
        nowhere,
    )
    assert route(mine) == ["Лесная 5", "NEWADDRESS", "Мира 2   3"]
    assert route_button(looks(at("returning")), RU) is None


@pytest.mark.requirement("X8")
def test_a_long_route_is_cut_before_the_link_is_too_long() -> None:
    assert len(route(several(MOST_STOPS + 5, address="Мира 2"))) == MOST_STOPS
    assert 1 <= len(route(several(MOST_STOPS, address="ул. Очень Длинная, " * 5))) < MOST_STOPS


@pytest.mark.requirement("R40", "R44")
def test_free_orders_show_where_to_and_no_names() -> None:
    text = as_read(offers(several(PAGE_SIZE + 1, "offered"), RU))
    assert text.startswith("Можно взять: 5\nПоказаны первые 4.")
    assert "Лесная 5" in text
    assert "Мария" not in text
    assert buttons(offers([], RU)) == ["← Мои доставки"]


@pytest.mark.requirement("R89")
def test_the_last_of_the_list_has_nobody_behind_him_and_then_all_were_called() -> None:
    order = at("photo")
    seller = Look(order, SELLER, RULES, NOW, RU)
    first = spare_couriers.calling(seller, [GLEB, LEV], GLEB)
    assert "Глеб, +79160000091: на машине" in as_read(first)
    assert "Следующий" in buttons(first)
    assert "Следующий" not in buttons(spare_couriers.calling(seller, [GLEB], GLEB))

    calls = tuple(Call(one.name, one.phone, CallAnswer.CANNOT, a_mark(SELLER)) for one in (GLEB, LEV))
    called = Look(replace(order, calls=calls), MANAGER, RULES, NOW, EN)
    over = spare_couriers.calling(called, [GLEB, LEV], None)
    assert "All spare couriers have been asked." in as_read(over)
    assert "Лев cannot: " in as_read(over)
    assert buttons(over) == ["Call them again", "List of couriers", "← Back"]


@pytest.mark.requirement("R89")
def test_the_list_has_at_most_eight_buttons_and_hostile_names_do_no_harm() -> None:
    names = ["<b>" * 30, "&" * 90, "💐" * 60, "Глеб\nЛев", "\u202eвелГ", "Л", "Г"]
    full = [SpareCourier(number, name, "+7916", name) for number, name in enumerate(names, start=1)]
    screen = spare_couriers.spare_list(full, RU)
    assert len(buttons(screen)) == spare_couriers.MOST_SPARES
    assert as_read(screen).endswith("Уберите кого-нибудь, чтобы добавить нового.")
    for spare in full:
        as_read(spare_couriers.one_spare(spare, RU))
        looked = spare_couriers.calling(Look(at("photo"), MANAGER, RULES, NOW, RU), full, spare)
        assert len(buttons(looked)) <= 8
        as_read(looked)
