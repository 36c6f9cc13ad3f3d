"""Between the shop and the door: offers, lateness, nobody there, the way back, proofs and calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from orders.access.order_access import can_see, may_ask, parties
from orders.access.privacy import Secret, readable
from orders.model.delivery_facts import CallAnswer
from orders.model.details import DeliveryKind, Window
from orders.model.order import Order
from orders.model.people import Actor, Party, Role
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status, Step
from orders.schedule.deadlines import DeadlineKind, deadlines
from orders.steps.commands import AssignCourier, Command, Dispatch, Redispatch, Undo
from orders.steps.delivery.on_the_way import LATE_CHOICES
from orders.steps.delivery_commands import (
    AttachProof,
    BringBack,
    ComeBack,
    FindNobody,
    GiveBack,
    NoteCall,
    OfferToCouriers,
    SayLate,
    TakeOffer,
)
from orders.steps.flow import apply, decide
from orders.steps.mishaps.proofs import MOST_PROOFS
from tests.builders import (
    ACCEPTED,
    COMPLETED,
    COURIER,
    COURIER_ASSIGNED,
    MANAGER,
    NOBODY_THERE,
    NOON,
    OFFERED,
    ON_THE_WAY,
    PHOTO_ATTACHED,
    REFUSED,
    RULES,
    SAID_LATE,
    SELLER,
    SELLER_ASSIGNED,
    TAKEN,
    THIRD_PARTY,
    Given,
    an_order,
    minutes,
    some_details,
)

OTHER = Actor(Role.COURIER, 6, "Семён", shop_id=1)
ELSEWHERE = Actor(Role.COURIER, 6, "Семён", shop_id=2)
NOW = NOON + minutes(30)
IN_SHOP = (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED)


def after(order: Order, command: Command, actor: Actor, now_after: float = 30) -> Order:
    return apply(order, decide(order, command, actor, NOON + minutes(now_after), RULES))


def refused(order: Order, command: Command, actor: Actor) -> Refusal:
    with pytest.raises(Refusal) as caught:
        decide(order, command, actor, NOW, RULES)
    return caught.value


@pytest.mark.requirement("R40", "R44", "R63")
def test_every_courier_sees_where_an_offered_order_goes_and_nothing_else() -> None:
    order = an_order(*IN_SHOP, OFFERED)
    for courier in (COURIER, OTHER):
        assert parties(order, courier) == {Party.INVITED}
        assert readable(order, courier) == {Secret.ADDRESS}
    assert not can_see(order, ELSEWHERE)
    assert not can_see(order, Actor(Role.SELLER, 5, "Вера", shop_id=1))


@pytest.mark.requirement("R40")
def test_an_offered_order_is_taken_by_one_and_the_other_reads_by_whom() -> None:
    order = an_order(*IN_SHOP, OFFERED, TAKEN)
    assert order.progress.carrier is not None
    assert (order.progress.carrier.staff_id, order.is_offered) == (COURIER.staff_id, False)
    assert not can_see(order, OTHER)
    assert may_ask(order, OTHER, Step.TAKE)
    assert not may_ask(order, OTHER, Step.ARRIVE)
    assert not may_ask(order, ELSEWHERE, Step.TAKE)
    late = refused(order, TakeOffer(), OTHER)
    assert (late.reason, late.mark) == (Reason.OFFER_TAKEN, order.progress.taken)
    assert refused(order, TakeOffer(), COURIER).reason is Reason.ALREADY


@pytest.mark.requirement("R40")
def test_an_offer_ends_when_somebody_is_named_and_begins_anew_when_it_is_made_again() -> None:
    order = after(an_order(*IN_SHOP, OFFERED), AssignCourier(4, "Пётр"), MANAGER)
    assert refused(order, TakeOffer(), OTHER).reason is Reason.OFFER_OVER
    again = after(order, OfferToCouriers(), MANAGER)
    assert (again.is_offered, again.progress.carrier) == (True, None)
    assert refused(again, OfferToCouriers(), MANAGER).reason is Reason.ALREADY


@pytest.mark.requirement("R40")
def test_nothing_is_offered_that_nobody_carries() -> None:
    pickup = an_order(ACCEPTED, delivery=DeliveryKind.PICKUP)
    assert refused(pickup, OfferToCouriers(), MANAGER).reason is Reason.PICKUP_ONLY
    left = after(an_order(*IN_SHOP, OFFERED, TAKEN), Dispatch(by_self=False), SELLER)
    assert refused(left, TakeOffer(), OTHER).reason is Reason.OFFER_TAKEN


@pytest.mark.requirement("R40", "X4")
def test_who_took_an_order_by_mistake_gives_it_back_to_all() -> None:
    order = after(an_order(*IN_SHOP, OFFERED, TAKEN), Undo("не туда"), COURIER, 6)
    assert order.is_offered
    assert can_see(order, OTHER)


@pytest.mark.requirement("R40")
@pytest.mark.parametrize("way", [(OFFERED, TAKEN), (COURIER_ASSIGNED,)])
def test_what_a_courier_cannot_deliver_is_the_chiefs_again_with_his_reason(way: tuple[Given, ...]) -> None:
    order = an_order(*IN_SHOP, *way)
    assert refused(order, GiveBack("  "), COURIER).reason is Reason.HANDBACK_REASON_NEEDED
    back = after(order, GiveBack(" машина сломалась "), COURIER)
    progress = back.progress
    assert progress.given_back is not None
    assert (progress.given_back.reason, progress.given_back.given.name) == ("машина сломалась", "Пётр")
    assert (back.status, progress.carrier, back.is_offered) == (order.status, None, False)
    assert progress.seller == order.progress.seller
    for courier in (COURIER, OTHER):
        assert not can_see(back, courier)
        assert not may_ask(back, courier, Step.TAKE)
    assert refused(back, Undo("всё же смогу"), MANAGER).reason is Reason.NOTHING_TO_UNDO
    again = after(back, OfferToCouriers(), MANAGER)
    assert after(again, TakeOffer(), COURIER).progress.carrier is not None


@pytest.mark.requirement("R40", "R53")
def test_an_order_is_given_back_by_its_courier_alone_and_not_when_it_has_left() -> None:
    order = an_order(*IN_SHOP, COURIER_ASSIGNED)
    for other in (MANAGER, SELLER, OTHER, ELSEWHERE):
        assert refused(order, GiveBack("не успеет"), other).reason is Reason.NOT_YOURS
    assert refused(an_order(*ON_THE_WAY), GiveBack("не успеваю"), COURIER).reason is Reason.NOT_NOW


@pytest.mark.requirement("R40")
def test_an_offer_that_nobody_takes_is_told_of() -> None:
    order = an_order(*IN_SHOP, OFFERED)
    due = {one.kind: one.due_at for one in deadlines(order, RULES, {})}
    assert order.progress.offered is not None
    assert due[DeadlineKind.OFFER_OPEN] == order.progress.offered.at + timedelta(minutes=RULES.offer_minutes)
    taken = after(order, TakeOffer(), OTHER, 5)
    assert DeadlineKind.OFFER_OPEN not in {one.kind for one in deadlines(taken, RULES, {})}


@pytest.mark.requirement("R52")
@pytest.mark.parametrize("late", LATE_CHOICES)
def test_lateness_counts_from_the_end_of_the_window_or_from_now(late: int) -> None:
    order = an_order(*ON_THE_WAY)
    window = order.details.window
    assert window is not None
    in_time = after(order, SayLate(late), COURIER)
    assert in_time.progress.lateness is not None
    assert in_time.progress.lateness.until == window.end + minutes(late)
    over = after(order, SayLate(late), COURIER, 200)
    assert over.progress.lateness is not None
    assert over.progress.lateness.until == NOON + minutes(200 + late)
    between = after(order, SayLate(late), COURIER, 201.5)
    assert between.progress.lateness is not None
    assert between.progress.lateness.until == NOON + minutes(205 + late)
    no_window = replace(order, details=some_details(window=None))
    without = after(no_window, SayLate(late), MANAGER)
    assert without.progress.lateness is not None
    assert without.progress.lateness.until == NOW + minutes(late)


@pytest.mark.requirement("R52")
def test_who_said_how_late_is_not_asked_before_that() -> None:
    order = an_order(*ON_THE_WAY)
    window = order.details.window
    assert window is not None
    said = after(order, SayLate(30), COURIER)
    due = {one.kind: one.due_at for one in deadlines(said, RULES, {})}
    assert due[DeadlineKind.LATE] == window.end + minutes(30)
    assert refused(said, SayLate(30), COURIER).reason is Reason.ALREADY
    assert after(said, SayLate(45), COURIER).progress.lateness != said.progress.lateness
    assert refused(order, SayLate(7), COURIER).reason is Reason.MINUTES_NEEDED


@pytest.mark.requirement("R90", "R91")
def test_where_nobody_is_it_goes_back_and_to_another_recipient_by_another_courier() -> None:
    order = an_order(*ON_THE_WAY, SAID_LATE, NOBODY_THERE)
    assert refused(order, FindNobody(), COURIER).reason is Reason.ALREADY
    back = after(order, BringBack(), COURIER)
    assert (back.status, back.returning) == (Status.RETURNING, back.progress.brought_back)
    here = after(back, ComeBack(), SELLER)
    assert refused(here, ComeBack(), COURIER).reason is Reason.ALREADY
    other = after(here, AssignCourier(6, "Семён"), MANAGER)
    again = after(other, Redispatch("сестре, Садовая 3", address="Садовая 3"), MANAGER)
    progress = again.progress
    assert again.status is Status.COURIER_LEFT
    assert progress.carrier is not None
    assert progress.carrier.staff_id == 6
    fresh = (progress.nobody_there, progress.lateness, progress.arrived, progress.back_in_shop)
    assert fresh == (None, None, None, None)


@pytest.mark.requirement("R90")
def test_bringing_back_needs_a_reason_unless_nobody_was_there() -> None:
    order = an_order(*ON_THE_WAY)
    assert refused(order, BringBack("  "), COURIER).reason is Reason.RETURN_REASON_NEEDED
    assert after(order, BringBack("адрес неверный"), COURIER).progress.return_reason == "адрес неверный"
    assert an_order(*ON_THE_WAY, REFUSED).returning is not None


@pytest.mark.requirement("X4", "X8")
def test_proofs_are_kept_beside_the_progress_and_are_not_too_many() -> None:
    done = an_order(*ON_THE_WAY, COMPLETED)
    with_proof = after(done, AttachProof("p0", "a.jpg"), COURIER)
    assert [proof.version for proof in with_proof.proofs] == [1]
    assert refused(with_proof, AttachProof("p0", "b.jpg"), COURIER).reason is Reason.SAME_PHOTO
    undone = after(with_proof, Undo("рано"), COURIER, 10)
    assert (undone.status, undone.proofs) == (Status.COURIER_LEFT, with_proof.proofs)
    for number in range(1, MOST_PROOFS):
        with_proof = after(with_proof, AttachProof(f"p{number}", "a.jpg"), COURIER)
    assert refused(with_proof, AttachProof("one more", "a.jpg"), COURIER).reason is Reason.ENOUGH_PROOFS


@pytest.mark.requirement("X3", "X8")
def test_the_photo_of_the_bouquet_that_comes_once_more_is_no_proof() -> None:
    order = an_order(*ON_THE_WAY)
    (photo,) = order.progress.photos
    assert refused(order, AttachProof(photo.sha256, "b.jpg"), COURIER).reason is Reason.SAME_PHOTO


@pytest.mark.requirement("R43", "R45", "R89")
def test_what_couriers_from_outside_say_is_kept_and_puts_off_the_next_question() -> None:
    order = an_order(*IN_SHOP, THIRD_PARTY, window=Window(NOON, NOON + minutes(60)))
    handed = order.progress.handed_over
    assert handed is not None
    pause = minutes(RULES.third_party_minutes)
    due = {one.kind: one.due_at for one in deadlines(order, RULES, {})}
    assert due[DeadlineKind.THIRD_PARTY_CHECK] == handed.at + pause
    said = after(order, NoteCall("Такси", "+79160000099", CallAnswer.ON_THE_WAY), SELLER, 40)
    due = {one.kind: one.due_at for one in deadlines(said, RULES, {})}
    assert due[DeadlineKind.THIRD_PARTY_CHECK] == NOON + minutes(40) + pause
    silent = after(said, NoteCall("Глеб", "", CallAnswer.NO_ANSWER), SELLER, 41)
    assert [call.answer for call in silent.calls] == [CallAnswer.ON_THE_WAY, CallAnswer.NO_ANSWER]
    assert silent.undo == order.undo
