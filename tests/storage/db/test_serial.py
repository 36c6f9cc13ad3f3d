from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest

from orders.model.money import Money
from orders.model.rules import ShopRules
from orders.steps.events import Change, Event, Received
from storage.db import serial
from storage.db.errors import UnreadableDocument
from tests.builders import (
    ACCEPTED,
    AGREED,
    ASKED_FOR_MORE,
    BILL_SENT,
    COURIER_ASSIGNED,
    EXTRA_PAID,
    GIVEN_BACK,
    LONG_WAY,
    SELLER_ASSIGNED,
    a_story,
    an_order,
    one_of_each,
)


@pytest.mark.parametrize("event", one_of_each(), ids=lambda event: type(event).__name__)
def test_every_event_comes_back_from_its_document(event: Event) -> None:
    assert serial.read_event(serial.event_document(event)) == event


def test_there_is_an_example_and_a_tag_of_every_event() -> None:
    kinds = {Received, *get_args(Change)}
    assert {type(event) for event in one_of_each()} == kinds
    assert len({serial.event_tag(event) for event in one_of_each()}) == len(kinds)


TAGS = {
    "Accepted": "accepted",
    "AddressAsked": "address_asked",
    "AddressFound": "address_found",
    "AgreementInApp": "agreement_in_app",
    "Amended": "amended",
    "Arrived": "arrived",
    "BroughtBack": "brought_back",
    "CallNoted": "call_noted",
    "CameBack": "came_back",
    "Cancelled": "cancelled",
    "CarriedOn": "carried_on",
    "CheckedOff": "checked_off",
    "CodeSaid": "code_said",
    "Completed": "completed",
    "CostNoted": "cost_noted",
    "CourierAssigned": "courier_assigned",
    "Declined": "declined",
    "Dispatched": "dispatched",
    "DisputeAnswered": "dispute_answered",
    "DisputeOpened": "dispute_opened",
    "DisputeSettled": "dispute_settled",
    "DoubtRaised": "doubt_raised",
    "GaveBack": "gave_back",
    "GiftGiven": "gift_given",
    "GiftTakenOut": "gift_taken_out",
    "HandedToThirdParty": "handed_to_third_party",
    "HiddenFromList": "hidden",
    "LineFlagged": "line_flagged",
    "MarketplaceCourierCame": "marketplace_courier_came",
    "MarketplaceTold": "marketplace_told",
    "NobodyFound": "nobody_found",
    "OfferTaken": "offer_taken",
    "OfferedToCouriers": "offered_to_couriers",
    "PhoneAllowed": "phone_allowed",
    "PhoneAsked": "phone_asked",
    "PhoneCallNoted": "phone_call_noted",
    "PhoneRefused": "phone_refused",
    "PhotoAttached": "photo_attached",
    "PhotoSeen": "photo_seen",
    "PhotosTakenAway": "photos_taken_away",
    "PickedUp": "picked_up",
    "ProofAttached": "proof_attached",
    "ProofChosen": "proof_chosen",
    "ProposalAnswered": "proposal_answered",
    "ProposalWithdrawn": "proposal_withdrawn",
    "Proposed": "proposed",
    "Rated": "rated",
    "Received": "received",
    "RecipientRefusedOrder": "recipient_refused",
    "Redispatched": "redispatched",
    "Released": "released",
    "Remarked": "remarked",
    "SaidLate": "said_late",
    "SearchCalledOff": "search_called_off",
    "SearchStarted": "search_started",
    "SellerAssigned": "seller_assigned",
    "StopSeen": "stop_seen",
    "SupportTold": "support_told",
    "SurchargePaid": "surcharge_paid",
    "Undone": "undone",
    "ZoneChecked": "zone_checked",
}
"""The tags of the events in the stored rows. Rows with them exist, so that only additions are allowed."""


def test_the_tags_in_stored_rows_never_change() -> None:
    assert {type(event).__name__: serial.event_tag(event) for event in one_of_each()} == TAGS


def test_an_order_comes_back_with_all_that_happened_to_it() -> None:
    order = an_order(*LONG_WAY, id=7)
    assert serial.read_order(serial.order_document(order)) == order


def test_what_was_agreed_comes_back_and_an_older_order_has_none_of_it() -> None:
    asked = (ACCEPTED, SELLER_ASSIGNED, ASKED_FOR_MORE, AGREED, BILL_SENT, EXTRA_PAID)
    order = an_order(*asked)
    document = serial.order_document(order)
    assert order.agreements
    assert serial.read_order(document) == order
    del document["agreements"], document["stopped"]
    older = serial.read_order(document)
    assert (older.agreements, older.stopped) == ((), None)
    completed = serial.event_document(a_story(*LONG_WAY)[1][-1])
    del completed["agreement_noted"]
    assert serial.event_document(serial.read_event(completed))["agreement_noted"] is False


def test_what_a_courier_gave_back_comes_back_and_an_older_order_has_none_of_it() -> None:
    order = an_order(ACCEPTED, COURIER_ASSIGNED, GIVEN_BACK)
    document = serial.order_document(order)
    assert order.progress.given_back is not None
    assert serial.read_order(document) == order
    del document["progress"]["given_back"]
    assert serial.read_order(document).progress.given_back is None


def test_rules_come_back_with_exact_rates() -> None:
    rules = ShopRules(
        commission_percent=Decimal("20.10"), delivery_fee=Money(30_000), accept_reminders=(1, 2.5)
    )
    assert serial.read_rules(serial.rules_document(rules)) == rules


def test_a_document_with_keys_of_a_later_version_is_read() -> None:
    order = an_order()
    document = serial.order_document(order)
    document["mood"] = "fine"
    document["details"]["lines"][0]["colour"] = "pink"
    assert serial.read_order(document) == order


def test_a_document_of_an_earlier_version_takes_the_defaults() -> None:
    document = serial.order_document(an_order())
    for name in ("undo", "marketplace_status", "version"):
        del document[name]
    del document["details"]["card_text"]
    del document["progress"]["hidden"]
    del document["progress"]["handed_over"]
    order = serial.read_order(document)
    assert order.progress.handed_over is None
    assert (order.undo, order.version, order.details.card_text, order.progress.hidden) == (None, 1, "", False)
    assert serial.read_rules({}) == ShopRules()


@pytest.mark.parametrize("document", [{}, {"kind": "abducted"}, {"kind": ["received"]}, {"kind": "accepted"}])
def test_a_document_that_is_no_event_is_refused(document: serial.Document) -> None:
    with pytest.raises(UnreadableDocument):
        serial.read_event(document)


def test_a_damaged_order_is_refused() -> None:
    document = serial.order_document(an_order())
    document["progress"]["status"] = "lost"
    with pytest.raises(UnreadableDocument, match="Order"):
        serial.read_order(document)
