"""When something that a shop gets once a day is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from orders.schedule.daily import due_day

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 3, 10)


def local(day: date, at: time) -> datetime:
    return datetime.combine(day, at, MOSCOW).astimezone(UTC)


@pytest.mark.requirement("X10")
@pytest.mark.parametrize(
    ("at", "now", "due"),
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
def test_what_comes_once_a_day_is_due_at_the_hour_of_the_rule_and_some_hours_longer(
    at: time | None, now: datetime, due: date | None
) -> None:
    assert due_day(at, MOSCOW, now) == due


def test_the_hour_that_comes_twice_is_the_evening_of_one_day() -> None:
    day, start = date(2026, 10, 25), datetime(2026, 10, 24, 22, tzinfo=UTC)
    due = {due_day(time(2, 30), BERLIN, start + timedelta(minutes=10 * one)) for one in range(36)}
    assert due <= {day, None}
    assert day in due
