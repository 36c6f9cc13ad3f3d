"""Orders by hour of delivery and by florist (R7)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.load.load import Hour, load_of
from orders.model.order import Order
from orders.model.status import Status
from tests.builders import (
    ACCEPTED,
    PHOTO_ATTACHED,
    PICKED_UP,
    SELLER_ASSIGNED,
    THIRD_PARTY,
    a_window,
    an_order,
)
from tests.orders.load.days import LENA, MOSCOW, OLYA, VERA, a_capacity, at, done_at, order_at

DAY = at(0).date()
FLORISTS = (OLYA, VERA)


@pytest.mark.requirement("R7")
def test_orders_are_counted_by_the_hour_in_which_their_delivery_starts() -> None:
    orders = [order_at(at(13)), order_at(at(13, 59)), order_at(at(16)), order_at(at(13, day=9))]
    load = load_of(orders, FLORISTS, a_capacity(), DAY, MOSCOW)
    assert load.hours == (Hour(at(13), 2, 2), Hour(at(14), 0, 0), Hour(at(15), 0, 0), Hour(at(16), 1, 1))


def test_what_is_assembled_on_its_way_or_done_asks_no_more_of_the_florists() -> None:
    window = a_window(at(13))
    orders = [
        order_at(at(13), status=Status.NEW),
        an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, window=window),
        an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, THIRD_PARTY, PICKED_UP, window=window),
        order_at(at(13), status=Status.COURIER_LEFT),
        done_at(at(13), at(13, 20)),
        order_at(at(13), status=Status.CANCELLED),
        order_at(at(13), status=Status.DECLINED),
    ]
    [hour] = load_of(orders, FLORISTS, a_capacity(), DAY, MOSCOW).hours
    assert hour == Hour(at(13), 5, 1)


@pytest.mark.requirement("R7")
def test_each_florist_at_work_is_listed_with_their_orders_and_whoever_else_has_some() -> None:
    orders = [order_at(at(13), OLYA), order_at(at(14), OLYA), order_at(at(13), LENA), order_at(at(9))]
    load = load_of(orders, FLORISTS, a_capacity(), DAY, MOSCOW)
    assert [(one.florist.name, one.to_do) for one in load.florists] == [("Оля", 2), ("Лена", 1), ("Вера", 0)]
    assert load.unassigned == 1


def test_orders_without_a_time_are_counted_apart() -> None:
    load = load_of([order_at(None), order_at(at(13))], FLORISTS, a_capacity(), DAY, MOSCOW)
    assert (load.untimed, [hour.total for hour in load.hours]) == (1, [1])


def test_an_hour_is_over_what_the_shop_can_do_only_with_more_and_until_it_has_passed() -> None:
    orders = [order_at(at(13)) for _ in range(3)] + [order_at(at(14)) for _ in range(2)]
    load = load_of(orders, FLORISTS, a_capacity(shop=2), DAY, MOSCOW)
    assert [hour.start for hour in load.over(at(13, 59))] == [at(13)]
    assert load.over(at(14)) == ()
    assert load.fullest(at(12)) == Hour(at(13), 3, 3)
    assert load.fullest(at(14, 30)) == Hour(at(14), 2, 2)
    assert load.fullest(at(15)) is None


@given(
    st.lists(
        st.builds(
            order_at,
            st.integers(0, 23).map(at),
            st.sampled_from([None, OLYA, VERA, LENA]),
            status=st.sampled_from([Status.NEW, Status.ACCEPTED, Status.COURIER_LEFT, Status.CANCELLED]),
        ),
        max_size=12,
    )
)
def test_hours_and_florists_add_up_to_the_orders_of_the_day(orders: list[Order]) -> None:
    load = load_of(orders, FLORISTS, a_capacity(), DAY, MOSCOW)
    counted = [one for one in orders if one.status is not Status.CANCELLED]
    waiting = [one for one in counted if one.status is not Status.COURIER_LEFT]
    assert sum(hour.total for hour in load.hours) == len(counted)
    assert sum(hour.to_do for hour in load.hours) == len(waiting)
    assert sum(one.to_do for one in load.florists) + load.unassigned == len(waiting)
    assert all(one.end == two.start for one, two in zip(load.hours, load.hours[1:], strict=False))
