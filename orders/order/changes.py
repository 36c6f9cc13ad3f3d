"""Which parts of an order's details changed, and which of these changes people must be told of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from orders.model.details import Details


class Part(StrEnum):
    """A part of the details that has a name of its own for people."""

    COMPOSITION = "composition"
    WINDOW = "window"
    DELIVERY = "delivery"
    ADDRESS = "address"
    CARD_TEXT = "card_text"
    CLIENT_NOTE = "client_note"
    SHOP_NOTE = "shop_note"
    COURIER_NOTE = "courier_note"
    PAYMENT_NOTE = "payment_note"
    RECIPIENT = "recipient"
    CLIENT = "client"
    PAID = "paid"


URGENT = frozenset({Part.COMPOSITION, Part.WINDOW, Part.DELIVERY, Part.ADDRESS})
"""Changes without which those who work on the order would do the wrong thing."""


def changed(before: Details, after: Details) -> frozenset[Part]:
    """The parts that differ. Another picture or category of the same goods does not count."""
    return frozenset(part for part, value in _VALUES.items() if value(before) != value(after))


def _composition(details: Details) -> object:
    return [(line.name, line.count, line.description, line.is_addon) for line in details.lines]


_VALUES: Mapping[Part, Callable[[Details], object]] = {
    Part.COMPOSITION: _composition,
    Part.WINDOW: lambda details: (details.window, details.as_soon_as_possible),
    Part.DELIVERY: lambda details: details.delivery,
    Part.ADDRESS: lambda details: details.address,
    Part.CARD_TEXT: lambda details: details.card_text,
    Part.CLIENT_NOTE: lambda details: details.client_note,
    Part.SHOP_NOTE: lambda details: details.shop_note,
    Part.COURIER_NOTE: lambda details: details.courier_note,
    Part.PAYMENT_NOTE: lambda details: details.payment_note,
    Part.RECIPIENT: lambda details: details.recipient,
    Part.CLIENT: lambda details: details.client,
    Part.PAID: lambda details: details.paid,
}
