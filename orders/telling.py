"""What the marketplace is still to be told of an order: by a call, or by somebody's hand in its app."""

from __future__ import annotations

from orders.order import Order
from orders.status import Status, is_further

_CALLED = (Status.ACCEPTED, Status.COURIER_LEFT, Status.DONE)
"""The statuses that a call of the seller API can tell, in the order in which the marketplace wants them."""

_BY_HAND = frozenset({Status.PHOTO, Status.CANCELLED, Status.DECLINED})
"""The statuses for which no call is known."""

OF_CHIEFS = frozenset({Status.CANCELLED, Status.DECLINED})
"""What only chiefs settle with the marketplace."""


def next_call(order: Order, *, skipping: bool = True) -> Status | None:
    """The next status to be told by a call; None where there is nothing to call for.

    `skipping`: an order that never went to "courier left" (third party, pickup) is not told as if (R41).
    """
    known = order.marketplace_status
    if known is None or order.status in {Status.CANCELLED, Status.DECLINED}:
        return None
    skipped = {Status.COURIER_LEFT} if skipping and order.progress.dispatched is None else set()
    lacking = (
        status
        for status in _CALLED
        if is_further(status, known) and not is_further(status, order.status) and status not in skipped
    )
    return next(lacking, None)


def by_hand(order: Order) -> bool:
    """Whether somebody has to mark the order's status in the marketplace's app."""
    return order.is_ahead and order.status in _BY_HAND


def shows_by_itself(order: Order) -> bool:
    """Whether the marketplace will show it when somebody has done so: a photo, but no cancellation."""
    return order.is_ahead and order.status is Status.PHOTO
