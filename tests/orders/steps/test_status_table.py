from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from itertools import product

import pytest

from orders.model.details import DeliveryKind
from orders.model.order import Order
from orders.model.people import MARKETPLACE, STAFF_ROLES, Actor
from orders.model.refusals import Reason, Refusal
from orders.model.status import TABLE as CODE
from orders.model.status import Status, Step
from orders.steps import commands as do
from orders.steps.commands import Command
from orders.steps.flow import apply, decide
from tests.builders import ACCEPTED, DIRECTOR, MANAGER, NOON, PHOTO_ATTACHED, RULES, an_order, minutes
from tests.orders.table import COMMANDS, PEOPLE, TABLE, Row, at

NOW = NOON + minutes(30)


def outcome(order: Order, command: Command, actor: Actor, now: datetime = NOW) -> Order | None:
    """The order after the command; None when it is refused."""
    try:
        return apply(order, decide(order, command, actor, now, RULES))
    except Refusal:
        return None


@pytest.mark.requirement("R14", "R18", "R21", "R23", "R38", "R41", "R50", "R53", "R58", "R90", "R91", "X6")
@pytest.mark.parametrize("status", Status)
def test_every_status_command_and_person_is_as_the_table_says(status: Status) -> None:
    for step, command in COMMANDS.items():
        row = TABLE.get((status, step))
        order = at(status, step)
        untouched = deepcopy(order)
        found = {name: outcome(order, command, actor) for name, actor in PEOPLE.items()}
        expected = {name: row.to if row and name in row.who else None for name in PEOPLE}
        assert {name: after and after.status for name, after in found.items()} == expected, step
        assert order == untouched, step
        for after in found.values():
            assert after is None or after.version == order.version + 1, step


@pytest.mark.parametrize("status", Status)
def test_a_refused_step_says_whether_it_is_the_step_or_the_person(status: Status) -> None:
    for step, (name, actor) in product(COMMANDS, PEOPLE.items()):
        row = TABLE.get((status, step))
        if row and name in row.who:
            continue
        with pytest.raises(Refusal) as refused:
            decide(at(status, step), COMMANDS[step], actor, NOW, RULES)
        expected = {Reason.NOT_YOURS} if row else {Reason.NOT_NOW, Reason.ALREADY}
        assert refused.value.reason in expected, (step, name)
        assert refused.value.status is status, (step, name)


def test_the_table_of_the_code_has_no_other_rows() -> None:
    assert set(CODE) == set(TABLE)
    assert {key: move.to for key, move in CODE.items()} == {key: row.to for key, row in TABLE.items()}


NO_STEPS_BACK = (
    Step.AMEND,
    Step.MARKETPLACE_HAS,
    Step.PHOTO_SHOWN,
    Step.RAISE_DOUBT,
    Step.CARRY_ON,
    Step.FLAG_LINE,
    Step.PROPOSE,
    Step.ANSWER,
    Step.WITHDRAW,
    Step.AGREED_IN_APP,
    Step.EXTRA_PAID,
    Step.SEE_STOP,
    Step.ATTACH_PROOF,
    Step.CHOOSE_PROOF,
    Step.SAY_CODE,
    Step.NOTE_CALL,
    Step.SAY,
    Step.NOTE,
    Step.GIVE_GIFT,
    Step.TAKE_GIFT_OUT,
    Step.DISPUTE,
    Step.ANSWER_DISPUTE,
    Step.SETTLE_DISPUTE,
    Step.TELL_SUPPORT,
)
"""What they change is no progress of the order: they leave what can be undone as it was."""


NOT_UNDONE = (
    *NO_STEPS_BACK,
    Step.CHECK,
    Step.TAKE_PHOTOS_AWAY,
    Step.RELEASE,
    Step.GIVE_BACK,
    Step.ASK_PHONE,
    Step.ALLOW_PHONE,
    Step.REFUSE_PHONE,
    Step.NOTE_PHONE_CALL,
)
"""A check holds until the list changes; photos that went to another order are brought back from there;
whoever held a released order works here no more; what was given back is given anew;
and a number that was read stays read."""


@pytest.mark.requirement("X4")
@pytest.mark.parametrize(
    "row",
    [row for row in TABLE.values() if row.step not in NOT_UNDONE],
    ids=lambda row: f"{row.at}-{row.step}",
)
def test_a_step_is_undone_by_whom_it_belongs_to_and_by_the_director(row: Row) -> None:
    for doer in sorted(row.who):
        before = at(row.at, row.step)
        order = outcome(before, COMMANDS[row.step], PEOPLE[doer])
        assert order is not None, doer
        allowed = {"director"} | ({doer} if PEOPLE[doer].role in STAFF_ROLES else set())
        if doer == "marketplace" and row.to is not row.at:
            allowed = set()  # it cannot be taken back there
        found = {name: outcome(order, do.Undo("не туда"), actor) for name, actor in PEOPLE.items()}
        assert {name for name, after in found.items() if after} == allowed, doer
        assert all(after is None or after.progress == before.progress for after in found.values()), doer


@pytest.mark.requirement("X4")
@pytest.mark.parametrize("status", Status)
def test_nothing_is_undone_after_its_ten_minutes(status: Status) -> None:
    order = at(status)
    if status is Status.NEW:
        with pytest.raises(Refusal) as refused:
            decide(order, do.Undo("не туда"), DIRECTOR, NOON, RULES)
        assert refused.value.reason is Reason.NOTHING_TO_UNDO
        return
    assert order.undo is not None
    last = order.undo.mark.at
    assert outcome(order, do.Undo("не туда"), DIRECTOR, last + minutes(10)) is not None
    with pytest.raises(Refusal) as refused:
        decide(order, do.Undo("не туда"), DIRECTOR, last + minutes(10.01), RULES)
    assert (refused.value.reason, refused.value.mark) == (Reason.UNDO_TOO_LATE, order.undo.mark)


@pytest.mark.requirement("X4")
def test_an_undo_needs_a_reason_and_is_not_undone_itself() -> None:
    order = an_order(ACCEPTED)
    with pytest.raises(Refusal) as refused:
        decide(order, do.Undo("  "), MANAGER, NOW - minutes(25), RULES)
    assert refused.value.reason is Reason.REASON_NEEDED
    undone = outcome(order, do.Undo("не тот"), MANAGER, NOW - minutes(25))
    assert undone is not None
    with pytest.raises(Refusal) as refused:
        decide(undone, do.Undo("всё же тот"), MANAGER, NOW - minutes(25), RULES)
    assert refused.value.reason is Reason.NOTHING_TO_UNDO


@pytest.mark.requirement("X1", "X4")
@pytest.mark.parametrize(
    "row",
    [row for row in TABLE.values() if row.step in NO_STEPS_BACK and row.at is not Status.NEW],
    ids=lambda row: f"{row.at}-{row.step}",
)
def test_what_is_no_progress_leaves_the_undo_as_it_was(row: Row) -> None:
    before = at(row.at, row.step)
    doer = "marketplace" if "marketplace" in row.who else min(row.who)
    after = outcome(before, COMMANDS[row.step], PEOPLE[doer])
    assert after is not None
    assert (after.undo, after.progress, after.version) == (before.undo, before.progress, before.version + 1)


@pytest.mark.requirement("X4")
def test_what_the_marketplace_did_is_not_undone_and_what_came_after_is() -> None:
    accepted = an_order((do.Accept(), MARKETPLACE))
    with pytest.raises(Refusal) as refused:
        decide(accepted, do.Undo("не мы"), DIRECTOR, NOON + minutes(2), RULES)
    assert refused.value.reason is Reason.MARKETPLACE_KNOWS
    with_photo = an_order((do.Accept(), MARKETPLACE), PHOTO_ATTACHED, seller=at(Status.NEW).progress.seller)
    undone = outcome(with_photo, do.Undo("не то фото"), DIRECTOR, NOON + minutes(3))
    assert undone is not None
    assert undone.status is Status.ACCEPTED


@pytest.mark.requirement("R42", "R54")
def test_only_a_third_party_or_a_pickup_is_done_without_courier_left() -> None:
    for status in (Status.ACCEPTED, Status.PHOTO):
        with pytest.raises(Refusal) as refused:
            decide(at(status), COMMANDS[Step.COMPLETE], MANAGER, NOW, RULES)
        assert refused.value.reason is Reason.NOT_LEFT_YET
    pickup = an_order(ACCEPTED, delivery=DeliveryKind.PICKUP)
    for step in (Step.ASSIGN_COURIER, Step.DISPATCH, Step.HAND_TO_THIRD_PARTY):
        with pytest.raises(Refusal) as refused:
            decide(pickup, COMMANDS[step], MANAGER, NOW, RULES)
        assert refused.value.reason is Reason.PICKUP_ONLY
    done = outcome(pickup, COMMANDS[Step.COMPLETE], MANAGER)
    assert done is not None
    assert done.status is Status.DONE
