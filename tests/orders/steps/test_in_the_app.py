"""What is done in the marketplace's own app: the order follows, whoever carries it and however it ended."""

from __future__ import annotations

import pytest

from orders.model.details import Category, DeliveryKind
from orders.model.order import Handover, Order
from orders.model.people import MARKETPLACE, Role
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from orders.schedule.deadlines import DeadlineKind, deadlines
from orders.steps import commands as do
from tests.builders import (
    ACCEPTED,
    COURIER_ASSIGNED,
    DISPATCHED,
    MANAGER,
    NOON,
    PHOTO_ATTACHED,
    REFUSED,
    RULES,
    SELLER_ASSIGNED,
    THIRD_PARTY,
    Given,
    a_line,
    an_order,
)

LEFT_THERE: Given = (do.Dispatch(by_self=False), MARKETPLACE)
DONE_THERE: Given = (do.Complete(Handover.IN_APP), MARKETPLACE)
PHOTO_THERE: Given = (do.MarketplaceHas(Status.PHOTO), MARKETPLACE)
OUT: Given = (do.Dispatch(by_self=True), MANAGER)


def refused(*commands: Given, **changes: object) -> Reason:
    with pytest.raises(Refusal) as refusal:
        an_order(*commands, **changes)
    return refusal.value.reason


@pytest.mark.requirement("X1")
def test_an_order_leaves_in_the_app_without_a_photo_and_whoever_carries_it() -> None:
    nobody = an_order(ACCEPTED, LEFT_THERE)
    pyotr = an_order(ACCEPTED, COURIER_ASSIGNED, LEFT_THERE)

    assert (nobody.status, nobody.progress.carrier) == (Status.COURIER_LEFT, None)
    assert pyotr.progress.carrier is not None
    assert nobody.marketplace_status is Status.COURIER_LEFT
    assert refused(ACCEPTED, THIRD_PARTY, LEFT_THERE) is Reason.WITH_THIRD_PARTY
    assert refused(ACCEPTED, LEFT_THERE, delivery=DeliveryKind.PICKUP) is Reason.PICKUP_ONLY


@pytest.mark.requirement("X1", "R53")
@pytest.mark.parametrize(
    "way",
    [
        (ACCEPTED,),
        (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED),
        (ACCEPTED, LEFT_THERE),
        (ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED, PHOTO_ATTACHED, DISPATCHED),
        (ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED, PHOTO_ATTACHED, DISPATCHED, REFUSED),
    ],
)
def test_an_order_is_finished_in_the_app_from_wherever_it_is(way: tuple[Given, ...]) -> None:
    order = an_order(*way, DONE_THERE)

    assert (order.status, order.marketplace_status) == (Status.DONE, Status.DONE)
    assert order.progress.completion is not None
    assert order.progress.completion.handover is Handover.IN_APP
    assert order.progress.completion.done.role is Role.MARKETPLACE


def test_people_say_how_it_was_handed_over() -> None:
    way = (ACCEPTED, (do.Dispatch(by_self=True, reason="спешит"), MANAGER))

    assert refused(*way, (do.Complete(Handover.IN_APP), MANAGER)) is Reason.NOT_YOURS


def test_a_photo_that_was_uploaded_in_the_app_is_not_asked_for_again() -> None:
    def photo_due(order: Order) -> bool:
        return DeadlineKind.PHOTO_DUE in {one.kind for one in deadlines(order, RULES, {})}

    before, after = an_order(ACCEPTED), an_order(ACCEPTED, PHOTO_THERE)
    assert (photo_due(before), photo_due(after)) == (True, False)
    assert (before.lacks_photo, after.lacks_photo) == (True, False)
    assert refused(ACCEPTED, OUT) is Reason.PHOTO_REASON_NEEDED
    left = an_order(ACCEPTED, PHOTO_THERE, OUT)
    assert (left.status, left.progress.left_without_photo) == (Status.COURIER_LEFT, "")
    assert not an_order(lines=(a_line(category=Category.OTHER),)).lacks_photo


def test_the_marketplace_is_not_thought_to_know_less_for_catching_up_step_by_step() -> None:
    order = an_order((do.MarketplaceHas(Status.PHOTO), MARKETPLACE), (do.Accept(), MARKETPLACE))

    assert (order.status, order.marketplace_status) == (Status.ACCEPTED, Status.PHOTO)
    assert order.placed_at == NOON
