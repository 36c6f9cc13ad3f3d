"""Counts for reports: acceptance times, photos, punctuality, ratings, hours (X10).

Each function takes the orders to count: those of the shop, or those of one person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from orders.model.details import DeliveryKind
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.schedule import deadlines
from orders.schedule.deadlines import accept_by, photo_by

LATE = timedelta(minutes=15)
VERY_LATE = timedelta(minutes=30)
_CLOSED = frozenset({Status.CANCELLED, Status.DECLINED})
_LEFT_THE_SHOP = frozenset({Status.PHOTO, Status.COURIER_LEFT, Status.RETURNING, Status.DONE})


@dataclass(frozen=True, slots=True)
class States:
    """Orders by their state; the numbers add up to `total`."""

    total: int
    done: int
    under_way: int
    cancelled: int
    declined: int


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How long orders waited for acceptance; None if none was accepted. `overdue`: past the limit (R16)."""

    came: int
    accepted: int
    median: timedelta | None
    slowest: timedelta | None
    overdue: int


@dataclass(frozen=True, slots=True)
class Photos:
    """Orders whose photo was due by now, and how many of them had it in time (R27)."""

    due: int
    on_time: int


@dataclass(frozen=True, slots=True)
class Punctuality:
    """Orders due by now, by the end of their window (R52); pick-ups are not counted.

    Orders that are half an hour late (`very_late`) also count in `late`.
    """

    due: int
    on_time: int
    late: int
    very_late: int


@dataclass(frozen=True, slots=True)
class Ratings:
    """The clients' ratings of photos (R26, R32) and complaints after delivery (X30), one per order."""

    liked: int
    complained: int
    disputed: int
    stars: tuple[int, ...] = ()


def is_going_on(order: Order) -> bool:
    """Whether it was or will be delivered."""
    return order.status not in _CLOSED


def states(orders: Sequence[Order]) -> States:
    """The number of orders in each state."""
    count = Counter(order.status for order in orders)
    done, cancelled, declined = (count[one] for one in (Status.DONE, Status.CANCELLED, Status.DECLINED))
    return States(len(orders), done, len(orders) - done - cancelled - declined, cancelled, declined)


def acceptance(came: Sequence[Order], rules: ShopRules, now: datetime) -> Acceptance:
    """How long these orders waited, from when they were placed until they were accepted."""
    waits = sorted(wait for wait in map(accept_wait, came) if wait is not None)
    limits = ((order.progress.accepted, accept_by(order, rules)) for order in came if _must_accept(order))
    overdue = sum((mark.at if mark else now) > limit for mark, limit in limits)
    return Acceptance(len(came), len(waits), median(waits), waits[-1] if waits else None, overdue)


def accept_wait(order: Order) -> timedelta | None:
    """How long it waited for acceptance; never negative, even if the clock was set back."""
    accepted = order.progress.accepted
    return max(timedelta(), accepted.at - order.placed_at) if accepted else None


def _must_accept(order: Order) -> bool:
    """Whether the shop accepted it or still has to; a client may cancel an order before that."""
    return order.progress.accepted is not None or order.status is Status.NEW


def median(waits: Sequence[timedelta]) -> timedelta | None:
    """The median of sorted values; the mean of the two middle ones for an even number."""
    if not waits:
        return None
    middle = len(waits) // 2
    return waits[middle] if len(waits) % 2 else (waits[middle - 1] + waits[middle]) / 2


def photos(orders: Iterable[Order], rules: ShopRules, now: datetime) -> Photos:
    """Counts the orders that need a photo and are not cancelled or declined."""
    found = [photo_on_time(order, rules, now) for order in orders if is_going_on(order)]
    known = [one for one in found if one is not None]
    return Photos(len(known), sum(known))


def photo_on_time(order: Order, rules: ShopRules, now: datetime) -> bool | None:
    """Whether the first photo was in time; None if none is due yet, or none is needed.

    If the photo was already due when the order was accepted, it has until the window starts.
    """
    due, window = photo_by(order, rules), order.details.window
    if due is None or window is None:
        return None
    since = order.progress.accepted.at if order.progress.accepted else order.placed_at
    due = due if due > since else window.start
    if order.progress.photos:
        return order.progress.photos[0].taken.at <= due
    return False if now > due else None


def punctuality(orders: Iterable[Order], now: datetime) -> Punctuality:
    """Counts the orders that are not cancelled or declined."""
    delays = [delay for delay in (delay_of(order, now) for order in orders) if delay is not None]
    return Punctuality(
        len(delays),
        sum(delay <= timedelta() for delay in delays),
        sum(delay >= LATE for delay in delays),
        sum(delay >= VERY_LATE for delay in delays),
    )


def delay_of(order: Order, now: datetime) -> timedelta | None:
    """How long after its window it was handed over, negative before the end; None if not known yet."""
    window, completion = order.details.window, order.progress.completion
    if window is None or not is_going_on(order) or order.details.delivery is DeliveryKind.PICKUP:
        return None
    if completion is not None and order.status is Status.DONE:
        return completion.done.at - window.end
    return now - window.end if now > window.end else None


def ratings(orders: Sequence[Order]) -> Ratings:
    """Counts all orders, closed ones too: a client may complain and then cancel."""
    liked = sum(one.progress.rating is not None and one.progress.rating.liked for one in orders)
    stars = [dispute.stars for one in orders for dispute in one.disputes if dispute.stars]
    return Ratings(
        liked,
        sum(map(has_complaint, orders)),
        sum(bool(one.disputes) for one in orders),
        tuple(sorted(stars)),
    )


def has_complaint(order: Order) -> bool:
    """Whether the client complained about a photo, even if it was corrected since."""
    rating = order.progress.rating
    return (rating is not None and not rating.liked) or any(one.answers for one in order.progress.photos)


def is_assembled(order: Order) -> bool:
    """Whether the goods were assembled: they have left the shop, or are known to be ready."""
    return order.status in _LEFT_THE_SHOP or deadlines.is_assembled(order)


def by_hour(orders: Iterable[Order], zone: ZoneInfo) -> Mapping[int, int]:
    """Orders by the hour in which their delivery starts; those without a time are left out."""
    return Counter(hour for hour in (hour_of(order, zone) for order in orders) if hour is not None)


def hour_of(order: Order, zone: ZoneInfo) -> int | None:
    """The hour on the shop's clock in which its delivery starts; None if it is closed or has no time."""
    window = order.details.window
    return window.start.astimezone(zone).hour if window and is_going_on(order) else None


def by_day(orders: Iterable[Order], zone: ZoneInfo) -> Mapping[date, int]:
    """Orders that are not cancelled or declined, by the day of their delivery."""
    return Counter(order.deliver_from.astimezone(zone).date() for order in orders if is_going_on(order))
