"""A third-party courier keeps the rules of the shop's own: photo, contact, leaving, lateness, money."""

from __future__ import annotations

import pytest

from orders.model.details import DeliveryKind
from orders.model.order import Handover
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps.delivery_commands import SayCode
from tests.builders import (
    ACCEPTED,
    MANAGER,
    PHOTO_ATTACHED,
    PICKED_UP,
    SELLER_ASSIGNED,
    THIRD_PARTY,
    Given,
    an_order,
)

READY = (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED)
DELIVERED: Given = (do.Complete(Handover.IN_PERSON), MANAGER)


def refused(*given: Given, **changes: object) -> Reason:
    """Why the last of the commands is not granted."""
    order = an_order(*given[:-1], **changes)
    with pytest.raises(Refusal) as found:
        an_order(*given, **changes)
    assert order.status is not Status.DONE
    return found.value.reason


@pytest.mark.requirement("R43")
@pytest.mark.parametrize("phone", ["", "+79160000099"])
@pytest.mark.parametrize("link", ["", "https://track.example/7"])
def test_a_bare_name_is_not_enough_to_reach_somebody(phone: str, link: str) -> None:
    handed: Given = (do.HandToThirdParty("Иван", phone, link), MANAGER)
    if not (phone or link):
        assert refused(*READY, handed) is Reason.CONTACT_NEEDED
        handed = (do.HandToThirdParty("Иван", has_no_contact=True), MANAGER)
    carrier = an_order(*READY, handed).progress.carrier
    assert carrier is not None
    assert (carrier.phone, carrier.link) == (phone, link)


@pytest.mark.requirement("R38")
def test_leaving_with_a_third_party_without_the_photo_needs_a_reason_that_is_kept() -> None:
    assert refused(ACCEPTED, THIRD_PARTY, PICKED_UP) is Reason.PHOTO_REASON_NEEDED
    left = an_order(ACCEPTED, THIRD_PARTY, (do.PickUp(" клиент спешит "), MANAGER))
    assert left.progress.left_without_photo == "клиент спешит"
    done = an_order(ACCEPTED, THIRD_PARTY, (do.PickUp("клиент спешит"), MANAGER), DELIVERED)
    assert done.status is Status.DONE
    assert done.progress.left_without_photo == "клиент спешит"
    assert an_order(*READY, THIRD_PARTY, PICKED_UP).progress.left_without_photo == ""


@pytest.mark.requirement("R38")
@pytest.mark.parametrize("way", [(), (THIRD_PARTY,)], ids=["pickup", "third party"])
def test_an_order_that_skips_courier_left_is_not_done_without_photo_or_reason(way: tuple[Given, ...]) -> None:
    kind = DeliveryKind.COURIER if way else DeliveryKind.PICKUP
    assert refused(ACCEPTED, *way, DELIVERED, delivery=kind) is Reason.PHOTO_REASON_NEEDED
    code: tuple[Given, ...] = () if way else ((SayCode("1234"), MANAGER),)  # of the pick-up
    said: Given = (do.Complete(Handover.IN_PERSON, without_photo="забрал раньше"), MANAGER)
    done = an_order(ACCEPTED, *way, *code, said, delivery=kind)
    assert done.progress.left_without_photo == "забрал раньше"
    assert done.progress.completion is not None
    assert done.progress.completion.reason == ""
    assert an_order(*READY, *way, *code, DELIVERED, delivery=kind).status is Status.DONE


@pytest.mark.requirement("R58", "R41")
def test_what_the_third_party_has_taken_is_not_declined_nor_taken_twice() -> None:
    decline: Given = (do.Decline("нет пионов"), MANAGER)
    assert an_order(*READY, THIRD_PARTY, decline).status is Status.DECLINED
    assert refused(*READY, THIRD_PARTY, PICKED_UP, decline) is Reason.WITH_THIRD_PARTY
    assert refused(*READY, THIRD_PARTY, PICKED_UP, PICKED_UP) is Reason.ALREADY
    assert refused(*READY, PICKED_UP) is Reason.NO_THIRD_PARTY


@pytest.mark.requirement("R43")
def test_a_contact_that_comes_later_leaves_the_mark_and_another_courier_takes_it_anew() -> None:
    left = (*READY, (do.HandToThirdParty("Такси", has_no_contact=True), MANAGER), PICKED_UP)
    assert an_order(*left, THIRD_PARTY).left_with_third_party
    assert not an_order(*left, (do.HandToThirdParty("Сосед", "+79160000097"), MANAGER)).left_with_third_party
