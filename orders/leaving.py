"""What whoever delivers an order has to say first: no photo, or too early (R33, R38, R66)."""

from __future__ import annotations

from datetime import timedelta

from orders.commands import Complete
from orders.order import Mark, Order
from orders.refusals import Reason, Refusal
from orders.rules import ShopRules


def reason_without_photo(order: Order, reason: str) -> str:
    """Why it leaves without the photo that is due (R33, R38); raises Refusal while nobody says so."""
    if not (order.lacks_photo or order.lacks_new_photo):
        return ""
    words = reason.strip()
    if not words:
        needed = Reason.NEW_PHOTO_REASON_NEEDED if order.lacks_new_photo else Reason.PHOTO_REASON_NEEDED
        raise Refusal(needed, order.status)
    return words


def words_for_early(order: Order, command: Complete, mark: Mark, rules: ShopRules) -> str:
    """The client's words where it is long before the window (R66); raises Refusal while there are none.

    Who asked for the order as soon as possible has said so.
    """
    window, allowed = order.details.window, timedelta(minutes=rules.early_minutes)
    if window is None or order.details.as_soon_as_possible or mark.at >= window.start - allowed:
        return ""
    words = command.early.strip()
    if not words:
        raise Refusal(Reason.EARLY_NEEDED, order.status)
    return words
