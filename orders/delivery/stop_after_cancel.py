"""When a client cancels an order on its way, its carrier has to stop and confirm it (R21)."""

from __future__ import annotations

from orders.model.order import Order
from orders.model.status import Status


def was_on_the_way(order: Order) -> bool:
    """Whether the order had left the shop, with any carrier."""
    return order.progress.dispatched is not None or order.with_third_party


def must_stop(order: Order) -> int | None:
    """The staff id of the person who still has to confirm the stop; None if nobody has to.

    For a third party it is the person who handed the order over, since they have the number to call. No
    confirmation is due from the person who cancelled, nor if the carrier is unknown because the order left in
    the marketplace's app.
    """
    closing, progress = order.progress.closing, order.progress
    if order.status is not Status.CANCELLED or closing is None or order.stopped is not None:
        return None
    holder = progress.handed_over if order.with_third_party else progress.carrier
    if not was_on_the_way(order) or holder is None or holder.staff_id == closing.closed.staff_id:
        return None
    return holder.staff_id
