"""What can be done for a window that a route loses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orders.model.order import Order
from orders.route.routes import Known, renewed
from orders.route.ways_out import Courier, WayOut, ways_out
from tests.builders import NOON, minutes
from tests.orders.route.test_routes import RULES, carried, left

pytestmark = pytest.mark.requirement("X26")


def outs(mine: list[Order], at: float = 0, **others: Courier) -> list[WayOut]:
    """The ways out at so many minutes after noon; the others are s5, s6."""
    now = NOON + minutes(at)
    by_id = {int(name[1:]): courier for name, courier in others.items()}
    return ways_out(renewed(mine, RULES, now, Known()), Known(), by_id, RULES, now)


def test_leaving_earlier_keeps_a_window_where_the_first_ones_may_be_a_little_early() -> None:
    narrow = carried(2, 1)
    window = narrow.details.window
    assert window is not None
    narrow = replace(narrow, details=replace(narrow.details, window=replace(window, end=NOON + minutes(75))))
    first = carried(1, 1)
    window = first.details.window
    assert window is not None
    first = replace(first, details=replace(first.details, window=replace(window, end=NOON + minutes(70))))
    [out] = outs([first, narrow])
    assert out.leave_at is not None
    assert out.leave_at < NOON + minutes(30)
    [late] = outs([first, narrow], 30)
    assert late.leave_at is None


def test_another_courier_is_named_who_keeps_it_and_loses_nothing_of_their_own() -> None:
    mine = [carried(1, 0), carried(2, 0)]
    busy = Courier([carried(3, 0), carried(4, 0)], Known())
    free, far = Courier((), Known()), Courier([carried(5, 0.2)], Known())
    [out] = outs(mine, 10, s5=busy)
    assert (out.stop.order.id, out.other, out.other_at) == (2, None, None)
    [out] = outs(mine, 10, s5=busy, s6=free, s7=far)
    assert (out.other, out.other_at) == (6, NOON + minutes(40))


def test_what_is_in_the_hands_of_one_courier_no_other_one_can_take() -> None:
    mine = [left(1, 0), left(2, 0)]
    [out] = outs(mine, 50, s5=Courier((), Known()))
    assert out == WayOut(out.stop)
