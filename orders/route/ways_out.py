"""What can be done for a stop whose window is lost (X26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.route.routes import Arrival, Known, Route, drawn, renewed


@dataclass(frozen=True, slots=True)
class WayOut:
    """The ways out of one lost window, the best first; to tell the client is always left.

    `leave_at`: whoever leaves the shop then hands some orders over a little before their windows, as far as
    the rules allow it without asking, and keeps this one. `other`: the staff id of one who keeps it and loses
    no window of their own.
    """

    stop: Arrival
    leave_at: datetime | None = None
    other: int | None = None
    other_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Courier:
    """Somebody who may take an order of another one: what they carry already."""

    carried: Sequence[Order]
    known: Known


def ways_out(
    route: Route,
    known: Known,
    others: Mapping[int, Courier],
    rules: ShopRules,
    now: datetime,
) -> list[WayOut]:
    """One for each lost window, the earliest first."""
    earlier = _earlier(route, known, rules, now)
    found = []
    for stop in sorted(route.lost, key=lambda one: (one.at - one.late, one.order.id)):
        other, at = _other(stop.order, others, rules, now)
        kept = earlier.of(stop.order.id) if earlier is not None else None
        leave_at = earlier.leave_at if earlier and kept is not None and not kept.is_lost else None
        found.append(WayOut(stop, leave_at, other, at))
    return found


def _earlier(route: Route, known: Known, rules: ShopRules, now: datetime) -> Route | None:
    """The route of somebody who waits nowhere for a window to start, where that makes them leave earlier."""
    if route.leave_at is None or route.leave_at <= now:
        return None
    early = timedelta(minutes=rules.early_minutes)
    orders = [_open_from(stop.order, early) for stop in route.stops]
    found = renewed(orders, rules, now, known)
    is_earlier = found.leave_at is not None and found.leave_at < route.leave_at
    return found if is_earlier and len(found.lost) < len(route.lost) else None


def _open_from(order: Order, early: timedelta) -> Order:
    window = order.details.window
    if window is None:
        return order
    return replace(order, details=replace(order.details, window=replace(window, start=window.start - early)))


def _other(
    order: Order, others: Mapping[int, Courier], rules: ShopRules, now: datetime
) -> tuple[int | None, datetime | None]:
    """Who reaches it in time and loses nothing of their own; whoever is there first comes first."""
    if order.status is Status.COURIER_LEFT:
        return None, None  # it is in the other one's hands
    found = []
    for staff, one in others.items():
        before = drawn(one.carried, rules, now, one.known)
        after = drawn([*one.carried, order], rules, now, one.known)
        stop = after.of(order.id)
        if stop is not None and not stop.is_lost and len(after.lost) <= len(before.lost):
            found.append((stop.at, staff, stop.said))
    _at, staff_id, said = min(found, default=(None, None, None))
    return staff_id, said
