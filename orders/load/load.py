"""The load of a day: orders by hour of delivery and by florist, against the capacity (R7).

`Load` is a plain value from which the board, the screen, the advice and the picture are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from orders.load.capacity import Capacity, hour_of
from orders.model.order import Order
from orders.model.status import IN_THE_SHOP, Status
from orders.schedule.deadlines import is_assembled

HOUR = timedelta(hours=1)

_NOT_COUNTED = frozenset({Status.CANCELLED, Status.DECLINED})


@dataclass(frozen=True, slots=True)
class Florist:
    """A member of staff who assembles orders."""

    staff_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Hour:
    """The orders whose delivery starts in this hour. `start` is aware UTC.

    `total` counts all but cancelled and declined ones, `to_do` those that are still to be assembled.
    """

    start: datetime
    total: int
    to_do: int

    @property
    def end(self) -> datetime:
        return self.start + HOUR


@dataclass(frozen=True, slots=True)
class FloristLoad:
    """The orders of one florist on that day, by hour; hours without orders are left out."""

    florist: Florist
    hours: tuple[Hour, ...]

    @property
    def total(self) -> int:
        return sum(hour.total for hour in self.hours)

    @property
    def to_do(self) -> int:
        return sum(hour.to_do for hour in self.hours)


@dataclass(frozen=True, slots=True)
class Load:
    """One day of one shop, by its clock.

    `hours` run without gaps from the first with an order to the last.
    """

    day: date
    hours: tuple[Hour, ...]
    florists: tuple[FloristLoad, ...]
    """The florists at work, and others who have an order of this day; those with most to do first."""
    unassigned: int
    """Orders to do without a seller."""
    untimed: int
    """Orders to do without a delivery window; they belong to no hour and no day."""
    capacity: Capacity

    def ahead(self, now: datetime) -> tuple[Hour, ...]:
        """The hours that have not ended."""
        return tuple(hour for hour in self.hours if hour.end > now)

    def over(self, now: datetime) -> tuple[Hour, ...]:
        """The hours that have not ended and have more orders to do than the shop's capacity."""
        return tuple(hour for hour in self.ahead(now) if hour.to_do > self.capacity.shop.orders)

    def fullest(self, now: datetime) -> Hour | None:
        """The hour with most orders to do that has not ended, the earliest if equal; None without hours."""
        return max(self.ahead(now), key=lambda hour: hour.to_do, default=None)


def load_of(
    orders: Iterable[Order], florists: Sequence[Florist], capacity: Capacity, day: date, zone: ZoneInfo
) -> Load:
    """The load of this day; `florists` are those at work."""
    counted = [order for order in orders if order.status not in _NOT_COUNTED]
    of_day = [order for order in counted if day_of(order, zone) == day]
    to_do = [order for order in of_day if is_to_do(order)]
    return Load(
        day,
        _without_gaps(_hours(of_day, zone)),
        _by_florist(of_day, florists, zone),
        sum(order.progress.seller is None for order in to_do),
        sum(order.details.window is None and is_to_do(order) for order in counted),
        capacity,
    )


def is_in_shop(order: Order) -> bool:
    """Whether the order has not left the shop yet, accepted or not."""
    return order.status in IN_THE_SHOP | {Status.NEW} and not order.left_with_third_party


def is_to_do(order: Order) -> bool:
    """Whether the order still has to be assembled."""
    return is_in_shop(order) and not is_assembled(order)


def day_of(order: Order, zone: ZoneInfo) -> date | None:
    """The day of the delivery on the shop's clock."""
    window = order.details.window
    return window.start.astimezone(zone).date() if window else None


def _hours(orders: Iterable[Order], zone: ZoneInfo) -> tuple[Hour, ...]:
    found: dict[datetime, tuple[int, int]] = {}
    for order in orders:
        if order.details.window is not None:
            start = hour_of(order.details.window.start, zone)
            total, to_do = found.get(start, (0, 0))
            found[start] = (total + 1, to_do + is_to_do(order))
    return tuple(Hour(start, *found[start]) for start in sorted(found))


def _without_gaps(hours: tuple[Hour, ...]) -> tuple[Hour, ...]:
    """Adds the hours without orders in the middle."""
    filled: list[Hour] = []
    for hour in hours:
        while filled and filled[-1].end < hour.start:
            filled.append(Hour(filled[-1].end, 0, 0))
        filled.append(hour)
    return tuple(filled)


def _by_florist(
    orders: Sequence[Order], florists: Sequence[Florist], zone: ZoneInfo
) -> tuple[FloristLoad, ...]:
    theirs: dict[int, list[Order]] = {}
    names: dict[int, str] = {}
    for order in orders:
        if order.progress.seller is not None:
            theirs.setdefault(order.progress.seller.staff_id, []).append(order)
            names[order.progress.seller.staff_id] = order.progress.seller.name
    names |= {one.staff_id: one.name for one in florists}
    found = [
        FloristLoad(Florist(staff_id, name), _hours(theirs.get(staff_id, []), zone))
        for staff_id, name in names.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.to_do, one.florist.name, one.florist.staff_id)))
