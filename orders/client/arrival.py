"""The arrival time that the client of an order on its way sees (X23)."""

from __future__ import annotations

from datetime import datetime

from orders.model.details import Window
from orders.model.order import Order
from orders.model.status import Status


def is_under_way(order: Order) -> bool:
    """Whether somebody has left the shop with the order and has neither come back nor handed it over."""
    if order.is_final:
        return False
    return order.status is Status.COURIER_LEFT or order.left_with_third_party


def is_at_the_door(order: Order) -> bool:
    """Whether the carrier has said that they are at the door."""
    arrived = order.progress.arrived or order.progress.nobody_there
    return order.status is Status.COURIER_LEFT and arrived is not None


def expected(order: Order, on_route: Window | None) -> Window | None:
    """The arrival time: what a late carrier said, else the route's, else the delivery window.

    Start and end are equal for a single point in time. None: no time is known.
    """
    late = order.progress.lateness
    if late is not None and order.status is Status.COURIER_LEFT:
        return Window(late.until, late.until)
    return on_route or order.details.window


def is_overdue(order: Order, on_route: Window | None, now: datetime) -> bool:
    """Whether the expected arrival time has passed without the order being handed over."""
    window = expected(order, on_route)
    return is_under_way(order) and window is not None and now > window.end
