"""The days of a report."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from orders.report.spans import Period, day_span, last_holiday, report_span, same_weekdays

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
