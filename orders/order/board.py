"""The order board: its filters, by day and by status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from orders.model.status import FINAL, Status


class Day(StrEnum):
    """The filter by delivery date (R3)."""

    ALL = "all"
    TODAY = "today"
    TOMORROW = "tomorrow"


class Section(StrEnum):
    """The filter by status (R4), and two more lists: closed orders and the archive (R6)."""

    ALL = "all"
    NEW = "new"
    ACCEPTED = "accepted"
    PHOTO = "photo"
    COURIER_LEFT = "courier_left"
    DONE = "done"
    CLOSED = "closed"
    ARCHIVE = "archive"


STATUSES: dict[Section, frozenset[Status]] = {
    Section.ALL: frozenset(Status) - {Status.CANCELLED, Status.DECLINED},
    Section.NEW: frozenset({Status.NEW}),
    Section.ACCEPTED: frozenset({Status.ACCEPTED}),
    Section.PHOTO: frozenset({Status.PHOTO}),
    Section.COURIER_LEFT: frozenset({Status.COURIER_LEFT, Status.RETURNING}),
    Section.DONE: frozenset({Status.DONE}),
    Section.CLOSED: frozenset({Status.CANCELLED, Status.DECLINED}),
    Section.ARCHIVE: FINAL,
}
"""The statuses in each section. Every status is in exactly one section between ALL and ARCHIVE."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open time span, aware UTC; None for an open end."""

    start: datetime | None = None
    end: datetime | None = None


def day_span(day: Day, now: datetime, zone: ZoneInfo) -> Span:
    """The span of a calendar day in the shop's zone; 23 or 25 hours long when the clocks change."""
    if day is Day.ALL:
        return Span()
    local = now.astimezone(zone).date() + timedelta(days=day is Day.TOMORROW)
    return Span(_midnight(local, zone), _midnight(local + timedelta(days=1), zone))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
