"""What can be done about a stop whose window is lost (X26)."""

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
    """What can be done about one lost window, the best first; telling the client is always possible.

    `leave_at`: leaving the shop then keeps this window, but hands some orders over a little before their
    windows, within what the rules allow without asking. `other`: the staff id of somebody who can keep the
    window without losing one of their own.
    """

    stop: Arrival
    leave_at: datetime | None = None
    other: int | None = None
    other_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Courier:
    """A person who may take over an order: what they carry already, and what is known for their route."""

    carried: Sequence[Order]
    known: Known


def ways_out(
    route: Route,
    known: Known,
    others: Mapping[int, Courier],
    rules: ShopRules,
    now: datetime,
) -> list[WayOut]:
    """One entry for each lost window, the earliest first."""
    earlier = _earlier(route, known, rules, now)
    found = []
    for stop in sorted(route.lost, key=lambda one: (one.at - one.late, one.order.id)):
        other, at = _other(stop.order, others, rules, now)
        kept = earlier.of(stop.order.id) if earlier is not None else None
        leave_at = earlier.leave_at if earlier and kept is not None and not kept.is_lost else None
        found.append(WayOut(stop, leave_at, other, at))
    return found


def _earlier(route: Route, known: Known, rules: ShopRules, now: datetime) -> Route | None:
    """A route that leaves earlier because nobody waits for windows to start; None if it does not help."""
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
    """Who can deliver it in time without losing a window of their own; the one who arrives first."""
    if order.status is Status.COURIER_LEFT:
        return None, None  # another person already carries it
    found = []
    for staff, one in others.items():
        before = drawn(one.carried, rules, now, one.known)
        after = drawn([*one.carried, order], rules, now, one.known)
        stop = after.of(order.id)
        if stop is not None and not stop.is_lost and len(after.lost) <= len(before.lost):
            found.append((stop.at, staff, stop.said))
    _at, staff_id, said = min(found, default=(None, None, None))
    return staff_id, said
