"""An order that goes to another recipient has their address, name and time (R91)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from messages.i18n.texts import Translator
from messages.order.history.history import story
from orders.model.details import Person, Window
from orders.model.order import Order
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps.flow import apply, decide
from tests.builders import MANAGER, NOON, ON_THE_WAY, REFUSED, RULES, a_story, an_order, minutes

BACK = (*ON_THE_WAY, REFUSED)
OLGA = Person("Ольга", "+79160001122")
LATE = Window(NOON + minutes(300), NOON + minutes(360))
TO_OLGA = do.Redispatch("Ольге, Садовая 3, в 17", "Садовая 3", "код 48", OLGA, LATE)


def after(order: Order, command: do.Command) -> Order:
    return apply(order, decide(order, command, MANAGER, NOON + minutes(30), RULES))


def reason(order: Order, command: do.Command, *, late: bool = False) -> Reason:
    window = order.details.window
    assert window is not None
    with pytest.raises(Refusal) as refused:
        decide(order, command, MANAGER, window.end if late else NOON, RULES)
    return refused.value.reason


@pytest.mark.requirement("R91")
def test_the_details_are_those_of_the_new_recipient_and_come_back_with_an_undo() -> None:
    back = an_order(*BACK)
    out = after(back, TO_OLGA)
    now = out.details
    assert (now.address, now.courier_note, now.recipient, now.window) == ("Садовая 3", "код 48", OLGA, LATE)
    assert (now.lines, now.client) == (back.details.lines, back.details.client)
    again = after(out, do.Undo("не туда"))
    assert (again.status, again.details) == (Status.RETURNING, back.details)


@pytest.mark.requirement("R91")
def test_where_it_goes_and_a_time_that_is_over_are_asked() -> None:
    back = an_order(*BACK)
    assert reason(back, do.Redispatch("сестре")) is Reason.NEW_ADDRESS_NEEDED
    same = do.Redispatch("соседке", same_address=True)
    assert reason(back, replace(same, is_time_unclear=True)) is Reason.NEW_TIME_NEEDED
    assert reason(back, same, late=True) is Reason.NEW_TIME_NEEDED
    assert after(back, same).details.recipient == Person()
    kept = after(back, replace(same, same_recipient=True))
    assert kept.details == back.details


@pytest.mark.requirement("R91", "X5")
def test_the_history_alone_tells_where_it_went_before() -> None:
    order, events = a_story(*BACK, (TO_OLGA, MANAGER))
    told = story(events, RULES, NOON, Translator("ru"))[-1]
    assert "Ольге, Садовая 3, в 17" in told
    assert "Лесная 5" in told
    assert "Лесная 5" not in order.details.address
