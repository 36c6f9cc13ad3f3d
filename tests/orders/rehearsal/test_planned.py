"""Which orders a rehearsal plays, and what it counts of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from zoneinfo import ZoneInfo

import pytest

from orders.model.details import DeliveryKind, Window
from orders.model.order import Order
from orders.rehearsal.planned import (
    FEWEST_ORDERS,
    built_in_day,
    busiest_day,
    fullest_minutes,
    multiplied,
    planned_of,
)
from orders.rehearsal.score import Score, breaks_first, by_hour, score
from tests.builders import (
    ACCEPTED,
    COURIER_ASSIGNED,
    NOON,
    PHOTO_ATTACHED,
    RULES,
    SELLER_ASSIGNED,
    a_window,
    an_order,
    minutes,
)

MOSCOW = ZoneInfo("Europe/Moscow")


def orders_of_a_day(count: int, days_ago: int) -> list[Order]:
    at = NOON - minutes(days_ago * 24 * 60)
    return [an_order(placed_at=at, window=a_window(at + minutes(120))) for _ in range(count)]


def test_the_day_with_the_most_deliveries_is_played() -> None:
    orders = [*orders_of_a_day(FEWEST_ORDERS, 3), *orders_of_a_day(FEWEST_ORDERS + 2, 1)]
    day = busiest_day(map(planned_of, orders), MOSCOW)
    assert len(day) == FEWEST_ORDERS + 2
    assert {one.placed_at for one in day} == {NOON - minutes(24 * 60)}


def test_days_with_few_orders_have_no_shape() -> None:
    assert busiest_day(map(planned_of, orders_of_a_day(FEWEST_ORDERS - 1, 1)), MOSCOW) == []


def test_nothing_of_people_is_taken_from_a_real_order() -> None:
    order = an_order(delivery=DeliveryKind.PICKUP, client_note="Позвоните Маше", shop_note="постоянная")
    planned = planned_of(order)
    words = repr(planned)
    for personal in (*order.details.notes, order.details.address, order.details.card_text):
        assert not personal or personal not in words
    for person in (order.details.client, order.details.recipient):
        assert person.name not in words
        assert person.phone not in words
    assert planned.details.goods == order.details.goods
    assert (planned.details.window, planned.details.delivery) == (order.details.window, DeliveryKind.PICKUP)


def test_ten_times_the_load_is_ten_times_the_orders_in_each_hour() -> None:
    day = built_in_day(MOSCOW)
    many = multiplied(day, 10, Random(1).random)
    windows = [Counter(one.details.window for one in orders) for orders in (day, many)]
    assert {window: 10 * count for window, count in windows[0].items()} == windows[1]
    assert many == sorted(many, key=lambda one: one.placed_at)
    assert many == multiplied(day, 10, Random(1).random)
    assert many != multiplied(day, 10, Random(2).random)


def test_only_the_fullest_minutes_are_played() -> None:
    at = [0, 30, 32, 35, 60, 61]
    day = [
        replace(one, placed_at=NOON + minutes(when))
        for one, when in zip(built_in_day(MOSCOW), at, strict=False)
    ]
    assert [one.placed_at for one in fullest_minutes(day, 10)] == [NOON + minutes(when) for when in at[1:4]]


def added(scores: list[Score]) -> tuple[int, ...]:
    names = ("orders", "accepted_in_time", "photos", "photos_in_time", "deliveries", "late")
    return tuple(sum(getattr(one, name) for one in scores) for name in names)


@pytest.mark.requirement("X29")
def test_the_hours_add_up_to_the_day_and_the_first_broken_one_is_named() -> None:
    ready = (ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED, PHOTO_ATTACHED)
    kept = [an_order(*ready, window=a_window(NOON + minutes(24 * 60 + hour * 60))) for hour in range(3)]
    missed = an_order(*ready, window=a_window(NOON + minutes(120)))
    new = an_order(window=a_window(NOON + minutes(180)))
    untimed = an_order(ACCEPTED, window=None)
    orders = [*kept, missed, new, untimed]
    now = NOON + minutes(200)
    hours = by_hour(orders, RULES, now)
    whole = score(orders, RULES, now)
    assert added([one.score for one in hours]) == added([whole])
    assert (whole.orders, whole.accepted_in_time, whole.late) == (6, 5, 1)
    first = breaks_first(hours)
    assert first is not None
    window = missed.details.window
    assert isinstance(window, Window)
    assert first.hour == window.start.astimezone(RULES.zone).hour
    assert breaks_first(by_hour(kept, RULES, now)) is None
