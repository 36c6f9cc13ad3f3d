from __future__ import annotations

from dataclasses import replace

import pytest

from orders.model.order import Order
from orders.model.people import Actor
from orders.model.refusals import Reason, Refusal
from orders.model.rules import PhoneGate, ShopRules
from orders.schedule.deadlines import DeadlineKind, deadlines
from orders.steps import commands as do
from orders.steps.commands import AllowClientPhone, AskClientPhone, Command, NotePhoneCall, RefuseClientPhone
from orders.steps.flow import apply, decide
from orders.steps.phone_steps import access_of
from tests.builders import (
    ACCEPTED,
    DIRECTOR,
    MANAGER,
    NOON,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    an_order,
    minutes,
)

DIRECTORS = replace(RULES, phone_gate=PhoneGate.DIRECTORS)
SELLERS = replace(RULES, phone_gate=PhoneGate.SELLER)
ASK = AskClientPhone("чат не открывается")


def after(order: Order, command: Command, actor: Actor, at: float = 10, rules: ShopRules = RULES) -> Order:
    return apply(order, decide(order, command, actor, NOON + minutes(at), rules))


def refused(order: Order, command: Command, actor: Actor, rules: ShopRules = RULES) -> Reason:
    with pytest.raises(Refusal) as found:
        decide(order, command, actor, NOON + minutes(12), rules)
    return found.value.reason


def in_shop() -> Order:
    return an_order(ACCEPTED, SELLER_ASSIGNED)


def reads(order: Order, actor: Actor, at: float = 11) -> bool:
    return access_of(order, actor, NOON + minutes(at)) is not None


@pytest.mark.requirement("R82")
def test_who_may_show_the_phone_is_a_rule_of_the_shop() -> None:
    asked = after(in_shop(), ASK, SELLER)
    assert not reads(asked, SELLER)
    assert reads(after(asked, AllowClientPhone(), MANAGER, 11), SELLER)
    assert refused(asked, AllowClientPhone(), MANAGER, DIRECTORS) is Reason.PHONE_OF_DIRECTORS
    assert refused(asked, RefuseClientPhone(), MANAGER, DIRECTORS) is Reason.PHONE_OF_DIRECTORS
    assert reads(after(asked, AllowClientPhone(), DIRECTOR, 11, DIRECTORS), SELLER)
    of_manager = after(in_shop(), ASK, MANAGER, rules=DIRECTORS)
    assert not reads(of_manager, MANAGER)
    assert reads(after(in_shop(), ASK, SELLER, rules=SELLERS), SELLER)


@pytest.mark.requirement("R82")
def test_what_the_client_said_is_asked_for_kept_and_stays_when_a_step_is_undone() -> None:
    shown = after(after(in_shop(), ASK, SELLER), AllowClientPhone(), MANAGER, 11)

    def due(order: Order) -> list[float]:
        found = [one.due_at for one in deadlines(order, RULES, {}) if one.kind is DeadlineKind.PHONE_NOTE]
        return [(moment - NOON) / minutes(1) for moment in found]

    assert due(shown) == [21]
    fired = {DeadlineKind.PHONE_NOTE: NOON + minutes(21)}
    again = [one.due_at for one in deadlines(shown, RULES, fired) if one.kind is DeadlineKind.PHONE_NOTE]
    assert again == [NOON + minutes(11 + RULES.phone_minutes)]
    assert refused(shown, NotePhoneCall(" "), SELLER) is Reason.PHONE_CALL_NEEDED
    assert refused(shown, NotePhoneCall("да"), DIRECTOR) is Reason.NOT_NOW
    noted = after(shown, NotePhoneCall("согласен на час позже"), SELLER, 15)
    assert due(noted) == []
    assert [call.words for call in noted.phone_accesses[-1].calls] == ["согласен на час позже"]
    given = after(noted, do.AssignSeller(5, "Вера"), MANAGER, 15)
    undone = after(given, do.Undo("не той"), MANAGER, 16)
    assert undone.phone_accesses == noted.phone_accesses
