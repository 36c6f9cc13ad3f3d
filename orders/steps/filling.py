"""Which changes of an order staff may enter directly, and which the client has to agree to first.

The time, the products, the price and the destination of a marketplace order change only with the client's
agreement (R59, R66). Unknown fields are filled in at once (X1).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from orders.intake.merge import conflicts, merged
from orders.model.details import Details, Person, Window
from orders.model.draft import Field, knows
from orders.model.money import Money
from orders.model.order import Order, Topic

_OF_THE_CLIENT = frozenset(Field) - {
    Field.NUMBER,
    Field.CLIENT,
    Field.CLIENT_NOTE,
    Field.SHOP_NOTE,
    Field.COURIER_NOTE,
    Field.PAYMENT_NOTE,
}


SIGNS = {
    Field.WINDOW: "❓🕒",
    Field.GOODS: "❓💐",
    Field.PAID: "❓💰",
    Field.ADDRESS: "❓📍",
    Field.RECIPIENT: "❓👤",
    Field.CARD_TEXT: "❓✉",
}
"""Prefixes of notes about a field, in every language."""
_OF_TOPIC = {Topic.WINDOW: Field.WINDOW, Topic.SUBSTITUTION: Field.GOODS, Topic.SURCHARGE: Field.PAID}


def to_ask(order: Order, other: Details) -> tuple[Field, ...]:
    """The fields that `other` would change and that need the client's agreement.

    Empty for the shop's own orders, and for an order whose details the marketplace has not returned yet: all
    that is known of it was entered by staff (X13).
    """
    known = order.details
    if order.marketplace_status is None or known.unread:
        return ()
    found = {field for field in conflicts(known, other) if field in _OF_THE_CLIENT}
    if _moves_soon(known, other):
        found.add(Field.WINDOW)
    if knows(other, Field.DELIVERY) and other.delivery is not known.delivery:
        found.add(Field.DELIVERY)
    return tuple(field for field in Field if field in found)


def filled(order: Order, other: Details, taken: Collection[Field] = ()) -> Details:
    """The order's details with gaps filled, and with the fields in `taken` that need no agreement."""
    asked = to_ask(order, other)
    if not asked:
        return merged(order.details, other, taken)
    return merged(order.details, _without(other, order.details, asked), taken)


def without_answered(details: Details, topic: Topic) -> Details:
    """The details without notes on what the client has answered; the history keeps them."""
    field = _OF_TOPIC.get(topic)
    return _without_lines(details, lambda line: field is not None and line.startswith(SIGNS[field]))


def without_settled(details: Details, zone: ZoneInfo) -> Details:
    """The details without notes that equal their values, since the marketplace has made these changes."""
    said = {
        sign: sum_of(details.paid) if field is Field.PAID and details.paid else words_of(details, field, zone)
        for field, sign in SIGNS.items()
    }
    return _without_lines(
        details,
        lambda line: any(
            line.startswith(sign) and words and line.endswith(f" {words}") for sign, words in said.items()
        ),
    )


def _without_lines(details: Details, is_over: Callable[[str], bool]) -> Details:
    def kept(note: str) -> str:
        lines = note.split("\n")
        left = [line for line in lines if not is_over(line)]
        return note if len(left) == len(lines) else "\n".join(left)

    return replace(details, shop_note=kept(details.shop_note), payment_note=kept(details.payment_note))


def takes_past_time(order: Order, other: Details, taken: Collection[Field], now: datetime) -> bool:
    """Whether filling in would give the order a past window (X1); a person is asked first."""
    after = filled(order, other, taken).window
    return after is not None and after != order.details.window and after.end < now


def words_of(other: Details, field: Field, zone: ZoneInfo) -> str:
    """The field as a note says it; empty if it is not known, or is a sum."""
    if field is Field.WINDOW and other.window is not None:
        return written(other.window, zone)
    if field is Field.GOODS:
        return "; ".join(
            line.name if line.count == 1 else f"{line.name} × {line.count}" for line in other.lines
        )
    if field is Field.RECIPIENT:
        return other.recipient.name
    return getattr(other, field.value) if field in {Field.ADDRESS, Field.CARD_TEXT} else ""


def sum_of(paid: Money) -> str:
    """The sum as a note says it."""
    return f"{paid.minor / 100:.2f} {paid.currency}"


def _moves_soon(known: Details, other: Details) -> bool:
    """Whether an order without a window would get one, or one with a window would become urgent."""
    if known.window is None:
        return known.as_soon_as_possible and other.window is not None
    return other.as_soon_as_possible and not known.as_soon_as_possible


def _without(other: Details, known: Details, fields: Collection[Field]) -> Details:
    """`other` without these fields. The address is dropped together with the way of delivery."""
    if Field.DELIVERY in fields:
        other = replace(other, delivery=known.delivery, address="")
    if Field.ADDRESS in fields:
        other = replace(other, address="")
    if Field.WINDOW in fields:
        other = replace(other, window=None, as_soon_as_possible=False)
    if Field.GOODS in fields:
        other = replace(other, lines=())
    if Field.PAID in fields:
        other = replace(other, paid=None)
    if Field.RECIPIENT in fields:
        other = replace(other, recipient=Person())
    return replace(other, card_text="") if Field.CARD_TEXT in fields else other


def written(window: Window, zone: ZoneInfo) -> str:
    """The window as a note or a proposal says it, in the shop's time."""
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    return f"{start:%d.%m} {start:%H:%M}-{end:%H:%M}"
