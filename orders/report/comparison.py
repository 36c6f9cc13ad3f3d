"""Compares a week or a month with the previous one (X10): orders, late ones, photos in time, payout.

If a span has not ended, its days so far are compared with the same number of days of the previous one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.report import counts
from orders.report.counts import Photos
from orders.report.money import Sums, money_figures
from orders.report.spans import ReportSpan, as_many_days, so_far, span_before


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures by which two spans are compared. `late`: by 15 minutes or more.

    `expected`: the payout; None for viewers who may not see money.
    """

    orders: int
    late: int
    photos: Photos
    expected: Sums | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`days`: the compared days of the previous span; `by_day`: its orders, by this span's matching day."""

    now: Measured
    before: Measured
    days: ReportSpan
    by_day: Mapping[date, int]


def comparison(
    due: Sequence[Order],
    earlier: Sequence[Order],
    span: ReportSpan,
    rules: ShopRules,
    now: datetime,
    *,
    sees_money: bool,
) -> Comparison | None:
    """`due` and `earlier`: all orders of this span and of the previous one. None if that had no orders."""
    before = span_before(span, rules.zone)
    if before is None:
        return None
    part = so_far(span, now.astimezone(rules.zone).date(), rules.zone)
    days = as_many_days(before, part, span, rules.zone)
    then = _of(earlier, days)
    if not then:
        return None
    return Comparison(
        _measured(_of(due, part), rules, now, sees_money=sees_money),
        _measured(then, rules, now, sees_money=sees_money),
        days,
        _in_place(counts.by_day(earlier, rules.zone), span, before),
    )


def _of(orders: Sequence[Order], span: ReportSpan) -> list[Order]:
    return [order for order in orders if span.holds(order.deliver_from)]


def _measured(orders: Sequence[Order], rules: ShopRules, now: datetime, *, sees_money: bool) -> Measured:
    return Measured(
        len(orders),
        counts.punctuality(orders, now).late,
        counts.photos(orders, rules, now),
        money_figures(orders, rules, {}, ()).expected if sees_money else None,
    )


def _in_place(by_day: Mapping[date, int], span: ReportSpan, before: ReportSpan) -> Mapping[date, int]:
    """Matches days by position: Monday to Monday, the first of a month to the first."""
    placed = ((day, before.first + (day - span.first)) for day in span.days)
    return {day: by_day[other] for day, other in placed if other <= before.last and other in by_day}
