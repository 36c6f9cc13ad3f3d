from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest

from orders.delivery.courier_search import NextStep, Stage, next_step, support_told
from orders.delivery.spare_couriers import SpareCourier
from orders.model.delivery_facts import CallAnswer
from orders.model.numbers import OWN_NUMBER
from orders.model.order import Order
from orders.model.people import Actor
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from orders.schedule.deadlines import DeadlineKind, all_due, deadlines
from orders.steps import commands as do
from orders.steps.commands import Command
from orders.steps.delivery_commands import (
    CallOff,
    CourierCame,
    NoteCall,
    NoteCost,
    OfferToCouriers,
    Search,
    TellSupport,
)
from orders.steps.flow import apply, decide
from tests.builders import (
    ACCEPTED,
    MANAGER,
    NOON,
    PHOTO_ATTACHED,
    RULES,
    SELLER_ASSIGNED,
    an_order,
    minutes,
)

GLEB = SpareCourier(1, "Глеб", "+79160000091", "")
LEV = SpareCourier(2, "Лев", "+79160000092", "")
SPARES = (GLEB, LEV)
AT_ONCE = replace(RULES, search_minutes=15, spare_minutes=10)


def after(order: Order, command: Command, at: float, actor: Actor = MANAGER) -> Order:
    return apply(order, decide(order, command, actor, NOON + minutes(at), AT_ONCE))


def searched(at: float = 10) -> Order:
    return after(an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED), Search(), at)


def refused(order: Order, command: Command, at: float = 20) -> Reason:
    with pytest.raises(Refusal) as found:
        decide(order, command, MANAGER, NOON + minutes(at), AT_ONCE)
    return found.value.reason


def at(order: Order, minute: float, spares: tuple[SpareCourier, ...] = SPARES) -> NextStep:
    return next_step(order, spares, AT_ONCE, NOON + minutes(minute))


def rings(order: Order, count: int) -> list[float]:
    """The minutes after noon at which it rings, each once."""
    fired: dict[DeadlineKind, datetime] = {}
    found = []
    for _ in range(count):
        due = next(
            one.due_at for one in deadlines(order, AT_ONCE, fired) if one.kind is DeadlineKind.COURIER_SEARCH
        )
        fired = {DeadlineKind.COURIER_SEARCH: due}
        found.append((due - NOON) / timedelta(minutes=1))
    return found


@pytest.mark.requirement("R86", "R87", "R89", "X24")
def test_support_first_then_each_spare_courier_once_then_the_shop() -> None:
    order = searched(10)
    assert rings(order, 4) == [25, 35, 45, 55]
    assert at(order, 26) == NextStep(Stage.SUPPORT)
    assert at(order, 35) == NextStep(Stage.SPARE, GLEB)
    assert at(order, 45) == NextStep(Stage.SPARE, LEV)
    assert at(order, 55) == NextStep(Stage.SELF)
    assert at(order, 35, spares=()) == NextStep(Stage.SELF)


@pytest.mark.requirement("R86", "R89")
def test_once_support_is_told_and_a_call_is_noted_it_goes_on_from_there() -> None:
    order = after(searched(10), TellSupport(), 27)
    assert rings(order, 2) == [25, 27]
    assert at(order, 27) == NextStep(Stage.SPARE, GLEB)
    called = after(order, NoteCall(GLEB.name, GLEB.phone, CallAnswer.NO_ANSWER), 30)
    assert at(called, 30) == NextStep(Stage.SPARE, LEV)
    assert rings(called, 3) == [25, 27, 40]
    assert at(called, 40) == NextStep(Stage.SELF)
    early = after(searched(10), NoteCall(GLEB.name, GLEB.phone, CallAnswer.CANNOT), 12)
    assert at(early, 35) == NextStep(Stage.SPARE, LEV)
    told_before = after(searched(10), TellSupport(), 12)
    assert at(told_before, 25) == NextStep(Stage.SPARE, GLEB)


@pytest.mark.requirement("R87")
def test_what_support_knew_of_an_earlier_search_says_nothing_of_a_new_one() -> None:
    first = after(searched(10), TellSupport(), 12)
    assert support_told(first) is not None
    second = after(after(first, CallOff(), 14), Search(), 20)
    assert support_told(second) is None
    assert support_told(after(second, TellSupport(), 21)) is not None


@pytest.mark.requirement("R86", "X24")
def test_it_rings_no_more_once_a_courier_is_found_or_the_search_is_over() -> None:
    order = searched(10)
    due = NOON + minutes(60)
    assert DeadlineKind.COURIER_SEARCH in all_due(order, AT_ONCE, due)
    for command in (
        CallOff(),
        CourierCame(),
        do.HandToThirdParty("Глеб", GLEB.phone, two_couriers="сняли"),
        do.Dispatch(by_self=True, two_couriers="сняли"),
    ):
        assert DeadlineKind.COURIER_SEARCH not in all_due(after(order, command, 20), AT_ONCE, due)


@pytest.mark.requirement("R87", "X24")
@pytest.mark.parametrize(
    "command",
    [
        do.Dispatch(by_self=True),
        do.AssignCourier(4, "Пётр"),
        do.HandToThirdParty("Глеб", GLEB.phone),
        OfferToCouriers(),
    ],
    ids=lambda one: type(one).__name__,
)
def test_nobody_else_is_sent_before_it_is_asked_whether_two_come(command: Command) -> None:
    order = searched()
    assert refused(order, command) is Reason.TWO_COURIERS
    answered = after(order, replace(cast("Any", command), two_couriers="поддержка сняла своего"), 20)
    assert answered.progress.search is not None
    assert answered.progress.search.anyway == "поддержка сняла своего"
    again = do.Dispatch(by_self=True)
    if answered.status is not Status.COURIER_LEFT:  # asked once
        assert after(answered, again, 21).status is Status.COURIER_LEFT
    assert after(after(order, CallOff(), 19), command, 20).version == order.version + 2
    undone = after(answered, do.Undo("не туда"), 22)
    assert refused(undone, again) is Reason.TWO_COURIERS


@pytest.mark.requirement("R87", "R88", "X24")
def test_when_its_courier_comes_after_all_somebody_is_sent_home_and_the_cost_is_noted() -> None:
    spare = after(searched(), do.HandToThirdParty("Глеб", GLEB.phone, two_couriers="ждать нельзя"), 20)
    came = after(spare, CourierCame(), 25)
    assert came.progress.carrier is not None
    assert came.progress.carrier.name == "Flowwow"
    assert came.progress.second is not None
    assert (came.progress.second.name, came.progress.second.phone) == ("Глеб", GLEB.phone)
    assert refused(came, NoteCost()) is Reason.COST_NEEDED
    noted = after(came, NoteCost("400 ₽"), 26)
    assert noted.progress.second is not None
    assert noted.progress.second.cost == "400 ₽"
    assert refused(noted, CourierCame()) is Reason.ALREADY
    back = after(came, do.Undo("не тот"), 26)
    assert back.progress == spare.progress
    on_way = after(searched(), do.Dispatch(by_self=True, two_couriers="ждать нельзя"), 20)
    late = after(on_way, CourierCame(), 25)
    assert late.progress.carrier == on_way.progress.carrier
    assert late.progress.second is not None
    assert late.progress.second.name == ""
    alone = after(searched(), CourierCame(), 20)
    assert alone.progress.second is None
    assert refused(alone, NoteCost("1")) is Reason.NOT_NOW


@pytest.mark.requirement("R87", "R88")
def test_of_a_new_search_a_courier_may_come_too_late_again() -> None:
    spare = do.HandToThirdParty("Глеб", GLEB.phone, two_couriers="ждать нельзя")
    came = after(after(searched(), spare, 20), CourierCame(), 25)
    again = after(came, Search(), 30)
    other = after(again, replace(spare, name="Лев", phone=LEV.phone), 35)
    second = after(other, CourierCame(), 40).progress.second
    assert second is not None
    assert second.name == "Лев"


@pytest.mark.requirement("R86")
def test_an_order_of_the_shop_s_own_is_not_searched_for() -> None:
    assert refused(an_order(ACCEPTED, number=f"{OWN_NUMBER}12"), Search()) is Reason.NOT_NOW
    assert refused(searched(), Search()) is Reason.ALREADY
