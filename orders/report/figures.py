"""A whole report of the shop or of one person: its sources and its figures (X10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from orders.access.roles import Act, may
from orders.model.order import Carrier, Order, Seller
from orders.model.people import Actor, Mark
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.money.reconciliation import RealPayout
from orders.report import counts
from orders.report.comparison import Comparison, comparison
from orders.report.counts import Acceptance, Photos, Punctuality, Ratings, States, is_going_on
from orders.report.money import MoneyFigures, money_figures
from orders.report.spans import Period, ReportSpan, last_holiday, same_weekdays
from orders.support.compensation import Compensation


@dataclass(frozen=True, slots=True)
class Sources:
    """The data from which a report is counted.

    `due`: the orders to be delivered in these days; `came`: those placed in them. `before`: the orders of the
    days with which a day is compared, by day. `earlier`: those due in the previous week or month.
    """

    due: Sequence[Order]
    came: Sequence[Order] = ()
    payouts: Mapping[str, RealPayout] = field(default_factory=dict)
    claims: Sequence[Compensation] = ()
    before: Mapping[date, Sequence[Order]] = field(default_factory=dict)
    earlier: Sequence[Order] = ()


@dataclass(frozen=True, slots=True)
class Worker:
    """How many orders one person accepted, assembled and handed over."""

    staff_id: int
    name: str
    accepted: int = 0
    assembled: int = 0
    delivered: int = 0

    @property
    def total(self) -> int:
        return self.accepted + self.assembled + self.delivered


@dataclass(frozen=True, slots=True)
class Compared:
    """Orders by hour on another day, or on average over several. `total` includes those without a time."""

    by_hour: Mapping[int, Fraction]
    total: Fraction


@dataclass(frozen=True, slots=True)
class Figures:
    """The content of a report.

    `money`: None for viewers who may not see it (R13); `own`: of one person only.
    """

    span: ReportSpan
    own: bool
    states: States
    acceptance: Acceptance
    photos: Photos
    punctuality: Punctuality
    ratings: Ratings
    by_hour: Mapping[int, int]
    by_day: Mapping[date, int]
    untimed: int
    workers: tuple[Worker, ...]
    money: MoneyFigures | None = None
    usual: Compared | None = None
    """The average of this weekday; only in the report of a day."""
    holiday: Compared | None = None
    """The last 8 March; only in the report of a day."""
    comparison: Comparison | None = None
    """With the previous week or month; not in the report of a day."""
    assembled: int = 0
    """In a personal report: what the person assembled."""
    delivered: int = 0

    @property
    def holiday_day(self) -> date | None:
        """The 8 March with which a day is compared."""
        return last_holiday(self.span.first) if self.span.period is Period.DAY else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to report."""
        return not self.states.total and not self.acceptance.came


def sees_shop(viewer: Actor, shop_id: int) -> bool:
    """Whether they get the report of the whole shop; all others get their own (R14)."""
    return may(viewer, Act.SEE_ALL_ORDERS, shop_id)


def days_before(span: ReportSpan) -> tuple[date, ...]:
    """The days with which a day is compared; empty for a week or a month."""
    if span.period is not Period.DAY:
        return ()
    return (*same_weekdays(span.first), last_holiday(span.first))


def report(sources: Sources, span: ReportSpan, viewer: Actor, rules: ShopRules, now: datetime) -> Figures:
    """The figures that this viewer may read; sources and viewer belong to the same shop."""
    if viewer.shop_id is not None and sees_shop(viewer, viewer.shop_id):
        return _of_shop(sources, span, viewer, rules, now)
    return _of_person(sources.due, span, viewer.staff_id, rules, now)


def _of_shop(sources: Sources, span: ReportSpan, viewer: Actor, rules: ShopRules, now: datetime) -> Figures:
    due, zone = sources.due, rules.zone
    sees_money = viewer.shop_id is not None and may(viewer, Act.SEE_MONEY, viewer.shop_id)
    return Figures(
        span=span,
        own=False,
        states=counts.states(due),
        acceptance=counts.acceptance(sources.came, rules, now),
        photos=counts.photos(due, rules, now),
        punctuality=counts.punctuality(due, now),
        ratings=counts.ratings(due),
        by_hour=counts.by_hour(due, zone),
        by_day=counts.by_day(due, zone),
        untimed=_untimed(due),
        workers=workers(sources),
        money=money_figures(due, rules, sources.payouts, sources.claims) if sees_money else None,
        usual=_mean([sources.before.get(day, ()) for day in same_weekdays(span.first)], rules),
        holiday=_mean([sources.before.get(last_holiday(span.first), ())], rules),
        comparison=comparison(due, sources.earlier, span, rules, now, sees_money=sees_money),
    )


def _of_person(
    due: Sequence[Order], span: ReportSpan, staff_id: int | None, rules: ShopRules, now: datetime
) -> Figures:
    """Photos and ratings of the orders they assembled, punctuality of those they delivered."""
    made = [order for order in due if _is_seller(order, staff_id)]
    carried = [order for order in due if _is_carrier(order, staff_id)]
    own = [order for order in due if _is_seller(order, staff_id) or _is_carrier(order, staff_id)]
    return Figures(
        span=span,
        own=True,
        states=counts.states(own),
        acceptance=counts.acceptance((), rules, now),
        photos=counts.photos(made, rules, now),
        punctuality=counts.punctuality(carried, now),
        ratings=counts.ratings(made),
        by_hour=counts.by_hour(own, rules.zone),
        by_day=counts.by_day(own, rules.zone),
        untimed=_untimed(own),
        workers=(),
        assembled=sum(is_going_on(order) and counts.is_assembled(order) for order in made),
        delivered=sum(order.status is Status.DONE for order in carried),
    )


def workers(sources: Sources) -> tuple[Worker, ...]:
    """The number of orders each member of staff worked on, the busiest first."""
    going = [order for order in sources.due if is_going_on(order)]
    accepted = [order.progress.accepted for order in sources.came]
    made = [order.progress.seller for order in going if counts.is_assembled(order)]
    carried = [order.progress.carrier for order in going if order.status is Status.DONE]
    names: dict[int, str] = {}
    for one in (*carried, *made, *accepted):
        if one is not None and one.staff_id is not None:
            names[one.staff_id] = one.name
    found = [
        Worker(staff_id, name, _count(accepted, staff_id), _count(made, staff_id), _count(carried, staff_id))
        for staff_id, name in names.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.total, one.name, one.staff_id)))


def _count(people: Iterable[Mark | Seller | Carrier | None], staff_id: int) -> int:
    return sum(one is not None and one.staff_id == staff_id for one in people)


def _untimed(orders: Sequence[Order]) -> int:
    return sum(order.details.window is None for order in orders if is_going_on(order))


def _mean(days: Sequence[Sequence[Order]], rules: ShopRules) -> Compared | None:
    """The average over the days on which the shop had orders; None if there was none."""
    busy = [going for going in ([one for one in day if is_going_on(one)] for day in days) if going]
    if not busy:
        return None
    hours = [counts.by_hour(day, rules.zone) for day in busy]
    known = {hour for day in hours for hour in day}
    mean = {hour: Fraction(sum(day.get(hour, 0) for day in hours), len(busy)) for hour in sorted(known)}
    return Compared(mean, Fraction(sum(map(len, busy)), len(busy)))


def _is_seller(order: Order, staff_id: int | None) -> bool:
    seller = order.progress.seller
    return seller is not None and seller.staff_id == staff_id


def _is_carrier(order: Order, staff_id: int | None) -> bool:
    carrier = order.progress.carrier
    return staff_id is not None and carrier is not None and carrier.staff_id == staff_id
