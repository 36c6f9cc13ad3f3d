"""How many orders an hour can have, and where the figure comes from (R7, X28)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from orders.load.capacity import Figure, Past, Proven, Source, capacity_of, hour_of, past_of
from orders.model.details import DeliveryKind
from orders.model.order import Order
from orders.model.rules import ShopRules
from tests.builders import minutes
from tests.orders.load.days import MOSCOW, OLYA, VERA, at, done_at

RULES = ShopRules(assemble_minutes=20)


def weeks(*, late: Iterable[int] = (), sizes: Iterable[int] = (2,) * 10) -> list[Order]:
    """One full hour each day, by the number of its orders; in `late` the days on which one came late."""
    found = []
    for day, size in enumerate(sizes, start=1):
        for number in range(size):
            start = at(13, 10, day)
            too_late = day in late and number == 0
            found.append(
                done_at(start, start + minutes(90 if too_late else 30), OLYA if number % 2 else VERA)
            )
    return found


def test_what_a_director_has_set_stands() -> None:
    capacity = capacity_of(ShopRules(orders_per_hour=9, florist_per_hour=4), Past(), 2)
    assert capacity.shop == Figure(9, Source.RULE)
    assert capacity.florist == Figure(4, Source.RULE)


def test_what_each_florist_can_do_is_taken_times_those_at_work() -> None:
    rules = ShopRules(florist_per_hour=4)
    assert capacity_of(rules, Past(), 3).shop == Figure(12, Source.FLORISTS)
    assert capacity_of(rules, Past(), 0).shop == Figure(4, Source.FLORISTS)


def test_a_shop_without_a_past_starts_with_the_time_in_which_an_order_is_assembled() -> None:
    capacity = capacity_of(RULES, Past(), 2)
    assert capacity.florist == Figure(3, Source.ASSEMBLY)
    assert capacity.shop == Figure(6, Source.ASSEMBLY)
    assert capacity_of(ShopRules(assemble_minutes=90), Past(), 1).shop.orders == 1


def test_a_fuller_hour_that_went_in_time_raises_the_start() -> None:
    past = past_of(weeks(sizes=(2,) * 9 + (11,)), MOSCOW)
    assert past.shop == Proven(11)
    assert capacity_of(RULES, past, 2).shop == Figure(11, Source.HISTORY)


def test_an_hour_with_a_late_delivery_lowers_it_below_that_hour() -> None:
    past = past_of(weeks(sizes=(2,) * 9 + (5,), late={10}), MOSCOW)
    assert past.shop == Proven(2, 5)
    assert capacity_of(RULES, past, 2).shop == Figure(4, Source.HISTORY)


def test_one_late_delivery_in_an_hour_no_fuller_than_others_says_nothing() -> None:
    past = past_of(weeks(sizes=(4,) * 10, late={3}), MOSCOW)
    assert past.shop == Proven(4)
    assert capacity_of(RULES, past, 2).shop == Figure(6, Source.ASSEMBLY)


def test_a_few_hours_are_no_past() -> None:
    assert past_of(weeks(sizes=(30,) * 9), MOSCOW) == Past()


def test_the_florists_figure_comes_from_what_single_florists_did() -> None:
    past = past_of(weeks(sizes=(10,) * 10), MOSCOW)
    assert past.florist == Proven(5)
    assert capacity_of(RULES, past, 2).florist == Figure(5, Source.HISTORY)


def test_a_client_who_came_late_for_a_pick_up_is_no_late_delivery() -> None:
    orders = weeks(sizes=(2,) * 9 + (5,), late={10})
    collected = [replace(one, details=replace(one.details, delivery=DeliveryKind.PICKUP)) for one in orders]
    assert past_of(collected, MOSCOW).shop == Proven(5)


@pytest.mark.parametrize(
    ("zone", "moment", "begins"),
    [
        ("Europe/Moscow", datetime(2026, 3, 8, 10, 59, tzinfo=UTC), datetime(2026, 3, 8, 10, tzinfo=UTC)),
        ("Asia/Kolkata", datetime(2026, 3, 8, 10, 29, tzinfo=UTC), datetime(2026, 3, 8, 9, 30, tzinfo=UTC)),
        # the clocks go back: the same hour of the clock comes twice, and is two hours
        ("Europe/Berlin", datetime(2026, 10, 25, 1, 20, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 25, 0, 20, tzinfo=UTC), datetime(2026, 10, 25, 0, tzinfo=UTC)),
    ],
)
def test_an_hour_is_one_of_the_shops_clock(zone: str, moment: datetime, begins: datetime) -> None:
    assert hour_of(moment, ZoneInfo(zone)) == begins
