"""What proves a hand-over: nothing, a photo, or a code (X25)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orders.bell.table import Recipient, ears
from orders.model.details import DeliveryKind
from orders.model.order import Handover, Order
from orders.model.people import Actor
from orders.model.refusals import Reason, Refusal
from orders.model.rules import HandoverProof, ShopRules
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps.commands import Command
from orders.steps.delivery_commands import AttachProof, ChooseProof, SayCode
from orders.steps.delivery_events import CodeSaid
from orders.steps.flow import apply, decide
from orders.steps.mishaps.proofs import client_code
from tests.builders import (
    ACCEPTED,
    COURIER,
    DIRECTOR,
    MANAGER,
    NOON,
    ON_THE_WAY,
    RULES,
    SELLER,
    THIRD_PARTY,
    an_order,
    minutes,
)

PHOTO = replace(RULES, handover_proof=HandoverProof.PHOTO)
CODE = replace(RULES, handover_proof=HandoverProof.CODE)
DONE = do.Complete(Handover.IN_PERSON, reason="", early="да")
BY_CHIEF = replace(DONE, reason="Пётр без связи")
LEFT = an_order(*ON_THE_WAY, code="0421")
PICKUP = an_order(ACCEPTED, delivery=DeliveryKind.PICKUP, seller=None)
AT_COUNTER = replace(DONE, without_photo="клиент торопится")


def after(order: Order, command: Command, actor: Actor, rules: ShopRules) -> Order:
    return apply(order, decide(order, command, actor, NOON + minutes(30), rules))


def refused(order: Order, command: Command, actor: Actor, rules: ShopRules) -> Reason:
    with pytest.raises(Refusal) as why:
        decide(order, command, actor, NOON + minutes(30), rules)
    return why.value.reason


@pytest.mark.requirement("X25")
def test_by_default_nothing_is_asked_for() -> None:
    assert after(LEFT, DONE, COURIER, RULES).status is Status.DONE


@pytest.mark.requirement("X25")
def test_where_the_rule_is_a_photo_it_comes_first() -> None:
    assert refused(LEFT, DONE, COURIER, PHOTO) is Reason.HANDOVER_PHOTO_NEEDED
    shown = after(LEFT, AttachProof("ef" * 32, "a.jpg"), COURIER, PHOTO)
    assert after(shown, DONE, COURIER, PHOTO).status is Status.DONE


@pytest.mark.requirement("X25")
def test_where_the_rule_is_a_code_only_the_right_one_ends_it() -> None:
    assert refused(LEFT, DONE, COURIER, CODE) is Reason.CODE_NEEDED
    assert refused(LEFT, replace(DONE, code="0421"), COURIER, CODE) is Reason.CODE_NEEDED
    wrong = after(LEFT, SayCode("1204"), COURIER, CODE)
    assert (wrong.wrong_codes, refused(wrong, DONE, COURIER, CODE)) == (1, Reason.CODE_NEEDED)
    right = after(wrong, SayCode(" 04-21"), COURIER, CODE)
    assert after(right, DONE, COURIER, CODE).status is Status.DONE
    assert refused(LEFT, SayCode("не знает"), COURIER, CODE) is Reason.CODE_NEEDED


@pytest.mark.requirement("X25")
def test_after_three_wrong_codes_only_a_chief_goes_on_and_hears_of_it() -> None:
    order = LEFT
    for code in ("1", "1111", "2222", "3333"):
        with_code = SayCode(code)
        if code == "1":  # no code at all: it is not counted
            assert refused(order, with_code, COURIER, CODE) is Reason.CODE_NEEDED
            continue
        event = decide(order, with_code, COURIER, NOON + minutes(30), CODE)
        order = apply(order, event)
        assert isinstance(event, CodeSaid)
        assert ears(order, event) == ({Recipient.CHIEFS} if order.wrong_codes == 3 else frozenset())
    assert refused(order, SayCode("0421"), COURIER, CODE) is Reason.CODES_USED_UP
    assert refused(order, DONE, COURIER, CODE) is Reason.CODES_USED_UP
    assert refused(order, replace(DONE, without_proof="так надо"), COURIER, CODE) is Reason.CODES_USED_UP
    assert refused(order, BY_CHIEF, MANAGER, CODE) is Reason.NO_CODE_REASON_NEEDED
    event = decide(
        order, replace(BY_CHIEF, without_proof="клиент подтвердил"), MANAGER, NOON + minutes(30), CODE
    )
    assert getattr(event, "without_proof", "") == "клиент подтвердил"


@pytest.mark.requirement("X25")
def test_a_right_code_stays_right_when_the_end_is_taken_back() -> None:
    ended = after(after(LEFT, SayCode("0421"), COURIER, CODE), DONE, COURIER, CODE)
    undone = after(ended, do.Undo("ошибка"), COURIER, CODE)
    assert after(undone, DONE, COURIER, CODE).status is Status.DONE


@pytest.mark.requirement("X25")
def test_a_chief_chooses_otherwise_for_one_order() -> None:
    free = after(LEFT, ChooseProof(HandoverProof.NONE), DIRECTOR, CODE)
    assert after(free, DONE, COURIER, CODE).status is Status.DONE
    strict = after(LEFT, ChooseProof(HandoverProof.CODE), MANAGER, RULES)
    assert refused(strict, DONE, COURIER, RULES) is Reason.CODE_NEEDED
    assert refused(LEFT, ChooseProof(HandoverProof.NONE), COURIER, CODE) is Reason.NOT_YOURS
    assert refused(LEFT, ChooseProof(HandoverProof.CODE), DIRECTOR, CODE) is Reason.ALREADY


@pytest.mark.requirement("X25")
def test_a_pick_up_asks_for_the_marketplaces_code_whatever_the_rule_is() -> None:
    order = replace(PICKUP, progress=replace(PICKUP.progress, seller=None))
    order = after(order, do.AssignSeller(3, "Оля"), DIRECTOR, RULES)
    for rules in (RULES, PHOTO, CODE):
        assert refused(order, AT_COUNTER, SELLER, rules) is Reason.PICKUP_CODE_NEEDED
    event = decide(order, SayCode("58 31 20"), SELLER, NOON + minutes(30), RULES)
    assert event == CodeSaid(event.mark, is_right=True, kept="583120")
    assert after(apply(order, event), AT_COUNTER, SELLER, RULES).status is Status.DONE
    own = replace(order, number="Р-1")
    assert after(own, AT_COUNTER, SELLER, RULES).status is Status.DONE


@pytest.mark.requirement("X25")
def test_a_courier_from_outside_is_asked_only_where_it_was_chosen_for_the_order() -> None:
    order = an_order(ACCEPTED, THIRD_PARTY, code="0421")
    ended = replace(AT_COUNTER, without_proof="")
    assert after(order, ended, MANAGER, CODE).status is Status.DONE
    chosen = after(order, ChooseProof(HandoverProof.CODE), MANAGER, CODE)
    assert refused(chosen, ended, MANAGER, CODE) is Reason.NO_CODE_REASON_NEEDED
    assert refused(order, ChooseProof(HandoverProof.PHOTO), MANAGER, CODE) is Reason.NOT_NOW


@pytest.mark.requirement("X25")
def test_the_client_knows_the_code_as_long_as_it_is_asked_for() -> None:
    assert client_code(an_order(code="0421"), CODE) == ""  # nobody has accepted it
    assert (client_code(LEFT, CODE), client_code(LEFT, RULES)) == ("0421", "")
    said = after(LEFT, SayCode("0421"), COURIER, CODE)
    assert client_code(said, CODE) == ""
    assert client_code(replace(PICKUP, code="0421"), CODE) == ""


@pytest.mark.requirement("X25")
def test_an_order_from_before_the_codes_is_not_held_up() -> None:
    assert after(replace(LEFT, code=""), DONE, COURIER, CODE).status is Status.DONE
