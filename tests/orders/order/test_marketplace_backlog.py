"""What the marketplace is still to be told: by which call, or by somebody's hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from orders.model.details import DeliveryKind
from orders.model.order import Handover, Order
from orders.model.status import Status
from orders.order.marketplace_backlog import by_hand, next_call, shows_by_itself
from orders.steps import commands as do
from tests.builders import (
    ACCEPTED,
    CANCELLED,
    COMPLETED,
    DECLINED,
    MANAGER,
    ON_THE_WAY,
    PHOTO_ATTACHED,
    REFUSED,
    SELLER_ASSIGNED,
    THIRD_PARTY,
    Given,
    an_order,
)

IN_PERSON: Given = (do.Complete(Handover.IN_PERSON), MANAGER)
PHOTO = (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED)
DONE = (*ON_THE_WAY, COMPLETED)
BY_THIRD_PARTY = (*PHOTO, THIRD_PARTY, IN_PERSON)


def calls(order: Order, *, skipping: bool = True) -> list[Status]:
    """All that would be called for, if each call were taken."""
    found: list[Status] = []
    known = order.marketplace_status
    while (status := next_call(an_order_known(order, known), skipping=skipping)) is not None:
        found.append(status)
        known = status
    return found


def an_order_known(order: Order, known: Status | None) -> Order:
    return replace(order, marketplace_status=known)


@pytest.mark.requirement("X1", "R41")
@pytest.mark.parametrize(
    ("way", "known", "expected"),
    [
        ((), Status.NEW, ""),
        ((ACCEPTED,), Status.NEW, "accepted"),
        ((ACCEPTED,), Status.ACCEPTED, ""),
        (PHOTO, Status.NEW, "accepted"),
        (PHOTO, Status.PHOTO, ""),
        (ON_THE_WAY, Status.NEW, "accepted courier_left"),
        (ON_THE_WAY, Status.PHOTO, "courier_left"),
        ((*ON_THE_WAY, REFUSED), Status.ACCEPTED, "courier_left"),
        (DONE, Status.NEW, "accepted courier_left done"),
        (DONE, Status.COURIER_LEFT, "done"),
        (DONE, Status.DONE, ""),
        (BY_THIRD_PARTY, Status.ACCEPTED, "done"),
        ((*PHOTO, THIRD_PARTY), Status.ACCEPTED, ""),
        ((ACCEPTED, CANCELLED), Status.NEW, ""),
        ((ACCEPTED, DECLINED), Status.ACCEPTED, ""),
        (DONE, None, ""),
    ],
)
def test_the_calls_that_are_missing_are_called_for_in_turn(
    way: Sequence[Given], known: Status | None, expected: str
) -> None:
    assert calls(an_order_known(an_order(*way), known)) == expected.split()


@pytest.mark.requirement("R41", "R54")
def test_where_the_marketplace_insists_nothing_is_skipped() -> None:
    assert calls(an_order(*BY_THIRD_PARTY), skipping=False) == ["accepted", "courier_left", "done"]
    end: Given = (do.Complete(Handover.IN_PERSON, without_photo="-", without_proof="нет кода"), MANAGER)
    pickup = an_order(ACCEPTED, end, delivery=DeliveryKind.PICKUP)
    assert calls(pickup) == ["accepted", "done"]


@pytest.mark.requirement("X1")
@pytest.mark.parametrize("status", Status)
def test_photo_cancellation_and_decline_are_marked_by_hand(status: Status) -> None:
    order = an_order(status=status)
    assert by_hand(order) is (status in {Status.PHOTO, Status.CANCELLED, Status.DECLINED})
    assert shows_by_itself(order) is (status is Status.PHOTO)
    for known in (status, None):
        assert not by_hand(an_order_known(order, known))
