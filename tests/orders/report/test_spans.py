"""The days of a report, and when the evening's is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from orders.report.spans import Period, day_span, evening_due, last_holiday, report_span, same_weekdays
from tests.builders import RULES

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 3, 10)


def local(day: date, at: time, zone: ZoneInfo = MOSCOW) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.DAY, date(2026, 3, 10), date(2026, 3, 10)),
        (Period.WEEK, date(2026, 3, 9), date(2026, 3, 15)),
        (Period.MONTH, date(2026, 3, 1), date(2026, 3, 31)),
    ],
)
def test_a_report_holds_whole_days_of_the_shops_calendar(period: Period, first: date, last: date) -> None:
    span = report_span(period, DAY, MOSCOW)
    assert (span.days[0], span.days[-1]) == (first, last)
    assert span.holds(local(first, time(0)))
    assert span.holds(local(last, time(23, 59)))
    assert not span.holds(local(first, time(0)) - timedelta(seconds=1))
    assert not span.holds(local(last + timedelta(days=1), time(0)))


def test_months_end_where_the_calendar_says_also_in_december_and_leap_years() -> None:
    assert report_span(Period.MONTH, date(2028, 2, 29), MOSCOW).last == date(2028, 2, 29)
    assert report_span(Period.MONTH, date(2026, 12, 31), MOSCOW).last == date(2026, 12, 31)


def test_a_day_on_which_the_clocks_change_has_its_own_length() -> None:
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
        span = day_span(day, BERLIN)
        assert span.end - span.start == timedelta(hours=hours)


def test_what_a_day_is_compared_with() -> None:
    assert [(DAY - one).days for one in same_weekdays(DAY)] == [7, 14, 21, 28]
    assert last_holiday(DAY) == date(2026, 3, 8)
    assert last_holiday(date(2026, 3, 8)) == date(2025, 3, 8)
    assert last_holiday(date(2028, 2, 29)) == date(2027, 3, 8)


@pytest.mark.requirement("X10")
@pytest.mark.parametrize(
    ("report_at", "now", "due"),
    [
        (time(21), local(DAY, time(20, 59)), None),
        (time(21), local(DAY, time(21)), DAY),
        (time(21), local(DAY, time(23, 59)), DAY),
        (time(21), local(DAY + timedelta(days=1), time(0)), None),
        (time(23, 50), local(DAY + timedelta(days=1), time(0, 10)), DAY),
        (time(0), local(DAY, time(0, 10)), DAY),
        (None, local(DAY, time(21)), None),
    ],
)
def test_the_report_is_due_at_the_hour_of_the_rule_and_some_hours_longer(
    report_at: time | None, now: datetime, due: date | None
) -> None:
    assert evening_due(replace(RULES, report_at=report_at), now) == due


def test_the_hour_that_comes_twice_brings_the_report_of_one_day() -> None:
    rules = replace(RULES, timezone="Europe/Berlin", report_at=time(2, 30))
    day, start = date(2026, 10, 25), datetime(2026, 10, 24, 22, tzinfo=UTC)
    due = {evening_due(rules, start + timedelta(minutes=10 * one)) for one in range(36)}
    assert due <= {day, None}
    assert day in due
