"""The result of a rehearsal, counted in the same way as reports of real days (X29)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from orders.model.order import Order
from orders.model.people import Role
from orders.model.rules import ShopRules
from orders.report.counts import acceptance, delay_of, hour_of, photos, punctuality

BREAKING_PERCENT = 10
"""An hour breaks if this share of its orders, in per cent, was accepted, photographed or delivered late."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of orders. `late`: handed over any time after the window; pick-ups are not counted."""

    orders: int
    accepted_in_time: int
    photos: int
    photos_in_time: int
    deliveries: int
    late: int
    late_15: int
    late_30: int
    worst_delay: timedelta

    @property
    def accepted_late(self) -> int:
        return self.orders - self.accepted_in_time

    @property
    def photos_late(self) -> int:
        return self.photos - self.photos_in_time


@dataclass(frozen=True, slots=True)
class Hour:
    """Orders whose delivery starts in this hour on the shop's clock; None: those without a time."""

    hour: int | None
    score: Score
    broken: int
    """Orders that were late in any respect."""

    @property
    def breaks(self) -> bool:
        return 100 * self.broken >= BREAKING_PERCENT * self.score.orders


@dataclass(frozen=True, slots=True)
class Heard:
    """Sounds and new messages that one person got, including the group's if they are a member."""

    name: str
    role: Role
    sounds: int
    messages: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a rehearsal. `with_more`: the score with one more person in this role."""

    score: Score
    hours: Sequence[Hour]
    heard: Sequence[Heard]
    with_more: Mapping[Role, Score]


def score(orders: Sequence[Order], rules: ShopRules, now: datetime) -> Score:
    """The score of these orders; what is not done by `now` counts as late once its time has passed."""
    accepted, shown = acceptance(orders, rules, now), photos(orders, rules, now)
    delivered = punctuality(orders, now)
    delays = [delay for delay in (delay_of(order, now) for order in orders) if delay is not None]
    return Score(
        len(orders),
        len(orders) - accepted.overdue,
        shown.due,
        shown.on_time,
        delivered.due,
        delivered.due - delivered.on_time,
        delivered.late,
        delivered.very_late,
        max([timedelta(), *delays]),
    )


def by_hour(orders: Sequence[Order], rules: ShopRules, now: datetime) -> list[Hour]:
    """The score for each hour of delivery, in order; the hours together contain all orders."""
    hours: defaultdict[int | None, list[Order]] = defaultdict(list)
    for order in orders:
        hours[hour_of(order, rules.zone)].append(order)
    timed = sorted(hour for hour in hours if hour is not None)
    return [_hour(hour, hours[hour], rules, now) for hour in [*timed, *([None] if None in hours else [])]]


def breaks_first(hours: Sequence[Hour]) -> Hour | None:
    """The first hour of the day that breaks; None if no hour does."""
    return next((one for one in hours if one.breaks), None)


def _hour(hour: int | None, orders: Sequence[Order], rules: ShopRules, now: datetime) -> Hour:
    single = [score([order], rules, now) for order in orders]
    broken = sum(bool(one.accepted_late or one.photos_late or one.late) for one in single)
    return Hour(hour, score(orders, rules, now), broken)
