"""What needs the client's agreement, what it changes, and what waits for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from orders.client.agreements import askable, find, is_for_app, kept_to, on_record, unpaid
from orders.delivery.stop_after_cancel import must_stop
from orders.model.details import DeliveryKind, Window
from orders.model.money import Money
from orders.model.order import Handover, Order, Topic
from orders.model.people import Actor
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from orders.money.balance import Settlement, settle
from orders.schedule.deadlines import LATE_TIMES, DeadlineKind, deadlines
from orders.steps import commands as do
from orders.steps.commands import Command
from orders.steps.flow import apply, decide
from tests.builders import (
    ACCEPTED,
    AGREED,
    ASKED_FOR_MORE,
    BILL_SENT,
    CANCELLED,
    CLIENT,
    COMPLETED,
    COURIER,
    DIRECTOR,
    DISPATCHED,
    EXTRA_PAID,
    MANAGER,
    NOON,
    ON_THE_WAY,
    PHOTO_ATTACHED,
    REFUSED,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    STOP_SEEN,
    THIRD_PARTY,
    WITHDRAWN,
    Given,
    a_line,
    an_order,
    minutes,
)

IN_WORK = (ACCEPTED, SELLER_ASSIGNED)
LATER: Given = (do.Propose(Topic.WINDOW, "на 1 час позже"), SELLER)
ROSES: Given = (do.Propose(Topic.SUBSTITUTION, "Розы 15 шт, +300 ₽", "Пионы «Облако» 15 шт"), SELLER)
TO_NEIGHBOUR: Given = (do.Propose(Topic.THIRD_PERSON, "соседке из кв. 14"), MANAGER)
NO: Given = (do.AnswerProposal(1, agreed=False, words="нет"), CLIENT)
OUT: Given = (do.Dispatch(by_self=True, reason="клиент спешит"), MANAGER)


def refused(order: Order, command: Command, actor: Actor, after: float = 30) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        decide(order, command, actor, NOON + minutes(after), RULES)
    return refusal.value


@pytest.mark.requirement("R66")
def test_the_window_moves_only_when_the_client_agrees() -> None:
    asked = an_order(*IN_WORK, LATER)
    before = asked.details.window
    assert before is not None
    assert an_order(*IN_WORK, LATER, NO).details.window == before
    moved = an_order(*IN_WORK, LATER, AGREED)
    assert moved.details.window == Window(before.start + minutes(60), before.end + minutes(60))
    assert moved.amendment is not None
    assert moved.amendment.before.window == before
    (kept,) = moved.agreements
    assert (kept.asked.name, kept.words, kept.answered and kept.answered.role) == (
        "Оля",
        "да, хорошо",
        CLIENT.role,
    )


@pytest.mark.requirement("R66")
def test_deadlines_follow_the_window_that_was_agreed() -> None:
    def due(order: Order) -> dict[DeadlineKind, float]:
        found = deadlines(order, RULES, {})
        return {one.kind: (one.due_at - order.placed_at) / minutes(1) for one in found}

    before, after = due(an_order(*IN_WORK)), due(an_order(*IN_WORK, LATER, AGREED))
    for kind in (DeadlineKind.LATE, DeadlineKind.PHOTO_DUE, DeadlineKind.LEAVE_NOW):
        assert after[kind] == before[kind] + 60


@pytest.mark.requirement("R66")
@pytest.mark.parametrize("words", ["когда-нибудь", "вчера 14-15", "14-15"])
def test_a_time_that_is_unclear_over_or_the_same_is_asked_for_again(words: str) -> None:
    order = an_order(*IN_WORK)
    assert refused(order, do.Propose(Topic.WINDOW, words), SELLER).reason is Reason.WINDOW_UNCLEAR


@pytest.mark.requirement("R59", "R84")
def test_goods_change_only_by_an_agreed_substitution_which_keeps_both() -> None:
    order = an_order(*IN_WORK, ROSES, AGREED)
    assert [line.name for line in order.details.lines] == ["Розы 15 шт", "Открытка"]
    (kept,) = order.agreements
    assert kept.proposal.replaced == a_line()
    assert kept.proposal.extra == Money(30_000)
    assert an_order(*IN_WORK, ROSES).details.lines[0] == a_line()
    gone = refused(an_order(*IN_WORK), do.Propose(Topic.SUBSTITUTION, "Розы", "Ирисы"), SELLER)
    assert gone.reason is Reason.LINE_GONE


@pytest.mark.requirement("R59")
@pytest.mark.parametrize(
    "left", [(OUT,), (THIRD_PARTY, (do.PickUp("спешит"), MANAGER))], ids=["own courier", "third party"]
)
def test_goods_on_their_way_are_not_replaced_any_more(left: tuple[Given, ...]) -> None:
    order = an_order(*IN_WORK, ROSES, *left)
    assert refused(order, *AGREED).reason is Reason.NOT_NOW
    (said_no,) = an_order(*IN_WORK, ROSES, *left, NO).agreements
    assert not said_no.is_open


@pytest.mark.requirement("R59")
def test_what_the_marketplace_tells_keeps_the_agreed_goods_and_its_own_news() -> None:
    order = an_order(*IN_WORK, ROSES, AGREED)
    came = an_order().details
    told = replace(came, lines=(*came.lines, a_line(name="Ваза")))
    assert [line.name for line in kept_to(order, told).lines] == ["Розы 15 шт", "Открытка", "Ваза"]
    there = replace(came, lines=(a_line(name="Розы 15 шт"),))
    assert kept_to(order, there) == there
    asked = an_order(*IN_WORK, ROSES)
    assert kept_to(asked, told) == told


@pytest.mark.requirement("R70")
def test_delivery_waits_for_the_money_that_the_client_agreed_to_pay() -> None:
    way = (*IN_WORK, ASKED_FOR_MORE)
    assert an_order(*way, OUT).status is Status.COURIER_LEFT
    agreed = an_order(*way, AGREED)
    assert refused(agreed, *OUT).reason is Reason.UNPAID
    assert refused(agreed, *THIRD_PARTY).reason is Reason.UNPAID
    assert refused(agreed, do.ExtraPaid(1), MANAGER).reason is Reason.BILL_NOT_SENT
    sent = an_order(*way, AGREED, BILL_SENT)
    assert refused(sent, *OUT).reason is Reason.UNPAID
    assert an_order(*way, AGREED, BILL_SENT, EXTRA_PAID, OUT).status is Status.COURIER_LEFT
    assert an_order(*way, AGREED, WITHDRAWN, OUT).status is Status.COURIER_LEFT
    assert an_order(*way, NO, OUT).status is Status.COURIER_LEFT


@pytest.mark.requirement("R70", "R91")
def test_a_pickup_and_a_second_way_wait_for_the_money_too() -> None:
    pickup = an_order(ACCEPTED, (ASKED_FOR_MORE[0], MANAGER), AGREED, delivery=DeliveryKind.PICKUP)
    assert refused(pickup, do.Complete(Handover.IN_PERSON), MANAGER).reason is Reason.UNPAID
    back = an_order(*ON_THE_WAY, REFUSED, ASKED_FOR_MORE, AGREED)
    assert refused(back, do.Redispatch("сестре"), MANAGER).reason is Reason.UNPAID


@pytest.mark.requirement("R46", "R70")
def test_a_surcharge_that_was_paid_goes_back_with_the_rest() -> None:
    paid = an_order(*IN_WORK, ASKED_FOR_MORE, AGREED, BILL_SENT, EXTRA_PAID)
    assert settle(paid, RULES) == Settlement(Money(540_000), Money(0))
    assert settle(an_order(*IN_WORK, ASKED_FOR_MORE, AGREED), RULES) == Settlement(Money(490_000), Money(0))


@pytest.mark.requirement("R70")
@pytest.mark.parametrize("words", ["500 ₽", "за срочность", "0 ₽ за срочность", "минус"])
def test_a_surcharge_needs_a_sum_and_a_reason(words: str) -> None:
    order = an_order(*IN_WORK)
    assert refused(order, do.Propose(Topic.SURCHARGE, words), SELLER).reason is Reason.SUM_UNCLEAR


@pytest.mark.requirement("R56", "R57")
def test_a_third_person_needs_the_agreement_on_record() -> None:
    to_third = do.Complete(Handover.THIRD_PERSON, "соседке")
    assert refused(an_order(*ON_THE_WAY), to_third, COURIER).reason is Reason.AGREEMENT_NEEDED
    done = an_order(*ON_THE_WAY, TO_NEIGHBOUR, AGREED, (to_third, COURIER))
    assert (done.status, len(done.agreements)) == (Status.DONE, 1)

    noted = an_order(*ON_THE_WAY, COMPLETED)
    kept = on_record(noted, Topic.THIRD_PERSON)
    assert kept is not None
    assert (kept.proposal.words, kept.answered and kept.answered.name, kept.words) == (
        "соседка",
        "Пётр",
        "да",
    )
    silent = do.Complete(Handover.THIRD_PERSON, "соседке", agreed_with_client=True, agreed_words=" ")
    assert refused(an_order(*ON_THE_WAY), silent, COURIER).reason is Reason.AGREED_WORDS_NEEDED
    assert an_order(*ON_THE_WAY, COMPLETED, (do.Undo("не туда"), COURIER)).agreements == ()


@pytest.mark.requirement("R64")
def test_the_client_is_asked_one_thing_at_a_time() -> None:
    order = an_order(*IN_WORK, LATER)
    assert refused(order, *LATER).reason is Reason.PROPOSAL_OPEN
    assert askable(order, SELLER) == (Topic.SUBSTITUTION, Topic.SURCHARGE, Topic.THIRD_PERSON)
    assert askable(an_order(*ON_THE_WAY), MANAGER) == (Topic.WINDOW, Topic.THIRD_PERSON)
    assert askable(an_order(*ON_THE_WAY), COURIER) == ()
    assert refused(an_order(*ON_THE_WAY), *ROSES).reason is Reason.NOT_NOW


@pytest.mark.requirement("R66")
def test_staff_note_the_clients_words_and_nothing_is_answered_twice() -> None:
    order = an_order(*IN_WORK, LATER)
    said = refused(order, do.AnswerProposal(1, agreed=True, words=" "), MANAGER)
    assert said.reason is Reason.YES_WORDS_NEEDED
    assert refused(order, do.AnswerProposal(1, agreed=False), MANAGER).reason is Reason.NO_WORDS_NEEDED
    assert refused(order, do.AnswerProposal(2, agreed=True), CLIENT).reason is Reason.PROPOSAL_OVER
    answered = an_order(*IN_WORK, LATER, AGREED)
    over = refused(answered, *NO)
    assert (over.reason, over.mark) == (Reason.PROPOSAL_OVER, answered.agreements[0].answered)
    assert refused(an_order(*IN_WORK, LATER, WITHDRAWN), *AGREED).reason is Reason.PROPOSAL_OVER


@pytest.mark.requirement("X4")
def test_a_wrongly_noted_answer_is_withdrawn_in_time_and_the_clients_own_stands() -> None:
    noted: Given = (do.AnswerProposal(1, agreed=True, words="да"), MANAGER)
    before = an_order(*IN_WORK).details
    for way in (
        (*IN_WORK, LATER, noted),
        (*IN_WORK, (do.Propose(Topic.SUBSTITUTION, "Розы", a_line().name), SELLER), noted),
    ):
        order = an_order(*way, WITHDRAWN)
        assert (order.details.lines, order.details.window) == (before.lines, before.window)
        late = refused(an_order(*way), do.Withdraw(1, "не то"), MANAGER, after=20)
        assert late.reason is Reason.PROPOSAL_OVER
    own = an_order(*IN_WORK, LATER, AGREED)
    assert refused(own, do.Withdraw(1, "не то"), MANAGER, after=6).reason is Reason.PROPOSAL_OVER
    asked = an_order(*IN_WORK, LATER)
    assert refused(asked, do.Withdraw(1), MANAGER).reason is Reason.WITHDRAWAL_REASON_NEEDED


def test_an_order_without_a_marketplace_has_nothing_to_mark_there_but_the_bill() -> None:
    order = an_order(*IN_WORK, LATER, AGREED, number="Р-7", marketplace_status=None)
    agreed = find(order, 1)
    assert agreed is not None
    assert not is_for_app(order, agreed)
    assert refused(order, do.AgreedInApp(1), MANAGER).reason is Reason.PROPOSAL_OVER
    bill = an_order(*IN_WORK, ASKED_FOR_MORE, AGREED, BILL_SENT, number="Р-7", marketplace_status=None)
    assert unpaid(bill) is not None


@pytest.mark.requirement("R66", "R84")
def test_an_order_entered_by_hand_under_the_marketplaces_number_is_told_to_its_support() -> None:
    order = an_order(*IN_WORK, LATER, AGREED, marketplace_status=None)
    agreed = find(order, 1)
    assert agreed is not None
    assert is_for_app(order, agreed)


@pytest.mark.requirement("R21", "R28")
def test_whoever_is_on_the_way_is_told_to_stop_until_he_says_that_he_has() -> None:
    def stops(order: Order) -> list[float]:
        fired: dict[DeadlineKind, datetime] = {}
        found = []
        while due := {one.kind: one.due_at for one in deadlines(order, RULES, fired)}.get(DeadlineKind.STOP):
            fired[DeadlineKind.STOP] = due
            found.append((due - order.placed_at) / minutes(1))
        return found

    cancelled = an_order(*ON_THE_WAY, CANCELLED)
    assert must_stop(cancelled) == COURIER.staff_id
    at = len(ON_THE_WAY) + 1
    assert stops(cancelled) == [at + 3 * number for number in range(1, LATE_TIMES + 1)]
    assert stops(an_order(*ON_THE_WAY, CANCELLED, STOP_SEEN)) == []
    assert must_stop(an_order(*IN_WORK, CANCELLED)) is None
    undone = an_order(*ON_THE_WAY, CANCELLED, STOP_SEEN, (do.Undo("не тот"), DIRECTOR))
    assert (undone.stopped, undone.status) == (None, Status.COURIER_LEFT)


@pytest.mark.requirement("R21")
def test_who_has_to_stop() -> None:
    outside = an_order(*IN_WORK, THIRD_PARTY, CANCELLED)
    assert must_stop(outside) == MANAGER.staff_id
    by_self = an_order(*IN_WORK, PHOTO_ATTACHED, (do.Dispatch(by_self=True), SELLER), CANCELLED)
    assert must_stop(by_self) == SELLER.staff_id
    himself = an_order(*IN_WORK, PHOTO_ATTACHED, (do.Dispatch(by_self=True), MANAGER), (do.Cancel(), MANAGER))
    assert must_stop(himself) is None
    assert must_stop(an_order(*ON_THE_WAY)) is None
    assert refused(outside, do.SeeStop(), SELLER).reason is Reason.NOT_YOURS
    assert refused(an_order(*IN_WORK, CANCELLED), do.SeeStop(), MANAGER).reason is Reason.ALREADY
    cancelled = an_order(*ON_THE_WAY, CANCELLED)
    by_chief = apply(cancelled, decide(cancelled, do.SeeStop(), MANAGER, NOON + minutes(30), RULES))
    assert by_chief.stopped is not None
    assert DISPATCHED[1] is SELLER


@pytest.mark.requirement("R59", "R70")
def test_a_number_that_may_be_a_price_is_not_passed_on_as_no_surcharge() -> None:
    asked = do.Propose(Topic.SUBSTITUTION, "Тюльпаны 25 шт, 5200", a_line().name)
    assert refused(an_order(*IN_WORK), asked, SELLER).reason is Reason.DIFFERENCE_UNCLEAR
