"""Whether the client has cancelled, when its lists do not say: a person is asked, and asked again."""

from __future__ import annotations

from datetime import datetime

import pytest

from orders.model.order import DoubtKind, Order
from orders.model.people import MARKETPLACE
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from orders.schedule.deadlines import LATE_TIMES, DeadlineKind, all_due, deadlines
from orders.schedule.reminders import due_for, due_for_group
from orders.steps import commands as do
from tests.builders import (
    ACCEPTED,
    CARRIED_ON,
    DIRECTOR,
    DOUBT_RAISED,
    MANAGER,
    NOON,
    PHOTO_ATTACHED,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    THIRD_PARTY,
    Given,
    an_order,
    minutes,
)

WORKED_ON = (ACCEPTED, SELLER_ASSIGNED)
STRANGE: Given = (do.RaiseDoubt(DoubtKind.STRANGE, "8"), MARKETPLACE)
OTHER: Given = (do.RaiseDoubt(DoubtKind.STRANGE, "9"), MARKETPLACE)
IN_DOUBT = DeadlineKind.IN_DOUBT


def refused(*commands: Given) -> Reason:
    with pytest.raises(Refusal) as refusal:
        an_order(*commands)
    return refusal.value.reason


@pytest.mark.requirement("X1", "R21")
@pytest.mark.parametrize("leaving", [do.Dispatch(by_self=True, reason="-"), THIRD_PARTY[0]])
def test_an_order_in_doubt_stays_in_the_shop_until_somebody_says_carry_on(leaving: do.Command) -> None:
    assert refused(*WORKED_ON, DOUBT_RAISED, (leaving, SELLER)) is Reason.IN_DOUBT
    assert refused(*WORKED_ON, DOUBT_RAISED, (leaving, MANAGER)) is Reason.IN_DOUBT

    order = an_order(*WORKED_ON, DOUBT_RAISED, PHOTO_ATTACHED, CARRIED_ON, (leaving, SELLER))

    assert not order.is_in_doubt
    assert order.doubt is not None
    assert order.doubt.settled is not None
    assert order.doubt.settled.name == "Анна"


def test_what_was_answered_is_not_asked_again_and_what_is_new_is() -> None:
    assert refused(*WORKED_ON, STRANGE, STRANGE) is Reason.ALREADY
    assert refused(*WORKED_ON, STRANGE, CARRIED_ON, STRANGE) is Reason.ALREADY
    assert refused(*WORKED_ON, STRANGE, CARRIED_ON, (do.CarryOn(), DIRECTOR)) is Reason.ALREADY
    assert refused(*WORKED_ON, CARRIED_ON) is Reason.NOT_NOW
    assert an_order(*WORKED_ON, STRANGE, CARRIED_ON, OTHER).is_in_doubt


def test_a_cancelled_order_is_in_doubt_no_more() -> None:
    order = an_order(*WORKED_ON, DOUBT_RAISED, (do.Cancel(), MANAGER))

    assert order.status is Status.CANCELLED
    assert not order.is_in_doubt
    assert not deadlines(order, RULES, {})


def moments(order: Order) -> list[int]:
    """Minutes from noon at which the question is put, until it is put no more."""
    found: list[int] = []
    fired: dict[DeadlineKind, datetime] = {}
    while due := [one.due_at for one in deadlines(order, RULES, fired) if one.kind is IN_DOUBT]:
        fired = {IN_DOUBT: due[0]}
        found.append((due[0] - NOON) // minutes(1))
    return found


@pytest.mark.requirement("X1", "R16")
def test_the_question_is_put_at_once_and_every_fifteen_minutes_to_those_who_decide() -> None:
    order = an_order(*WORKED_ON, DOUBT_RAISED)
    raised = 3

    assert moments(order) == [raised + RULES.late_repeat_minutes * n for n in range(LATE_TIMES)]
    assert moments(an_order(*WORKED_ON, DOUBT_RAISED, CARRIED_ON)) == []
    now = NOON + minutes(raised)
    assert [due_for(order, viewer, RULES, now) for viewer in (DIRECTOR, MANAGER, SELLER)] == [
        IN_DOUBT,
        IN_DOUBT,
        None,
    ]


def test_the_group_hears_of_acceptance_even_while_an_order_is_in_doubt() -> None:
    order, now = an_order(DOUBT_RAISED), NOON + minutes(16)

    assert all_due(order, RULES, now)[0] is IN_DOUBT
    assert due_for_group(order, RULES, now) is DeadlineKind.ACCEPT_OVERDUE


def test_a_doubt_takes_no_step_back_that_could_be_taken_back() -> None:
    undone = an_order(*WORKED_ON, DOUBT_RAISED, (do.Undo("не ей"), MANAGER))

    assert undone.progress.seller is None
    assert undone.is_in_doubt
