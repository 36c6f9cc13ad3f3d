"""Orders, events and rules as JSON documents, and back.

Old rows stay readable: keys that are not known are passed over, and fields that an old row does not have
take their defaults. The tags of `_EVENTS` are kept in rows, so they never change, whatever a class is called.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from orders.model import phone_access as phones
from orders.model.draft import Draft
from orders.model.order import Mark, Order
from orders.model.rules import ShopRules
from orders.steps import delivery_events as delivered
from orders.steps import events as happened
from storage.db.errors import UnreadableDocument

Kept = Order | ShopRules | Draft | Mark | happened.Event
T = TypeVar("T", bound=Kept)
Document = dict[str, Any]

_TAG = "kind"
_EVENTS: dict[str, type[happened.Event]] = {
    "received": happened.Received,
    "accepted": happened.Accepted,
    "declined": happened.Declined,
    "cancelled": happened.Cancelled,
    "seller_assigned": happened.SellerAssigned,
    "courier_assigned": happened.CourierAssigned,
    "released": happened.Released,
    "photo_attached": happened.PhotoAttached,
    "photos_taken_away": happened.PhotosTakenAway,
    "checked_off": happened.CheckedOff,
    "rated": happened.Rated,
    "dispatched": happened.Dispatched,
    "handed_to_third_party": happened.HandedToThirdParty,
    "picked_up": happened.PickedUp,
    "completed": happened.Completed,
    "recipient_refused": happened.RecipientRefusedOrder,
    "redispatched": happened.Redispatched,
    "hidden": happened.HiddenFromList,
    "amended": happened.Amended,
    "marketplace_told": happened.MarketplaceTold,
    "photo_seen": happened.PhotoSeen,
    "doubt_raised": happened.DoubtRaised,
    "carried_on": happened.CarriedOn,
    "proposed": happened.Proposed,
    "proposal_answered": happened.ProposalAnswered,
    "agreement_in_app": happened.AgreementInApp,
    "surcharge_paid": happened.SurchargePaid,
    "proposal_withdrawn": happened.ProposalWithdrawn,
    "stop_seen": happened.StopSeen,
    "undone": happened.Undone,
    "offered_to_couriers": delivered.OfferedToCouriers,
    "offer_taken": delivered.OfferTaken,
    "gave_back": delivered.GaveBack,
    "arrived": delivered.Arrived,
    "said_late": delivered.SaidLate,
    "nobody_found": delivered.NobodyFound,
    "brought_back": delivered.BroughtBack,
    "came_back": delivered.CameBack,
    "proof_attached": delivered.ProofAttached,
    "call_noted": delivered.CallNoted,
    "remarked": delivered.Remarked,
    "search_started": delivered.SearchStarted,
    "search_called_off": delivered.SearchCalledOff,
    "support_told": delivered.SupportTold,
    "marketplace_courier_came": delivered.MarketplaceCourierCame,
    "cost_noted": delivered.CostNoted,
    "address_asked": delivered.AddressAsked,
    "address_found": delivered.AddressFound,
    "zone_checked": delivered.ZoneChecked,
    "phone_asked": phones.PhoneAsked,
    "phone_allowed": phones.PhoneAllowed,
    "phone_refused": phones.PhoneRefused,
    "phone_call_noted": phones.PhoneCallNoted,
}
_TAGS = {event: tag for tag, event in _EVENTS.items()}
_adapters: dict[type[Any], TypeAdapter[Any]] = {}


def order_document(order: Order) -> Document:
    """The whole order as a JSON object."""
    return _dump(order)


def read_order(document: Document) -> Order:
    """The order of a document; raises UnreadableDocument."""
    return _load(Order, document)


def event_document(event: happened.Event) -> Document:
    """The event as a JSON object with its tag."""
    return {_TAG: event_tag(event), **_dump(event)}


def read_event(document: Document) -> happened.Event:
    """The event of a document; raises UnreadableDocument, also for a tag that is not known."""
    tag = document.get(_TAG)
    event = _EVENTS.get(tag) if isinstance(tag, str) else None
    if event is None:
        raise UnreadableDocument("Event", f"tag {tag!r} is not known")
    return _load(event, document)


def event_tag(event: happened.Event) -> str:
    """The name under which events of this kind are kept."""
    return _TAGS[type(event)]


def rules_document(rules: ShopRules) -> Document:
    """A shop's rules as a JSON object."""
    return _dump(rules)


def read_rules(document: Document) -> ShopRules:
    """The rules of a document; raises UnreadableDocument."""
    return _load(ShopRules, document)


def draft_document(draft: Draft) -> Document:
    """A draft as a JSON object."""
    return _dump(draft)


def read_draft(document: Document) -> Draft:
    """The draft of a document; raises UnreadableDocument."""
    return _load(Draft, document)


def mark_document(mark: Mark) -> Document:
    """Who did something, and when, as a JSON object."""
    return _dump(mark)


def read_mark(document: Document) -> Mark:
    """The mark of a document; raises UnreadableDocument."""
    return _load(Mark, document)


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Made when it is first asked for: all of them together hold up the start."""
    found = _adapters.get(kind)
    if found is None:
        found = _adapters[kind] = TypeAdapter(kind)
    return found


def _dump(value: Kept) -> Document:
    document: Document = _adapter(type(value)).dump_python(value, mode="json")
    return document


def _load(kind: type[T], document: Document) -> T:
    try:
        found: T = _adapter(kind).validate_python(document)
    except ValidationError as error:
        raise UnreadableDocument(kind.__name__, _why(error)) from None  # the cause would show the values
    return found


def _why(error: ValidationError) -> str:
    """Which fields are wrong, and how; never what stands in them (R63)."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['type']}" for one in found)
