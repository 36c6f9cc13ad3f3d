from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.model.order import Order
from orders.model.people import MARKETPLACE
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.schedule.deadlines import DeadlineKind, accept_by, deadlines, step_of
from tests.builders import ACCEPTED, DIRECTOR, MANAGER, NOON, RULES, UNDONE, an_order, minutes
from tests.orders.table import at

SOON, OVERDUE = DeadlineKind.ACCEPT_SOON, DeadlineKind.ACCEPT_OVERDUE
Fired = Mapping[DeadlineKind, datetime]


def due(order: Order, fired: Fired | None = None, rules: ShopRules = RULES) -> dict[DeadlineKind, float]:
    """In how many minutes after it was placed each kind is due."""
    found = deadlines(order, rules, fired or {})
    return {one.kind: (one.due_at - order.placed_at) / timedelta(minutes=1) for one in found}


def fired_at(moments: Mapping[DeadlineKind, float]) -> dict[DeadlineKind, datetime]:
    return {kind: NOON + minutes(moment) for kind, moment in moments.items()}


def watched(order: Order, looks: list[float], rules: ShopRules = RULES) -> list[tuple[DeadlineKind, float]]:
    """What fires when somebody looks only at these minutes."""
    fired: dict[DeadlineKind, datetime] = {}
    found = []
    for look in looks:
        now = order.placed_at + minutes(look)
        for one in deadlines(order, rules, fired):
            if one.due_at <= now:
                fired[one.kind] = now
                found.append((one.kind, look))
    return found


@pytest.mark.requirement("R16")
def test_the_ladder_is_five_ten_fifteen_and_then_every_five() -> None:
    assert watched(an_order(), [float(minute) for minute in range(31)]) == [
        (SOON, 5),
        (SOON, 10),
        (OVERDUE, 15),
        (OVERDUE, 20),
        (OVERDUE, 25),
        (OVERDUE, 30),
    ]


def test_the_next_of_each_kind_is_known_at_once() -> None:
    assert due(an_order()) == {SOON: 5, OVERDUE: 15}
    assert due(an_order(), fired_at({SOON: 5})) == {SOON: 10, OVERDUE: 15}
    assert due(an_order(), fired_at({SOON: 10, OVERDUE: 15})) == {OVERDUE: 20}
    assert accept_by(an_order(), RULES) == NOON + minutes(15)


@pytest.mark.requirement("R16", "X3")
def test_what_was_missed_fires_once_and_the_rest_of_it_not_at_all() -> None:
    assert watched(an_order(), [12, 13, 15]) == [(SOON, 12), (OVERDUE, 15)]
    assert watched(an_order(), [58, 59, 60, 61]) == [(OVERDUE, 58), (SOON, 58), (OVERDUE, 60)]


@pytest.mark.requirement("R16")
def test_only_a_new_order_waits_for_acceptance() -> None:
    found = {status: due(at(status)) for status in Status}
    assert found.pop(Status.NEW) == {SOON: 5, OVERDUE: 15}
    assert not any({SOON, OVERDUE} & kinds.keys() for kinds in found.values())


@pytest.mark.requirement("R16", "X4")
def test_an_order_that_is_new_again_goes_on_where_it_was() -> None:
    order = an_order(ACCEPTED, UNDONE)
    assert order.status is Status.NEW
    assert due(order, fired_at({SOON: 5})) == {SOON: 10, OVERDUE: 15}


@pytest.mark.parametrize(
    ("zone", "placed_at"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, 0, 50, tzinfo=UTC)),  # 01:50, and at 02:00 it is 03:00
        ("Europe/Berlin", datetime(2026, 10, 25, 0, 50, tzinfo=UTC)),  # 02:50, and at 03:00 it is 02:00
    ],
)
def test_minutes_are_minutes_when_the_clocks_change(zone: str, placed_at: datetime) -> None:
    order = an_order(placed_at=placed_at)
    assert due(order, rules=replace(RULES, timezone=zone)) == {SOON: 5, OVERDUE: 15}


def test_a_clock_that_was_put_back_repeats_no_reminder() -> None:
    ahead = fired_at({SOON: 7, OVERDUE: 37})
    assert due(an_order(), ahead) == {SOON: 10, OVERDUE: 40}


@pytest.mark.requirement("R78")
def test_every_number_of_the_ladder_is_the_shops_own() -> None:
    rules = replace(RULES, accept_minutes=0.5, accept_reminders=(0.4, 0.1), accept_repeat_minutes=0.25)
    looks = [step / 20 for step in range(31)]
    assert watched(an_order(), looks, rules) == [
        (SOON, 0.1),
        (SOON, 0.4),
        (OVERDUE, 0.5),
        (OVERDUE, 0.75),
        (OVERDUE, 1.0),
        (OVERDUE, 1.25),
        (OVERDUE, 1.5),
    ]


def test_reminders_at_the_limit_or_after_it_are_left_out() -> None:
    rules = replace(RULES, accept_minutes=10, accept_reminders=(5, 10, 20))
    assert watched(an_order(), [5, 10, 15], rules) == [(SOON, 5), (OVERDUE, 10), (OVERDUE, 15)]
    assert due(an_order(), rules=replace(RULES, accept_reminders=())) == {OVERDUE: 15}


@pytest.mark.requirement("R16")
def test_the_step_of_the_ladder_counts_the_reminders_before() -> None:
    order = an_order()
    steps = [step_of(SOON, order, RULES, NOON + minutes(at)) for at in (5, 10, 15, 20)]
    assert steps == [0, 1, 2, 2]


@given(
    st.floats(0.1, 120),
    st.lists(st.floats(0.1, 120), max_size=4),
    st.floats(0.5, 60),
    st.floats(0, 300),
)
def test_whenever_it_last_fired_the_next_comes_after(
    limit: float, reminders: list[float], repeat: float, last: float
) -> None:
    rules = ShopRules(accept_minutes=limit, accept_reminders=tuple(reminders), accept_repeat_minutes=repeat)
    fired = fired_at({SOON: last, OVERDUE: last})
    found = {one.kind: one.due_at for one in deadlines(an_order(), rules, fired)}
    assert all(due_at > NOON + minutes(last) for due_at in found.values())
    assert found[OVERDUE] >= NOON + minutes(limit)
    assert found[OVERDUE] <= NOON + max(minutes(limit), minutes(last) + minutes(repeat))


def test_whoever_accepted_it_acceptance_is_due_no_more() -> None:
    for actor in (MANAGER, DIRECTOR, MARKETPLACE):
        assert not {SOON, OVERDUE} & due(an_order((ACCEPTED[0], actor))).keys()
