"""What is checked before the photo: a tick list made from the composition (R34, R36, R67, R76)."""

from __future__ import annotations

from orders.model.order import Details, Order
from orders.model.photo import Check, Item, ItemKind

_CARD_WORDS = ("открытк", "postcard", "greeting card")
"""How a line is called that is a card, the marketplace's free one among them (R76)."""


def checklist(details: Details) -> tuple[Item, ...]:
    """Goods and add-ons as they were ordered, the card where none of them is one, quality, light."""
    goods = tuple(Item(ItemKind.GOODS, line.name, line.count) for line in details.lines)
    has_text = bool(details.card_text.strip())
    card = () if not has_text or any(_is_card(item.name) for item in goods) else (Item(ItemKind.CARD),)
    return (*goods, *card, Item(ItemKind.QUALITY), Item(ItemKind.VISIBLE))


def valid_check(order: Order) -> Check | None:
    """The check that still holds: made of this composition, and after the newest complaint (R33)."""
    check, complaint = order.checked, order.progress.complaint
    if check is None or check.items != checklist(order.details):
        return None
    return None if complaint is not None and check.made.at < complaint.given.at else check


def _is_card(name: str) -> bool:
    return any(word in name.casefold() for word in _CARD_WORDS)
