"""Texts for a client who stays in the marketplace's chat: which of them fit an order now (R30, R65)."""

from __future__ import annotations

from enum import StrEnum

from orders.delivery.address import lacks_address
from orders.model.order import Order
from orders.model.status import Status


class ReadyText(StrEnum):
    """The words stand in the texts, `ready-text-<value>`; the value is kept with the talk."""

    ACCEPTED = "accepted"
    ACCEPTED_PLAIN = "accepted-plain"
    """For an order of which nobody knows that a photo will be taken (R24)."""
    CLARIFY = "clarify"
    ASK_ADDRESS = "ask-address"
    """While nobody knows where it goes (X24)."""
    PHOTO_SOON = "photo-soon"
    """Takes the place of the texts that speak of a photo the client cannot see yet (X20)."""
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
"""What the client answers to these is a rating."""

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
    """The texts that are true of the order now; other texts speak of a second photo than of the first."""
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
