"""When what is due. Deadlines are computed from the order alone, so that a restart can forget none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count

from orders.order import Order
from orders.rules import ShopRules
from orders.status import Status


class DeadlineKind(StrEnum):
    """What a deadline reminds of."""

    ACCEPT_SOON = "accept_soon"
    ACCEPT_OVERDUE = "accept_overdue"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The next moment at which something is due."""

    kind: DeadlineKind
    due_at: datetime


def deadlines(order: Order, rules: ShopRules, fired: Mapping[DeadlineKind, datetime]) -> tuple[Deadline, ...]:
    """The next deadline of each kind that applies.

    `fired` says when a kind last fired: occurrences up to then are over, so that one that fell due while
    nobody ran fires once, at once, and the rest of the missed ones not at all.
    """
    found = []
    for kind, moments in _occurrences(order, rules):
        last = fired.get(kind)
        due_at = next((moment for moment in moments if last is None or moment > last), None)
        if due_at is not None:
            found.append(Deadline(kind, due_at))
    return tuple(found)


def accept_by(order: Order, rules: ShopRules) -> datetime:
    """The moment up to which a new order must be accepted (R16: 15 minutes)."""
    return order.placed_at + rules.accept_within


def reminders_before(order: Order, rules: ShopRules, moment: datetime) -> int:
    """How many of the reminders to accept come before `moment`: the step of the ladder (R16)."""
    return sum(at < moment for at in _reminders(order, rules))


def _occurrences(order: Order, rules: ShopRules) -> Iterator[tuple[DeadlineKind, Iterator[datetime]]]:
    if order.status is Status.NEW:
        yield DeadlineKind.ACCEPT_SOON, _reminders(order, rules)
        yield DeadlineKind.ACCEPT_OVERDUE, _alarms(order, rules)


def _reminders(order: Order, rules: ShopRules) -> Iterator[datetime]:
    """5 and 10 minutes (R16), as far as they come before the limit."""
    for minutes in sorted(rules.accept_reminders):
        if minutes < rules.accept_minutes:
            yield order.placed_at + timedelta(minutes=minutes)


def _alarms(order: Order, rules: ShopRules) -> Iterator[datetime]:
    """At the limit, then again and again until somebody takes the order (R16)."""
    repeat = timedelta(minutes=rules.accept_repeat_minutes)
    return (accept_by(order, rules) + repeat * n for n in count())
