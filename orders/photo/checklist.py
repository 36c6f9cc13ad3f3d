"""The checklist before the photo, made from the composition (R34, R36, R67, R76)."""

from __future__ import annotations

from collections.abc import Iterable

from orders.model.details import Details
from orders.model.gifts import Gift
from orders.model.order import Order
from orders.model.photo import Check, Item, ItemKind

_CARD_WORDS = ("открытк", "postcard", "greeting card")
"""Words in the name of a line that is a card, including the marketplace's free one (R76)."""


def checklist(details: Details, gifts: Iterable[Gift] = ()) -> tuple[Item, ...]:
    """Items to tick: goods and add-ons, gifts, the card if no line is one, quality, visibility.

    A card given in place of the branded one is ticked, too (R77).
    """
    goods = tuple(Item(ItemKind.GOODS, line.name, line.count) for line in details.lines)
    given = tuple(gifts)
    has_text = bool(details.card_text.strip()) or any(one.is_card for one in given)
    extra = tuple(Item(ItemKind.GIFT, one.name) for one in given if not one.is_card)
    card = () if not has_text or any(_is_card(item.name) for item in goods) else (Item(ItemKind.CARD),)
    return (*goods, *extra, *card, Item(ItemKind.QUALITY), Item(ItemKind.VISIBLE))


def valid_check(order: Order) -> Check | None:
    """The last check, if it is still valid: for this composition, and after the newest complaint (R33)."""
    check, complaint = order.checked, order.progress.complaint
    if check is None or check.items != checklist(order.details, order.gifts):
        return None
    return None if complaint is not None and check.made.at < complaint.given.at else check


def has_card(order: Order) -> bool:
    """Whether a card belongs to the order: it has words for one, or one is ordered or given with it."""
    is_named = any(_is_card(line.name) for line in order.details.lines)
    return is_named or any(item.kind is ItemKind.CARD for item in checklist(order.details, order.gifts))


def _is_card(name: str) -> bool:
    return any(word in name.casefold() for word in _CARD_WORDS)
