"""Whoever is on the way with an order that the client cancels has to stop, and to say so (R21)."""

from __future__ import annotations

from orders.model.order import Order
from orders.model.status import Status


def was_on_the_way(order: Order) -> bool:
    """Whether it had left the shop, with whomever."""
    return order.progress.dispatched is not None or order.with_third_party


def must_stop(order: Order) -> int | None:
    """The staff id of the one who has still to say that he has stopped.

    With a courier from outside it is whoever handed the order over: he has the number to call. Whoever
    cancelled it knows, and of an order that left in the marketplace's app nobody knows who carries it.
    """
    closing, progress = order.progress.closing, order.progress
    if order.status is not Status.CANCELLED or closing is None or order.stopped is not None:
        return None
    holder = progress.handed_over if order.with_third_party else progress.carrier
    if not was_on_the_way(order) or holder is None or holder.staff_id == closing.closed.staff_id:
        return None
    return holder.staff_id
