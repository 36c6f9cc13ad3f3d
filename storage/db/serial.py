"""Orders, events and rules as JSON documents, and back.

Old rows stay readable: keys that are not known are passed over, and fields that an old row does not have
take their defaults. The tag of an event is the name of its class in snake_case. Tags are kept in rows, so
they never change: a class that gets another name gets a row in `_KEPT_TAGS`.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError

from orders.model.draft import Draft
from orders.model.order import Mark, Order
from orders.model.rules import ShopRules
from orders.model.tables import whole_table
from orders.steps import events as happened
from storage.db.errors import UnreadableDocument

Kept = Order | ShopRules | Draft | Mark | happened.Event
T = TypeVar("T", bound=Kept)
Document = dict[str, Any]

_TAG = "kind"


def _snake_case(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


_KEPT_TAGS: dict[type[happened.Event], str] = {
    happened.RecipientRefusedOrder: "recipient_refused",
    happened.HiddenFromList: "hidden",
}
"""Tags that do not follow from the name of the class."""
_TAGS: dict[type[happened.Event], str] = {
    event: _KEPT_TAGS.get(event) or _snake_case(event.__name__) for event in get_args(happened.Event)
}
_EVENTS = whole_table(_TAGS.values(), ((tag, event) for event, tag in _TAGS.items()))
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
