"""The plan of a day against a model that tries everything (X27)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orders.load.load import Florist
from orders.load.plan import Plan, plan_of, propose
from orders.model.details import Category, DeliveryKind
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.schedule.deadlines import Task, next_due
from tests.builders import (
    ACCEPTED,
    PHOTO_ATTACHED,
    PICKED_UP,
    SELLER_ASSIGNED,
    THIRD_PARTY,
    a_line,
    a_window,
    an_order,
    minutes,
)
from tests.orders.load.days import LENA, OLYA, VERA, at, order_at

RULES = ShopRules()
TODAY = at(0).date()
FLORISTS = (OLYA, VERA, LENA)
Busy = tuple[int, datetime | None]

hours = st.lists(st.sampled_from([at(9), at(10), at(11), None]), max_size=6)
busy = st.lists(st.tuples(st.sampled_from([3, 5]), st.sampled_from([at(9), at(10), None])), max_size=4)
florists = st.sampled_from([FLORISTS[:1], FLORISTS[:2], FLORISTS])


def todays(orders: Sequence[Order], people: Sequence[Florist] = FLORISTS, per_hour: int = 3) -> Plan:
    return plan_of(orders, people, per_hour, RULES, TODAY, TODAY)


def overload(given_: Sequence[Busy], per_hour: int) -> int:
    """Orders beyond what each florist can do in an hour."""
    in_hour = Counter(one for one in given_ if one[1] is not None)
    return sum(max(0, count - per_hour) for count in in_hour.values())


def unevenness(given_: Sequence[Busy], people: Sequence[Florist]) -> int:
    """The smaller the sum of squares, the more even."""
    of_day = Counter(staff_id for staff_id, _ in given_)
    return sum(of_day[one.staff_id] ** 2 for one in people)


def every_way(
    wanted: Sequence[datetime | None], had: Sequence[Busy], people: Sequence[Florist]
) -> list[list[Busy]]:
    ways = product(people, repeat=len(wanted))
    return [[*had, *((one.staff_id, hour) for one, hour in zip(way, wanted, strict=True))] for way in ways]


def as_proposed(
    wanted: Sequence[datetime | None], had: Sequence[Busy], people: Sequence[Florist], per_hour: int
) -> list[Busy]:
    chosen = propose(wanted, had, people, per_hour)
    return [*had, *((one.staff_id, hour) for one, hour in zip(chosen, wanted, strict=True) if one)]


@pytest.mark.requirement("X27")
@given(hours, busy, florists, st.integers(1, 3))
@example([at(9), at(9)], [(3, at(10)), (3, at(10))], FLORISTS[:2], 1)
@settings(max_examples=60, deadline=None)
def test_nobody_gets_more_in_an_hour_than_they_can_do_while_another_way_avoids_it(
    wanted: list[datetime | None], had: list[Busy], people: Sequence[Florist], per_hour: int
) -> None:
    best = min(overload(way, per_hour) for way in every_way(wanted, had, people))
    assert overload(as_proposed(wanted, had, people, per_hour), per_hour) == best


@pytest.mark.requirement("X27")
@given(hours, busy, florists)
@settings(max_examples=60, deadline=None)
def test_no_other_way_is_more_even_where_the_hours_leave_the_choice(
    wanted: list[datetime | None], had: list[Busy], people: Sequence[Florist]
) -> None:
    best = min(unevenness(way, people) for way in every_way(wanted, had, people))
    assert unevenness(as_proposed(wanted, had, people, 10), people) == best


@given(hours, florists, st.integers(1, 3))
@settings(deadline=None)
def test_from_nothing_everybody_gets_as_many_as_the_others_or_one_more(
    wanted: list[datetime | None], people: Sequence[Florist], per_hour: int
) -> None:
    wanted.sort(key=lambda hour: hour or at(23))
    of_day = Counter(staff_id for staff_id, _ in as_proposed(wanted, [], people, per_hour))
    counts = [of_day[one.staff_id] for one in people]
    assert max(counts) - min(counts) <= 1


def test_where_nobody_is_at_work_nobody_is_proposed() -> None:
    [job] = todays([order_at(at(13))], ()).jobs
    assert (job.florist, job.is_proposed) == (None, True)
    assert todays([order_at(at(13))], ()).proposed == ()


@pytest.mark.requirement("X27")
@given(
    st.integers(0, 90),
    st.integers(1, 90),
    st.integers(1, 90),
    st.sampled_from(list(Category)),
    st.sampled_from(list(DeliveryKind)),
)
@settings(deadline=None)
def test_the_times_are_those_that_cards_and_reminders_go_by(
    assemble: int, rating: int, travel: int, category: Category, delivery: DeliveryKind
) -> None:
    """Each next task of the order, asked at its time, is the one of the plan."""
    rules = ShopRules(assemble_minutes=assemble, rating_minutes=rating, travel_minutes=travel)
    order = order_at(at(20), lines=(a_line(category=category),), delivery=delivery)
    [job] = plan_of([order], FLORISTS, 3, rules, TODAY, TODAY).jobs
    early = next_due(order, rules, at(9))
    assert early is not None
    assert (early.task, early.at) == (Task.ASSEMBLE, job.assemble_by)
    later = next_due(order, rules, job.assemble_by or at(20))
    if job.photo_by is not None:
        assert later is not None
        assert (later.task, later.at) == (Task.PHOTO, job.photo_by)
        assert job.photo_by - (job.assemble_by or at(20)) == minutes(assemble)
    else:
        assert (later.at if later else None) == job.leave_by
    assert (job.leave_by is None) == (delivery is DeliveryKind.PICKUP)


def test_jobs_stand_by_the_time_they_must_be_assembled_and_unknown_times_last() -> None:
    late, early, unknown = order_at(at(18)), order_at(at(10)), order_at(None)
    plan = todays([unknown, late, early])
    assert [job.order.id for job in plan.jobs] == [early.id, late.id, unknown.id]
    assert [job.assemble_by for job in plan.jobs] == [at(8, 45), at(16, 45), None]


def test_an_order_that_has_its_florist_keeps_them() -> None:
    [job] = todays([order_at(at(13), LENA)], [OLYA]).jobs
    assert (job.florist, job.is_proposed) == (LENA, False)


def test_what_is_left_of_earlier_days_is_todays_and_no_other_days() -> None:
    orders = [order_at(at(13, day=7)), order_at(at(13)), order_at(at(13, day=9)), order_at(None)]
    tomorrow = plan_of(orders, FLORISTS, 3, RULES, at(0, day=9).date(), TODAY)
    assert len(todays(orders).jobs) == 3
    assert [job.order for job in tomorrow.jobs] == [orders[2]]


def test_what_has_left_the_shop_or_is_over_is_no_job_and_what_is_assembled_says_so() -> None:
    window = a_window(at(13))
    assembled = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, window=window)
    gone = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, THIRD_PARTY, PICKED_UP, window=window)
    over = [order_at(at(13), status=one) for one in (Status.COURIER_LEFT, Status.DONE, Status.CANCELLED)]
    [job] = todays([assembled, gone, *over]).jobs
    assert job.is_assembled
    assert (job.order, job.photo_by) == (assembled, None)
    assert not todays([replace(order_at(at(13)))]).jobs[0].is_assembled
