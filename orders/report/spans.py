"""The days that a report covers, by the shop's calendar (X10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

WEEKDAYS_BEFORE = 4
"""The number of earlier same weekdays over which a usual day is averaged."""
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_HOLIDAY = (3, 8)
"""Month and day of the flower shops' busiest day of the year."""


class Period(StrEnum):
    """The length of a report."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class ReportSpan:
    """The days from `first` to `last`, inclusive; `start` and `end` are the same span in aware UTC."""

    period: Period
    first: date
    last: date
    start: datetime
    end: datetime

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + _DAY * number for number in range((self.last - self.first).days + 1))

    def holds(self, at: datetime) -> bool:
        return self.start <= at < self.end


def report_span(period: Period, day: date, zone: ZoneInfo) -> ReportSpan:
    """The day itself, or the week (from Monday) or month around it, on the shop's clock."""
    if period is Period.DAY:
        return day_span(day, zone)
    if period is Period.WEEK:
        first = day - _DAY * day.weekday()
        return _span(period, first, first + _DAY * 6, zone)
    first = day.replace(day=1)
    return _span(period, first, (first + _DAY * 31).replace(day=1) - _DAY, zone)


def day_span(day: date, zone: ZoneInfo) -> ReportSpan:
    """One day; 23 or 25 hours long when the clocks change."""
    return _span(Period.DAY, day, day, zone)


def span_before(span: ReportSpan, zone: ZoneInfo) -> ReportSpan | None:
    """The previous week or month; None for a day, which is compared with its weekday."""
    return None if span.period is Period.DAY else report_span(span.period, span.first - _DAY, zone)


def so_far(span: ReportSpan, today: date, zone: ZoneInfo) -> ReportSpan:
    """Its days up to today; all of them if it has ended or not begun."""
    last = today if span.first <= today < span.last else span.last
    return _span(span.period, span.first, last, zone)


def as_many_days(span: ReportSpan, part: ReportSpan, whole: ReportSpan, zone: ZoneInfo) -> ReportSpan:
    """The days of `span` to compare with `part` of `whole`: the same number from its start, at most all."""
    if part.last == whole.last:
        return span
    return _span(span.period, span.first, min(span.last, span.first + (part.last - part.first)), zone)


def same_weekdays(day: date) -> tuple[date, ...]:
    """The earlier same weekdays from which the usual values are taken."""
    return tuple(day - _WEEK * number for number in range(1, WEEKDAYS_BEFORE + 1))


def last_holiday(before: date) -> date:
    """The last 8 March before that day."""
    this_year = before.replace(month=_HOLIDAY[0], day=_HOLIDAY[1])
    return this_year if this_year < before else this_year.replace(year=before.year - 1)


def _span(period: Period, first: date, last: date, zone: ZoneInfo) -> ReportSpan:
    return ReportSpan(period, first, last, _midnight(first, zone), _midnight(last + _DAY, zone))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
