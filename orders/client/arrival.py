"""When the client of an order under way may expect it (X23)."""

from __future__ import annotations

from datetime import datetime

from orders.model.details import Window
from orders.model.order import Order
from orders.model.status import Status


def is_under_way(order: Order) -> bool:
    """Whether somebody has left the shop with it, and has not come back or handed it over."""
    if order.is_final:
        return False
    return order.status is Status.COURIER_LEFT or order.left_with_third_party


def is_at_the_door(order: Order) -> bool:
    """Whether its carrier has said that they are there."""
    arrived = order.progress.arrived or order.progress.nobody_there
    return order.status is Status.COURIER_LEFT and arrived is not None


def expected(order: Order, on_route: Window | None) -> Window | None:
    """The time of arrival: as a carrier who is late said, else by the route, else the delivery window.

    Start and end are the same where one moment was named. None: no time is known.
    """
    late = order.progress.lateness
    if late is not None and order.status is Status.COURIER_LEFT:
        return Window(late.until, late.until)
    return on_route or order.details.window


def is_overdue(order: Order, on_route: Window | None, now: datetime) -> bool:
    """Whether the time that was said is over, and nobody has said another one."""
    window = expected(order, on_route)
    return is_under_way(order) and window is not None and now > window.end
