"""Texts to copy into the marketplace's chat for a client who stays there: which fit an order (R30, R65)."""

from __future__ import annotations

from enum import StrEnum

from orders.delivery.address import lacks_address
from orders.model.order import Order
from orders.model.status import Status


class ReadyText(StrEnum):
    """The ready texts; the words are in the text `ready-text-<value>`, and the talk stores the value."""

    ACCEPTED = "accepted"
    ACCEPTED_PLAIN = "accepted-plain"
    """For an order that may need no photo (R24)."""
    CLARIFY = "clarify"
    ASK_ADDRESS = "ask-address"
    """While the address is unknown (X24)."""
    PHOTO_SOON = "photo-soon"
    """Replaces the texts about a photo while the client cannot see it yet (X20)."""
    RATE = "rate"
    ALL_WELL = "all-well"
    WHAT_IS_WRONG = "what-is-wrong"
    NEW_PHOTO = "new-photo"
    ON_THE_WAY = "on-the-way"
    LATE = "late"
    NOBODY_THERE = "nobody-there"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    DECLINED = "declined"


ABOUT_THE_PHOTO = frozenset(
    {ReadyText.RATE, ReadyText.ALL_WELL, ReadyText.WHAT_IS_WRONG, ReadyText.NEW_PHOTO}
)
"""Texts whose answer is a rating."""

_BY_STATUS: dict[Status, tuple[ReadyText, ...]] = {
    Status.NEW: (ReadyText.CLARIFY,),
    Status.ACCEPTED: (ReadyText.ACCEPTED, ReadyText.CLARIFY, ReadyText.LATE),
    Status.PHOTO: (ReadyText.RATE, ReadyText.ALL_WELL, ReadyText.WHAT_IS_WRONG, ReadyText.LATE),
    Status.COURIER_LEFT: (ReadyText.ON_THE_WAY, ReadyText.LATE, ReadyText.NOBODY_THERE),
    Status.RETURNING: (ReadyText.NOBODY_THERE,),
    Status.DONE: (ReadyText.DELIVERED,),
    Status.CANCELLED: (ReadyText.CANCELLED,),
    Status.DECLINED: (ReadyText.DECLINED,),
}


def offered_texts(order: Order) -> tuple[ReadyText, ...]:
    """The texts that are true of the order now; those about a photo differ for a second one."""
    texts = _BY_STATUS[order.status]
    if lacks_address(order):
        texts = (ReadyText.ASK_ADDRESS, *(text for text in texts if text is not ReadyText.CLARIFY))
    if order.is_photo_unseen:
        return (ReadyText.PHOTO_SOON, *(text for text in texts if text not in ABOUT_THE_PHOTO))
    if order.details.unread or not order.details.has_photo_step:
        return tuple(ReadyText.ACCEPTED_PLAIN if text is ReadyText.ACCEPTED else text for text in texts)
    if order.status is Status.PHOTO and len(order.progress.photos) > 1:
        return tuple(ReadyText.NEW_PHOTO if text is ReadyText.RATE else text for text in texts)
    return texts
