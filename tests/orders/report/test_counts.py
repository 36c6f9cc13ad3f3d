"""What counts in a report, order by order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from orders.model.details import DeliveryKind
from orders.model.order import Handover, Order
from orders.model.people import Actor, Role
from orders.report import counts
from orders.report.figures import Sources, report
from orders.report.spans import day_span
from orders.steps import commands as do
from tests.builders import (
    ACCEPTED,
    CANCELLED,
    CHECKED,
    COURIER,
    DECLINED,
    DIRECTOR,
    MANAGER,
    NOON,
    PHOTO_ATTACHED,
    PHOTO_SEEN,
    RATED,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    a_window,
    an_order,
    minutes,
)

LATER = NOON + timedelta(hours=12)
BETTER = (do.AttachPhoto("cd" * 32, "2026/03/1/2-cdcd.jpg"), SELLER)
DONE = (
    ACCEPTED,
    SELLER_ASSIGNED,
    PHOTO_ATTACHED,
    (do.AssignCourier(4, "Пётр"), MANAGER),
    (do.Dispatch(by_self=False, reason="пора"), MANAGER),
)


def delivered(delay: float, **changes: object) -> Order:
    """Handed over so many minutes after the end of its window."""
    order = an_order(*DONE, (do.Complete(Handover.IN_PERSON), COURIER), **changes)
    completion = order.progress.completion
    assert completion is not None
    end = (order.details.window or a_window()).end
    mark = replace(completion.done, at=end + minutes(delay))
    return replace(order, progress=replace(order.progress, completion=replace(completion, done=mark)))


def late(*orders: Order, now: datetime = LATER) -> tuple[int, int, int, int]:
    found = counts.punctuality(orders, now)
    return found.due, found.on_time, found.late, found.very_late


def test_lateness_is_counted_from_the_end_of_the_window() -> None:
    assert late(delivered(-30)) == (1, 1, 0, 0)
    assert late(delivered(0)) == (1, 1, 0, 0)
    assert late(delivered(1)) == (1, 0, 0, 0)
    assert late(delivered(15)) == (1, 0, 1, 0)
    assert late(delivered(30)) == (1, 0, 1, 1)


def test_who_is_not_there_yet_is_late_as_soon_as_the_window_is_over() -> None:
    order = an_order(*DONE)
    end = (order.details.window or a_window()).end
    assert late(order, now=end) == (0, 0, 0, 0)
    assert late(order, now=end + minutes(20)) == (1, 0, 1, 0)


def test_closed_orders_and_pick_ups_are_not_late_nor_is_one_without_a_time() -> None:
    orders = [
        an_order(ACCEPTED, CANCELLED),
        an_order(DECLINED),
        an_order(ACCEPTED, delivery=DeliveryKind.PICKUP),
        an_order(*DONE, window=None),
    ]
    assert late(*orders) == (0, 0, 0, 0)


def test_the_median_of_an_even_number_lies_between_the_middle_ones() -> None:
    assert counts.median([]) is None
    assert counts.median([minutes(1), minutes(2), minutes(9)]) == minutes(2)
    assert counts.median([minutes(1), minutes(2), minutes(5), minutes(9)]) == minutes(3.5)


def test_an_order_that_still_waits_past_the_limit_is_overdue_and_has_no_time() -> None:
    found = counts.acceptance(
        [an_order(), an_order(CANCELLED), an_order(ACCEPTED)], RULES, NOON + minutes(20)
    )
    assert (found.came, found.accepted, found.overdue) == (3, 1, 1)
    assert found.median == found.slowest == minutes(1)


def test_a_photo_that_was_due_before_the_order_came_has_time_until_the_window() -> None:
    soon = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, window=a_window(NOON + minutes(20)))
    assert counts.photo_on_time(soon, RULES, LATER) is True
    without = an_order(ACCEPTED, window=a_window(NOON + minutes(20)))
    assert counts.photo_on_time(without, RULES, NOON + minutes(19)) is None
    assert counts.photo_on_time(without, RULES, NOON + minutes(21)) is False


def test_a_complaint_counts_after_it_was_answered_by_another_photo() -> None:
    complained = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, PHOTO_SEEN, RATED)
    again = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, PHOTO_SEEN, RATED, BETTER)
    for order in (complained, again):
        assert counts.ratings([order]).complained == 1


@pytest.mark.requirement("X10", "R13", "R14")
def test_what_was_ticked_off_is_assembled_before_it_has_a_photo() -> None:
    assert counts.is_assembled(an_order(ACCEPTED, SELLER_ASSIGNED, CHECKED))
    assert not counts.is_assembled(an_order(ACCEPTED, SELLER_ASSIGNED))


@pytest.mark.parametrize(
    ("viewer", "own", "money"),
    [
        (DIRECTOR, False, True),
        (MANAGER, False, True),
        (Actor(Role.SELLER, 3, "Оля", shop_id=1), True, False),
        (COURIER, True, False),
        (Actor(Role.DIRECTOR, 1, "Ирина", shop_id=None), True, False),
    ],
)
def test_money_and_the_whole_shop_are_for_chiefs(viewer: Actor, *, own: bool, money: bool) -> None:
    figures = report(Sources([delivered(0)]), day_span(NOON.date(), RULES.zone), viewer, RULES, LATER)
    assert (figures.own, figures.money is not None, bool(figures.workers)) == (own, money, not own)
