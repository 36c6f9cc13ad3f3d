"""The plan of a day, counted back from each delivery: what to assemble by when, and by whom (X27)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from orders.load.capacity import hour_of
from orders.load.load import Florist, day_of, is_in_shop
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.schedule.deadlines import assemble_by, is_assembled, leave_by, photo_by
from orders.schedule.urgency import Rank, by_delivery


@dataclass(frozen=True, slots=True)
class Job:
    """One order to assemble. The times are those of `orders.schedule`; None: unknown or not needed.

    `florist` has the order, or is proposed for it (`is_proposed`); None: nobody is at work.
    """

    order: Order
    assemble_by: datetime | None
    photo_by: datetime | None
    leave_by: datetime | None
    florist: Florist | None
    is_proposed: bool
    is_assembled: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The jobs of a day, sorted by when they must be assembled; those without a time come last."""

    day: date
    jobs: tuple[Job, ...]

    @property
    def proposed(self) -> tuple[Job, ...]:
        """The jobs that can be assigned to florists as proposed."""
        return tuple(job for job in self.jobs if job.is_proposed and job.florist is not None)


def plan_of(
    orders: Iterable[Order],
    florists: Sequence[Florist],
    per_hour: int,
    rules: ShopRules,
    day: date,
    today: date,
) -> Plan:
    """The plan of this day; `per_hour` is the capacity of one florist, `florists` are those at work.

    Today's plan also includes orders left from earlier days and those without a time.
    """
    wanted = [order for order in orders if _is_due(order, rules, day, today)]
    wanted.sort(key=lambda order: _rank(order, rules))
    proposals = iter(_proposals(wanted, florists, per_hour, rules))
    return Plan(day, tuple(_job(order, rules, proposals) for order in wanted))


def propose(
    hours: Sequence[datetime | None],
    busy: Iterable[tuple[int, datetime | None]],
    florists: Sequence[Florist],
    per_hour: int,
) -> list[Florist | None]:
    """Distributes the orders of these hours evenly; `busy`: florist and hour of each assigned order.

    A florist gets more than `per_hour` in one hour only if all have that many. Then the florist with the
    fewest orders that day comes first, then the one with the fewest in this hour, then the first in
    `florists`.
    """
    in_hour, of_day = Counter[tuple[int, datetime | None]](), Counter[int]()
    for staff_id, hour in busy:
        in_hour[staff_id, hour] += 1
        of_day[staff_id] += 1
    found: list[Florist | None] = []
    for hour in hours:

        def pressed(one: Florist, hour: datetime | None = hour) -> tuple[bool, int, int]:
            mine = in_hour[one.staff_id, hour]
            return hour is not None and mine >= per_hour, of_day[one.staff_id], mine

        chosen = min(florists, key=pressed, default=None)
        found.append(chosen)
        if chosen is not None:
            in_hour[chosen.staff_id, hour] += 1
            of_day[chosen.staff_id] += 1
    return found


def _proposals(
    orders: Sequence[Order], florists: Sequence[Florist], per_hour: int, rules: ShopRules
) -> list[Florist | None]:
    busy = [
        (order.progress.seller.staff_id, _hour(order, rules))
        for order in orders
        if order.progress.seller is not None
    ]
    free = [_hour(order, rules) for order in orders if order.progress.seller is None]
    return propose(free, busy, florists, per_hour)


def _job(order: Order, rules: ShopRules, proposals: Iterable[Florist | None]) -> Job:
    seller = order.progress.seller
    florist = Florist(seller.staff_id, seller.name) if seller else next(iter(proposals))
    return Job(
        order,
        assemble_by(order, rules),
        photo_by(order, rules) if order.lacks_photo else None,
        leave_by(order, rules),
        florist,
        seller is None,
        is_assembled(order),
    )


def _is_due(order: Order, rules: ShopRules, day: date, today: date) -> bool:
    if not is_in_shop(order):
        return False
    when = day_of(order, rules.zone)
    return when == day or (day == today and (when is None or when < today))


def _rank(order: Order, rules: ShopRules) -> tuple[bool, datetime, Rank]:
    ready = assemble_by(order, rules)
    return ready is None, ready or order.placed_at, by_delivery(order)


def _hour(order: Order, rules: ShopRules) -> datetime | None:
    window = order.details.window
    return hour_of(window.start, rules.zone) if window else None
