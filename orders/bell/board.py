"""A person's board for the day: which orders it shows, how they are sorted, and the counts (X15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from orders.access.order_access import can_see
from orders.model.order import Order
from orders.model.people import Actor, Role
from orders.model.rules import ShopRules
from orders.model.status import IN_THE_SHOP, Status
from orders.order.board import Day, day_span
from orders.route.routes import Arrival, Route
from orders.schedule.deadlines import next_due
from orders.schedule.urgency import Rank, by_delivery


@dataclass(frozen=True, slots=True)
class Today:
    """The content of a person's board. `orders`: those of today, of earlier days and without a time."""

    orders: tuple[Order, ...]
    later: int
    """How many orders are due after today."""
    arrivals: Mapping[int, Arrival] = field(default_factory=dict)
    """Arrival at the stops of all routes, by order id."""
    route: Route = field(default_factory=Route)
    """The viewer's own route."""
    route_changed_at: datetime | None = None

    @property
    def waiting(self) -> int:
        return sum(order.status is Status.NEW for order in self.orders)

    @property
    def in_the_shop(self) -> int:
        return sum(order.status in IN_THE_SHOP for order in self.orders)

    @property
    def on_the_way(self) -> int:
        return sum(order.status in {Status.COURIER_LEFT, Status.RETURNING} for order in self.orders)


def today_of(
    orders: Sequence[Order], viewer: Actor, rules: ShopRules, now: datetime, routes: Mapping[int, Route]
) -> Today:
    """The open orders that the viewer may see: new and troubled ones first, then by deadline.

    Orders with the same deadline are sorted by delivery window, then by number. A courier sees deliveries in
    the order of their route. `routes` are the routes of the shop, by staff id.
    """
    end = day_span(Day.TODAY, now, rules.zone).end
    mine = [order for order in orders if can_see(order, viewer) and not order.is_final]
    is_later = {
        order.id: end is not None and order.details.window is not None and order.details.window.start >= end
        for order in mine
    }
    shown = [order for order in mine if not is_later[order.id] or order.status is Status.NEW]
    ranked = sorted(shown, key=lambda order: _rank(order, rules, now))
    own = routes.get(viewer.staff_id or 0, Route())
    if viewer.role is Role.COURIER:
        places = {order_id: place for place, order_id in enumerate(own.sequence)}
        ranked.sort(key=lambda order: (not is_in_trouble(order), places.get(order.id, len(places))))
    arrivals = {stop.order.id: stop for route in routes.values() for stop in route.stops}
    return Today(tuple(ranked), len(mine) - len(shown), arrivals, own)


def is_in_trouble(order: Order) -> bool:
    """Whether somebody has to decide before the order can go on."""
    nobody = order.status is Status.COURIER_LEFT and order.progress.nobody_there is not None
    return nobody or order.is_in_doubt or order.status is Status.RETURNING


def _rank(order: Order, rules: ShopRules, now: datetime) -> tuple[bool, bool, datetime, Rank]:
    window = order.details.window
    is_first = order.status is Status.NEW or is_in_trouble(order)
    due = None if is_first else next_due(order, rules, now)
    delivery = window.start if window else order.placed_at
    if order.status is Status.COURIER_LEFT and window is not None and not is_first:
        delivery = window.end
    return (
        not is_first,
        window is None and not order.details.as_soon_as_possible,
        due.at if due else delivery,
        by_delivery(order),
    )
