from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from orders.access.privacy import Secret, readable
from orders.delivery.address import lacks_address, needs_extra
from orders.model.delivery_facts import AddressSource
from orders.model.details import DeliveryKind
from orders.model.order import Order, Topic
from orders.model.people import MARKETPLACE, Actor
from orders.model.refusals import Reason, Refusal
from orders.model.rules import RecipientCalls, ShopRules
from orders.model.status import Status
from orders.schedule.deadlines import DeadlineKind, deadlines, leave_by
from orders.steps import commands as do
from orders.steps.commands import Command
from orders.steps.delivery_commands import AskAddress, CheckZone, FindAddress
from orders.steps.flow import apply, decide
from tests.builders import (
    ACCEPTED,
    COURIER,
    MANAGER,
    NOON,
    PHOTO_ATTACHED,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    an_order,
    minutes,
)

CALLS = replace(RULES, recipient_calls=RecipientCalls.SHOP)
FOUND = "Садовая 5, кв 12"


def unknown() -> Order:
    return an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, address="")


def after(
    order: Order, command: Command, at: float = 20, actor: Actor = MANAGER, rules: ShopRules = RULES
) -> Order:
    return apply(order, decide(order, command, actor, NOON + minutes(at), rules))


def refused(order: Order, command: Command, at: float = 30, rules: ShopRules = RULES) -> Reason:
    with pytest.raises(Refusal) as found:
        decide(order, command, MANAGER, NOON + minutes(at), rules)
    return found.value.reason


@pytest.mark.requirement("X24")
def test_leaving_asks_while_the_address_is_unknown() -> None:
    order = unknown()
    assert lacks_address(order)
    leave = do.Dispatch(by_self=True)
    assert refused(order, leave) is Reason.LEAVE_ADDRESS_NEEDED
    left = after(order, replace(leave, without_address="скажем по дороге"))
    assert left.status is Status.COURIER_LEFT
    carried = after(left, FindAddress(FOUND), 25)
    assert carried.details.address == FOUND
    outside = after(order, do.HandToThirdParty("Такси", "+79160000099"))
    assert refused(outside, do.PickUp()) is Reason.LEAVE_ADDRESS_NEEDED
    assert not lacks_address(an_order(ACCEPTED, address="", delivery=DeliveryKind.PICKUP))


@pytest.mark.requirement("X24", "R70")
def test_the_zone_is_asked_and_another_one_waits_for_the_surcharge() -> None:
    found = after(unknown(), FindAddress(FOUND))
    leave = do.Dispatch(by_self=True)
    assert refused(found, leave) is Reason.ZONE_OPEN
    assert refused(found, FindAddress("Ленина 1")) is Reason.ADDRESS_KNOWN
    same = after(found, CheckZone(other=False), 21)
    assert after(same, leave, 22).status is Status.COURIER_LEFT
    other = after(found, CheckZone(other=True), 21)
    assert refused(other, leave) is Reason.EXTRA_FIRST
    asked = after(other, do.Propose(Topic.SURCHARGE, "500 ₽ за другую зону"), 22)
    agreed = after(asked, do.AnswerProposal(1, agreed=True, words="да"), 23)
    assert refused(agreed, leave) is Reason.EXTRA_FIRST
    paid = after(after(agreed, do.AgreedInApp(1), 24), do.ExtraPaid(1), 25)
    assert not needs_extra(paid)
    assert after(paid, leave, 26).status is Status.COURIER_LEFT
    free = after(other, CheckZone(other=False), 22)
    assert after(free, leave, 23).status is Status.COURIER_LEFT


@pytest.mark.requirement("X24", "X4")
def test_an_address_that_was_wrong_is_taken_back() -> None:
    order = unknown()
    found = after(order, FindAddress(FOUND))
    back = after(found, do.Undo("не тот дом"), 21)
    assert (back.progress, back.details) == (order.progress, order.details)
    assert lacks_address(back)
    for words in ("", "не знаю", "12"):
        assert refused(order, FindAddress(words)) is Reason.ADDRESS_NEEDED


@pytest.mark.requirement("X4")
def test_an_address_that_flowwow_told_meanwhile_stays_when_the_found_one_is_taken_back() -> None:
    found = after(unknown(), FindAddress(FOUND))
    amend = do.Amend(replace(found.details, address="Мира 4"))
    told = apply(found, decide(found, amend, MARKETPLACE, NOON + minutes(21), RULES))
    assert after(told, do.Undo("не тот дом"), 22).details.address == "Мира 4"


@pytest.mark.requirement("R68", "X24")
def test_the_recipient_is_asked_only_where_the_shop_s_rules_say_so() -> None:
    order = unknown()
    ask = AskAddress(AddressSource.RECIPIENT)
    assert refused(order, ask) is Reason.RECIPIENT_NOT_ASKED
    assert Secret.RECIPIENT_PHONE not in readable(order, SELLER)
    asked = after(order, ask, rules=CALLS)
    assert Secret.RECIPIENT_PHONE in readable(asked, SELLER)
    assert Secret.RECIPIENT_PHONE not in readable(asked, COURIER)
    assert Secret.RECIPIENT_PHONE not in readable(after(asked, FindAddress(FOUND), 21), SELLER)
    of_client = after(order, AskAddress(AddressSource.CLIENT))
    assert Secret.RECIPIENT_PHONE not in readable(of_client, SELLER)


@pytest.mark.requirement("X24")
def test_it_is_reminded_of_before_somebody_must_leave_until_it_is_known() -> None:
    rules = replace(RULES, address_minutes=60)
    order = unknown()

    def due(one: Order, fired: dict[DeadlineKind, object] | None = None) -> list[object]:
        found = deadlines(one, rules, fired or {})  # type: ignore[arg-type]
        return [d.due_at for d in found if d.kind is DeadlineKind.ADDRESS_UNKNOWN]

    leave = leave_by(order, rules)
    assert leave is not None
    first = leave - timedelta(minutes=60)
    assert due(order) == [first]
    assert due(order, {DeadlineKind.ADDRESS_UNKNOWN: first}) == [leave - timedelta(minutes=30)]
    assert due(after(order, FindAddress(FOUND))) == []
