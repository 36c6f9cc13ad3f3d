"""The route of one person: what it is made from, who is told when they come, and a person's own order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from orders.model.details import DeliveryKind, Window
from orders.model.order import Order, Progress
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.route.routes import (
    Kept,
    Known,
    Route,
    Seen,
    ahead,
    arrival_window,
    as_reckoned,
    drawn,
    leave_times,
    renewed,
)
from orders.route.ways import SHOP, Point, Ways, pair, place_key
from tests.builders import (
    COMPLETED,
    COURIER,
    NOON,
    ON_THE_WAY,
    SAID_LATE,
    a_mark,
    a_window,
    an_order,
    minutes,
)

pytestmark = pytest.mark.requirement("X26")

RULES = ShopRules(travel_minutes=30, leg_minutes=20, door_minutes=5)
NEAR, FAR = Point(55.75, 37.62), Point(55.85, 37.62)
"""Eleven kilometres from each other."""


def carried(number: int, hours: float, address: str = "", **changes: object) -> Order:
    """An order in the shop whose window of one hour starts so many hours after noon."""
    window = a_window(NOON + minutes(60 * hours))
    address = address or f"Лесная {number}"
    fields: dict[str, object] = {"window": window, "address": address, "status": Status.PHOTO}
    return an_order(id=number, **(fields | changes))


def left(number: int, hours: float, at: datetime = NOON, address: str = "") -> Order:
    """The same on the way since then."""
    order = carried(number, hours, address)
    return replace(order, progress=Progress(Status.COURIER_LEFT, dispatched=a_mark(COURIER, at)))


def at_any_time(order: Order) -> Order:
    return replace(order, details=replace(order.details, window=None))


def arrivals(route: Route) -> dict[int, float]:
    """When each stop is reached, in minutes after noon."""
    return {stop.order.id: (stop.at - NOON) / timedelta(minutes=1) for stop in route.stops}


def test_the_stops_come_in_the_order_that_keeps_every_window_and_say_when() -> None:
    orders = [carried(1, 4), carried(2, 1), carried(3, 2)]
    route = renewed(orders, RULES, NOON, Known())
    assert arrivals(route) == {2: 60, 3: 120, 1: 240}
    assert route.leave_at == NOON + minutes(30)
    assert not route.lost
    assert renewed(list(reversed(orders)), RULES, NOON, Known()) == route


def test_a_fraction_of_a_second_moves_no_time_of_the_route() -> None:
    """A card counts back from the window: 12:30 there must not be 12:29 on the route."""
    for fraction in (1, 400_000, 600_000, 999_999):
        now = NOON + timedelta(microseconds=fraction)
        for route in (
            drawn([carried(1, 1)], RULES, now, Known()),
            renewed([carried(1, 1)], RULES, now, Known()),
        ):
            assert (route.leave_at, route.stops[0].at) == (NOON + minutes(30), NOON + minutes(60))


def test_the_client_reads_the_time_that_the_route_says_also_of_a_lost_window() -> None:
    order = left(1, 0, NOON + minutes(31))
    route = renewed([order], RULES, NOON + minutes(31), Known())
    assert route.stops[0].is_lost
    assert route.stops[0].said == NOON + minutes(65)
    assert arrival_window(order, route) == Window(NOON + minutes(55), NOON + minutes(75))


def test_who_is_too_late_is_named_with_by_how_much() -> None:
    orders = [carried(1, 0), carried(2, 0), carried(3, 0)]
    route = renewed(orders, RULES, NOON + minutes(10), Known())
    assert arrivals(route) == {1: 40, 2: 65, 3: 90}
    assert [(one.order.id, one.late) for one in route.lost] == [(2, minutes(5)), (3, minutes(30))]


def test_only_what_is_to_be_delivered_today_is_ahead() -> None:
    pickup = carried(3, 1, delivery=DeliveryKind.PICKUP)
    orders = [carried(1, 1), carried(2, 30), pickup, left(4, 30), carried(5, 2, window=None), carried(6, -30)]
    soon = [carried(8, 13), carried(9, 19.5)]
    assert [one.id for one in ahead(soon, RULES, NOON + minutes(11 * 60))] == [8]
    returning = replace(left(7, 1), progress=Progress(Status.RETURNING))
    assert [one.id for one in ahead([*orders, returning], RULES, NOON)] == [6, 1, 4, 5]
    assert renewed([], RULES, NOON, Known()) == Route()


def test_minutes_typed_by_hand_win_over_coordinates_and_coordinates_over_the_rule() -> None:
    one, other = carried(1, 0), carried(2, 0)
    keys = place_key(one), place_key(other)
    ways = Ways({}, {keys[0]: NEAR, keys[1]: FAR})
    places = ways.place(keys[0]), ways.place(keys[1])
    by_points = ways.seconds(*places, RULES)
    assert by_points == pytest.approx(11.12 * 1.4 / 25 * 3600, rel=0.01)
    typed = replace(ways, minutes={pair(*keys): 7})
    assert typed.seconds(*places, RULES) == typed.seconds(places[1], places[0], RULES) == 420
    assert Ways().seconds(*places, replace(RULES, leg_minutes=13)) == by_points
    assert Ways().seconds(Ways().place(keys[0]), Ways().place(keys[1]), RULES) == 20 * 60
    assert Ways().seconds(Ways().place(SHOP), Ways().place(keys[1]), RULES) == 30 * 60


def test_two_flats_of_a_house_are_one_place_and_unknown_addresses_are_not() -> None:
    first, second = carried(1, 0, "ул. Лесная, 5, кв. 12"), carried(2, 0, "Ул Лесная 5 подъезд 2")
    assert place_key(first) == place_key(second)
    assert place_key(carried(3, 0, " ")) != place_key(carried(4, 0, " "))
    assert arrivals(renewed([first, second], RULES, NOON, Known())) == {1: 30, 2: 35}


def test_on_the_way_the_route_goes_on_from_the_last_hand_over_or_from_where_the_courier_was_seen() -> None:
    now = NOON + minutes(50)
    orders = [left(1, 1), left(2, 2)]
    done = an_order(*ON_THE_WAY, COMPLETED, address="Садовая 3")
    assert arrivals(renewed(orders, RULES, NOON, Known())) == {1: 60, 2: 120}
    wide = [at_any_time(one) for one in orders]
    assert arrivals(renewed(wide, RULES, NOON + minutes(10), Known())) == {1: 30, 2: 55}
    assert arrivals(renewed(wide, RULES, now, Known())) == {1: 50, 2: 75}
    after = renewed(wide, RULES, NOON + minutes(10), Known(last=done))
    assert (arrivals(after), after.leave_at) == ({1: 27, 2: 52}, None)
    waiting = [carried(1, 0, window=None)]
    assert arrivals(renewed(waiting, RULES, NOON + minutes(10), Known(last=done))) == {1: 67}

    ways = Ways({}, {place_key(wide[0]): FAR})
    seen = Known(ways, Seen(NEAR, now - minutes(1)))
    assert arrivals(renewed(wide[:1], RULES, now, seen))[1] == pytest.approx(49 + 37.4, abs=0.1)
    stale = Known(ways, Seen(NEAR, now - minutes(31)))
    assert arrivals(renewed(wide[:1], RULES, now, stale)) == {1: 50}


def test_what_still_lies_in_the_shop_is_fetched_on_the_way() -> None:
    orders = [left(1, 0), carried(2, 1, window=None)]
    assert arrivals(renewed(orders, RULES, NOON, Known())) == {1: 30, 2: 55}  # taken along at once
    assert arrivals(renewed(orders, RULES, NOON + minutes(25), Known())) == {1: 30, 2: 30 + 5 + 30 + 30}


def leave_at(orders: list[Order], now: datetime, known: Known | None = None) -> dict[int, float]:
    """By when each order must leave the shop, in minutes after noon."""
    known = known or Known()
    times = leave_times(renewed(orders, RULES, now, known), RULES, now, known)
    return {order_id: (at - NOON) / timedelta(minutes=1) for order_id, at in times.items()}


def test_what_is_taken_along_must_leave_with_the_first_stop() -> None:
    together = [carried(1, 1), carried(2, 1.25), carried(3, 1.5, window=None)]
    for now in (-300, 0, 45, 200):
        assert leave_at(together[:2], NOON + minutes(now), Known(kept=Kept((1, 2), by_hand=True))) == {
            1: 30,
            2: 30,
        }
    assert set(leave_at(together, NOON)) == {1, 2}


def test_what_can_be_fetched_while_the_courier_waits_need_not_leave_before() -> None:
    assert leave_at([carried(1, 1), carried(2, 4)], NOON) == {1: 30, 2: 210}
    nearly = carried(2, 1, window=Window(NOON + minutes(124), NOON + minutes(184)))
    assert leave_at([carried(1, 1), nearly], NOON) == {1: 30, 2: 30}


def test_what_lies_in_the_shop_while_its_courier_is_away_leaves_when_they_can_be_back() -> None:
    assert leave_at([left(1, 0), carried(2, 1)], NOON + minutes(10)) == {2: 65}
    assert leave_at([left(1, 0), carried(2, 1)], NOON + minutes(42)) == {2: 75}
    assert leave_at([left(1, 0), carried(2, 3)], NOON + minutes(10)) == {2: 150}


def test_what_the_last_reckoning_did_not_find_lost_is_not_said_to_be() -> None:
    orders = [carried(1, 0), carried(2, 0), carried(3, -1)]
    route = drawn(orders, RULES, NOON + minutes(10), Known())
    assert {stop.order.id for stop in route.lost} == {2, 3}
    said = as_reckoned(route, frozenset(), NOON + minutes(10))
    assert [stop.order.id for stop in said.lost] == [3]  # its window is over: that is certain
    assert [stop.order.id for stop in said.stops if not stop.is_reckoned] == [2]
    assert [stop.order.id for stop in as_reckoned(route, frozenset({2}), NOON - minutes(1)).lost] == [2]
    alone = drawn(orders[:1], RULES, NOON + minutes(40), Known())
    assert as_reckoned(alone, frozenset(), NOON).lost == alone.lost != ()


def test_at_the_door_it_is_not_late_any_more_and_the_way_goes_on_from_there() -> None:
    arrived = replace(
        left(1, 0), progress=replace(left(1, 0).progress, arrived=a_mark(COURIER, NOON + minutes(55)))
    )
    later = replace(left(2, 0), details=replace(left(2, 0).details, window=None))
    route = renewed([arrived, later], RULES, NOON + minutes(70), Known())
    assert arrivals(route) == {1: 70, 2: 95}
    assert not route.lost


def test_a_lateness_that_was_told_moves_all_that_come_after_it() -> None:
    late = an_order(*ON_THE_WAY, SAID_LATE, id=1, window=a_window(NOON))
    route = renewed([late, left(2, 1)], RULES, NOON + minutes(10), Known())
    told = late.progress.lateness
    assert told is not None
    assert route.stops[0].at == told.until
    assert route.stops[1].at == told.until + minutes(25)


def test_the_order_of_a_person_is_kept_and_what_comes_later_is_put_between() -> None:
    orders = [carried(1, 1), carried(2, 1), carried(3, 1.5)]
    by_hand = Kept((2, 1), by_hand=True)
    route = renewed(orders, RULES, NOON, Known(kept=by_hand))
    assert route.sequence == (2, 1, 3)
    assert route.by_hand
    assert renewed(orders, RULES, NOON, Known(kept=replace(by_hand, by_hand=False))).sequence == (2, 1, 3)
    gone = renewed(orders[1:], RULES, NOON, Known(kept=by_hand))
    assert (gone.sequence, gone.by_hand) == ((2, 3), True)


def test_the_order_of_a_person_gives_way_when_it_loses_a_window_that_another_order_keeps() -> None:
    orders = [carried(1, 0), carried(2, 1)]
    wrong = Kept((2, 1), by_hand=True)
    assert drawn(orders, RULES, NOON, Known(kept=wrong)).lost
    route = renewed(orders, RULES, NOON, Known(kept=wrong))
    assert (route.sequence, route.by_hand) == ((1, 2), False)
    known_loss = replace(wrong, given_up=frozenset({1}))
    assert renewed(orders, RULES, NOON, Known(kept=known_loss)).sequence == (2, 1)
    hopeless = [carried(1, -1), carried(2, 1)]
    assert renewed(hopeless, RULES, NOON, Known(kept=wrong)).sequence == (2, 1)


def test_the_arrival_window_of_the_next_stop_is_short_and_grows_with_each_stop_before_it() -> None:
    orders = [
        replace(left(number, 0), details=replace(left(number, 0).details, window=None)) for number in (1, 2)
    ]
    route = renewed(orders, RULES, NOON + minutes(1), Known())
    first, second = (arrival_window(order, route) for order in orders)
    assert first == Window(NOON + minutes(20), NOON + minutes(40))
    assert second == Window(NOON + minutes(40), NOON + minutes(70))


def test_the_arrival_window_begins_with_the_delivery_window_and_is_told_only_on_the_way() -> None:
    order, waits = left(1, 2), carried(2, 3)
    route = renewed([order, waits], RULES, NOON, Known())
    assert arrival_window(order, route) == Window(NOON + minutes(120), NOON + minutes(140))
    assert arrival_window(waits, route) is None
    assert arrival_window(left(9, 2), route) is None
