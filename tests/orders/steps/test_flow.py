"""What the table cannot say: each refusal, and what a granted wish leaves behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from orders.model.details import Category, DeliveryKind
from orders.model.order import Carrier, CarrierKind, Handover, Mark, Order
from orders.model.people import MARKETPLACE, Actor
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps import events as happened
from orders.steps.commands import Command
from orders.steps.flow import apply, decide, receive
from tests.builders import (
    ACCEPTED,
    CANCELLED,
    CLIENT,
    COMPLETED,
    COURIER,
    COURIER_ASSIGNED,
    DECLINED,
    DIRECTOR,
    DISPATCHED,
    HIDDEN,
    MANAGER,
    NOON,
    ON_THE_WAY,
    PHOTO_ATTACHED,
    REDISPATCHED,
    REFUSED,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    THIRD_PARTY,
    UNDONE,
    Given,
    a_line,
    a_mark,
    a_receipt,
    an_order,
    minutes,
    some_details,
)

LATER = NOON + minutes(20)
IN_WORK = (ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED)
IN_PERSON = do.Complete(Handover.IN_PERSON)
NO_PHOTO_STEP = (a_line(category=Category.OTHER),)
TO_NEIGHBOUR = do.Complete(Handover.THIRD_PERSON, "соседка")


def refused(order: Order, command: Command, actor: Actor) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        decide(order, command, actor, LATER, RULES)
    return refusal.value


def after(order: Order, command: Command, actor: Actor) -> Order:
    return apply(order, decide(order, command, actor, LATER, RULES))


@pytest.mark.requirement("R24", "R32", "R38", "R41", "R43", "R53", "R56", "R57", "R91")
@pytest.mark.parametrize(
    ("way", "command", "actor", "reason"),
    [
        ((ACCEPTED,), do.Accept(), DIRECTOR, Reason.ALREADY),
        (IN_WORK, do.AssignSeller(3, "Оля"), MANAGER, Reason.ALREADY),
        (IN_WORK, do.AssignCourier(4, "Пётр"), MANAGER, Reason.ALREADY),
        ((CANCELLED, HIDDEN), do.Hide(), MANAGER, Reason.ALREADY),
        ((*IN_WORK, PHOTO_ATTACHED), PHOTO_ATTACHED[0], SELLER, Reason.SAME_PHOTO),
        ((*IN_WORK, PHOTO_ATTACHED), do.Rate(liked=False, complaint=" "), CLIENT, Reason.COMPLAINT_NEEDED),
        (IN_WORK, do.Dispatch(by_self=False, reason=" "), SELLER, Reason.PHOTO_REASON_NEEDED),
        ((*IN_WORK[:2], PHOTO_ATTACHED), do.Dispatch(by_self=False), MANAGER, Reason.COURIER_NEEDED),
        ((ACCEPTED, THIRD_PARTY), do.Dispatch(by_self=False, reason="да"), MANAGER, Reason.WITH_THIRD_PARTY),
        ((), do.Decline(" "), MANAGER, Reason.DECLINE_REASON_NEEDED),
        ((ACCEPTED,), do.HandToThirdParty(" "), MANAGER, Reason.NAME_NEEDED),
        (IN_WORK, IN_PERSON, MANAGER, Reason.NOT_LEFT_YET),
        (ON_THE_WAY, IN_PERSON, MANAGER, Reason.CARRIER_REASON_NEEDED),
        (ON_THE_WAY, IN_PERSON, SELLER, Reason.CARRIER_REASON_NEEDED),
        (ON_THE_WAY, TO_NEIGHBOUR, COURIER, Reason.AGREEMENT_NEEDED),
        *(
            (
                ON_THE_WAY,
                do.Complete(Handover.THIRD_PERSON, nobody, agreed_with_client=True, agreed_words="да"),
                COURIER,
                Reason.COMMENT_NEEDED,
            )
            for nobody in (" ", ".", "14", "👍")
        ),
        ((*ON_THE_WAY, REFUSED), do.Redispatch(" "), MANAGER, Reason.CHANGE_NEEDED),
    ],
)  # fmt: skip
def test_a_wish_that_lacks_something_is_refused_with_what_it_lacks(
    way: Sequence[Given], command: Command, actor: Actor, reason: Reason
) -> None:
    order = an_order(*way)
    assert refused(order, command, actor).reason is reason


@pytest.mark.requirement("R24")
def test_goods_without_the_photo_step_take_no_photo_and_leave_without_one() -> None:
    order = an_order(*IN_WORK, lines=NO_PHOTO_STEP)
    assert refused(order, *PHOTO_ATTACHED).reason is Reason.NO_PHOTO_STEP
    left = after(order, do.Dispatch(by_self=False, reason="просто так"), SELLER)
    assert left.status is Status.COURIER_LEFT
    assert left.progress.left_without_photo == ""


@pytest.mark.requirement("R18")
def test_whoever_is_too_late_reads_who_was_quicker() -> None:
    quicker = Mark(NOON + minutes(1), MANAGER.role, MANAGER.staff_id, MANAGER.name)
    for way, command in (
        ((ACCEPTED,), do.Accept()),
        ((DECLINED,), do.Accept()),
        ((DECLINED,), do.Cancel()),
    ):
        refusal = refused(an_order(*way), command, DIRECTOR)
        assert (refusal.reason, refusal.mark) == (Reason.ALREADY, quicker)
    left = an_order(*ON_THE_WAY)
    assert refused(left, *DISPATCHED).mark == left.progress.dispatched
    done = an_order(*ON_THE_WAY, COMPLETED)
    assert done.progress.completion is not None
    assert refused(done, IN_PERSON, COURIER).mark == done.progress.completion.done


@pytest.mark.requirement("R20", "R40")
def test_another_seller_or_courier_takes_the_place_of_the_one_before() -> None:
    order = after(an_order(*IN_WORK), do.AssignSeller(5, "Вера"), MANAGER)
    order = after(order, do.AssignCourier(6, "Иван"), replace(SELLER, staff_id=5, name="Вера"))
    assert order.progress.seller is not None
    assert order.progress.seller.name == "Вера"
    assert order.progress.carrier == Carrier(CarrierKind.COURIER, "Иван", 6)
    assert refused(order, *PHOTO_ATTACHED).reason is Reason.NOT_YOURS


@pytest.mark.requirement("R39", "R53")
def test_who_delivers_it_himself_is_its_carrier_and_finishes_without_a_reason() -> None:
    left = after(an_order(*IN_WORK, PHOTO_ATTACHED), do.Dispatch(by_self=True), SELLER)
    assert left.progress.carrier == Carrier(CarrierKind.SELF, "Оля", 3)
    assert after(left, IN_PERSON, SELLER).status is Status.DONE
    assert refused(left, IN_PERSON, COURIER).reason is Reason.NOT_YOURS


@pytest.mark.requirement("R38")
def test_why_it_left_without_a_photo_is_kept() -> None:
    left = after(an_order(*IN_WORK), do.Dispatch(by_self=False, reason=" клиент спешит "), SELLER)
    assert left.progress.left_without_photo == "клиент спешит"


@pytest.mark.requirement("R33")
def test_a_new_photo_is_the_next_version_and_waits_for_its_own_rating() -> None:
    first = an_order(*IN_WORK, PHOTO_ATTACHED)
    disliked = after(first, do.Rate(liked=False, complaint=" темно "), CLIENT)
    assert disliked.progress.rating is not None
    assert (disliked.progress.rating.complaint, disliked.progress.rating.photo_version) == ("темно", 1)
    second = after(disliked, do.AttachPhoto("cd", "p/2.jpg"), SELLER)
    assert [photo.version for photo in second.progress.photos] == [1, 2]
    assert second.progress.rating is None


@pytest.mark.requirement("R41", "R43")
def test_a_third_party_leaves_the_status_and_can_be_replaced_by_going_oneself() -> None:
    order = an_order(ACCEPTED, THIRD_PARTY)
    assert order.status is Status.ACCEPTED
    assert order.progress.carrier == Carrier(CarrierKind.THIRD_PARTY, "Такси", phone="+79160000099")
    assert (
        after(order, do.Dispatch(by_self=True, reason="такси не едет"), MANAGER).status is Status.COURIER_LEFT
    )


@pytest.mark.requirement("R53", "R56", "R57")
def test_the_handover_is_kept_with_comment_and_reason() -> None:
    told = do.Complete(
        Handover.THIRD_PERSON, " соседка ", agreed_with_client=True, agreed_words="да", reason=" сел телефон "
    )
    done = after(an_order(*ON_THE_WAY), told, MANAGER).progress.completion
    assert done is not None
    assert (done.handover, done.comment, done.reason) == (Handover.THIRD_PERSON, "соседка", "сел телефон")
    assert (done.done.name, done.done.at) == ("Анна", LATER)


@pytest.mark.requirement("R90", "R91")
def test_a_refused_order_goes_back_and_out_again_as_the_client_agreed() -> None:
    back = an_order(*ON_THE_WAY, REFUSED)
    assert (back.status, back.progress.refusal_note) == (Status.RETURNING, "не ждёт")
    out = after(back, do.Redispatch(" соседке ", same_address=True), MANAGER)
    assert (out.status, out.progress.agreed_change) == (Status.COURIER_LEFT, "соседке")
    assert out.progress.carrier == back.progress.carrier


def test_since_is_when_the_status_changed_and_marks_do_not_move_it() -> None:
    order = an_order(ACCEPTED, SELLER_ASSIGNED)
    assert order.progress.since == NOON + minutes(1)
    undone = an_order(ACCEPTED, UNDONE)
    assert (undone.status, undone.progress.since) == (Status.NEW, NOON)


def test_an_order_begins_new_at_version_one_and_never_before_it_was_placed() -> None:
    receipt = a_receipt(number="42")
    order = receive(9, 1, receipt, NOON - minutes(3))
    assert (order.id, order.number, order.status, order.version) == (9, "42", Status.NEW, 1)
    assert (order.placed_at, order.received_at, order.progress.since) == (NOON - minutes(3), NOON, NOON)
    assert receive(9, 1, receipt, NOON + minutes(3)).placed_at == NOON


@pytest.mark.requirement("X4")
def test_the_marketplace_is_known_to_have_what_it_did_itself() -> None:
    assert an_order(ACCEPTED).marketplace_status is Status.NEW
    assert an_order((do.Accept(), MARKETPLACE)).marketplace_status is Status.ACCEPTED
    assert an_order((do.Cancel(), MARKETPLACE)).marketplace_status is Status.CANCELLED


@pytest.mark.requirement("X1")
def test_new_details_take_the_place_of_the_old_ones() -> None:
    changed = some_details(address="Садовая 7", courier_note="")
    order = after(an_order(*IN_WORK), do.Amend(changed), MARKETPLACE)
    assert (order.details, order.status) == (changed, Status.ACCEPTED)
    assert refused(order, do.Amend(changed), MARKETPLACE).reason is Reason.ALREADY
    assert an_order(*IN_WORK, (do.Amend(changed), MARKETPLACE), UNDONE).details == changed


@pytest.mark.requirement("X1", "X4")
def test_what_the_marketplace_has_never_goes_backwards() -> None:
    order = after(an_order(*ON_THE_WAY), do.MarketplaceHas(Status.PHOTO), MARKETPLACE)
    assert (order.marketplace_status, order.is_ahead) == (Status.PHOTO, True)
    for status in (Status.NEW, Status.ACCEPTED, Status.PHOTO):
        assert refused(order, do.MarketplaceHas(status), MARKETPLACE).reason is Reason.ALREADY
    order = after(order, do.MarketplaceHas(Status.COURIER_LEFT), COURIER)
    assert (order.marketplace_status, order.is_ahead) == (Status.COURIER_LEFT, False)
    back = after(order, do.RecipientRefused("не ждёт"), COURIER)
    assert not back.is_ahead


@pytest.mark.requirement("X1", "X4")
def test_a_person_speaks_for_the_marketplace_only_as_far_as_the_order_is() -> None:
    order = an_order(ACCEPTED)
    assert refused(order, do.MarketplaceHas(Status.DONE), MANAGER).reason is Reason.NOT_NOW
    by_hand = an_order(ACCEPTED, marketplace_status=None)
    assert refused(by_hand, do.MarketplaceHas(Status.ACCEPTED), MANAGER).reason is Reason.NOT_NOW
    assert not by_hand.is_ahead
    known = after(by_hand, do.MarketplaceHas(Status.ACCEPTED), MARKETPLACE)
    assert known.marketplace_status is Status.ACCEPTED


@pytest.mark.requirement("X4")
def test_a_step_that_the_marketplace_has_by_now_cannot_be_taken_back() -> None:
    for known in (Status.ACCEPTED, Status.PHOTO):
        order = an_order(ACCEPTED, (do.MarketplaceHas(known), MARKETPLACE))
        with pytest.raises(Refusal) as refusal:
            decide(order, do.Undo("не тот"), MANAGER, NOON + minutes(5), RULES)
        assert refusal.value.reason is Reason.MARKETPLACE_KNOWS
    told = (do.MarketplaceHas(Status.COURIER_LEFT), MARKETPLACE)
    assert an_order(*ON_THE_WAY, REFUSED, REDISPATCHED, told, UNDONE).status is Status.RETURNING


def test_a_mark_holds_the_name_of_then() -> None:
    order = an_order(ACCEPTED)
    assert order.progress.accepted == a_mark(MANAGER, NOON + minutes(1))


def test_a_rating_without_any_photo_is_refused() -> None:
    order = an_order(status=Status.PHOTO)
    assert refused(order, do.Rate(liked=True), CLIENT).reason is Reason.NO_PHOTO_YET


@pytest.mark.requirement("R66")
@pytest.mark.parametrize("handover", [Handover.IN_PERSON, Handover.THIRD_PERSON])
def test_what_is_handed_over_long_before_the_window_needs_the_clients_word(handover: Handover) -> None:
    order, rules = an_order(*ON_THE_WAY), ShopRules()
    window = order.details.window
    assert window is not None
    done = do.Complete(handover, "соседке", agreed_with_client=True, agreed_words="да")
    early = window.start - minutes(16)
    with pytest.raises(Refusal) as refused:
        decide(order, done, COURIER, early, rules)
    assert refused.value.reason is Reason.EARLY_NEEDED
    event = decide(order, replace(done, early=" да, согласен "), COURIER, early, rules)
    assert isinstance(event, happened.Completed)
    completion = apply(order, event).progress.completion
    assert completion is not None
    assert completion.early == "да, согласен"

    for at in (window.start - minutes(15), window.end):
        event = decide(order, replace(done, early="да"), COURIER, at, rules)
        assert isinstance(event, happened.Completed)
        assert event.early == ""
    soon = replace(order, details=replace(order.details, as_soon_as_possible=True))
    decide(soon, done, COURIER, early, rules)


@pytest.mark.requirement("R66")
def test_a_pickup_and_a_third_party_courier_are_asked_the_same() -> None:
    pickup = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, delivery=DeliveryKind.PICKUP)
    for order in (pickup, an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, THIRD_PARTY)):
        with pytest.raises(Refusal) as refused:
            decide(order, do.Complete(Handover.IN_PERSON), MANAGER, NOON + minutes(5), ShopRules())
        assert refused.value.reason is Reason.EARLY_NEEDED
