from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.model.status import FINAL, Status
from orders.order.board import STATUSES, Day, Section, Span, day_span
from tests.builders import NOON

MOSCOW, BERLIN = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Berlin")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def hours(span: Span) -> float:
    assert span.start is not None
    assert span.end is not None
    return (span.end.astimezone(UTC) - span.start.astimezone(UTC)) / timedelta(hours=1)


@pytest.mark.requirement("R3")
def test_a_day_is_the_shops_own() -> None:
    assert day_span(Day.TODAY, NOON, MOSCOW) == Span(utc("2026-03-07T21:00"), utc("2026-03-08T21:00"))
    assert day_span(Day.TOMORROW, NOON, MOSCOW) == Span(utc("2026-03-08T21:00"), utc("2026-03-09T21:00"))
    assert day_span(Day.ALL, NOON, MOSCOW) == Span()


@pytest.mark.requirement("R3")
def test_the_same_moment_is_another_day_in_another_zone() -> None:
    evening = utc("2026-03-08T22:30")
    assert day_span(Day.TODAY, evening, MOSCOW).start == utc("2026-03-08T21:00")
    assert day_span(Day.TODAY, evening, ZoneInfo("Europe/London")).start == utc("2026-03-08T00:00")
    assert day_span(Day.TODAY, evening, ZoneInfo("Asia/Vladivostok")).start == utc("2026-03-08T14:00")


@pytest.mark.requirement("R3")
@pytest.mark.parametrize(
    ("now", "zone", "length"),
    [
        ("2026-03-29T10:00", "Europe/Berlin", 23),
        ("2026-10-25T10:00", "Europe/Berlin", 25),
        ("2026-10-26T10:00", "Europe/Berlin", 24),
        ("2026-09-06T15:00", "America/Santiago", 23),  # there is no midnight on this day
        ("2024-11-03T15:00", "America/Havana", 25),  # and here it comes twice
        ("2026-10-04T00:00", "Australia/Lord_Howe", 23.5),
    ],
)
def test_a_day_is_as_long_as_the_clocks_make_it(now: str, zone: str, length: float) -> None:
    assert hours(day_span(Day.TODAY, utc(now), ZoneInfo(zone))) == length


@pytest.mark.requirement("R3")
def test_tomorrow_is_the_day_after_even_when_the_clocks_change_between() -> None:
    before = utc("2026-03-28T22:30")  # 23:30 on Saturday; on Sunday the clocks go forward
    assert hours(day_span(Day.TOMORROW, before, BERLIN)) == 23
    assert day_span(Day.TOMORROW, before, BERLIN).start == utc("2026-03-28T23:00")


def test_the_ends_of_a_day_are_utc_as_everything_that_is_kept() -> None:
    span = day_span(Day.TODAY, NOON, MOSCOW)
    assert span.start is not None
    assert span.end is not None
    assert {span.start.tzinfo, span.end.tzinfo} == {UTC}


@pytest.mark.requirement("R3")
@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants naive ends
    st.sampled_from(["Europe/Moscow", "Europe/Berlin", "America/Santiago", "Asia/Tehran", "Pacific/Apia"]),
)
def test_now_is_always_today_and_tomorrow_begins_where_today_ends(now: datetime, zone: str) -> None:
    today, tomorrow = (day_span(day, now, ZoneInfo(zone)) for day in (Day.TODAY, Day.TOMORROW))
    assert today.start is not None
    assert today.end is not None
    assert today.start <= now < today.end
    assert today.end == tomorrow.start


@pytest.mark.requirement("R4", "R6")
def test_every_status_stands_in_exactly_one_section() -> None:
    single = set(Section) - {Section.ALL, Section.ARCHIVE}
    for status in Status:
        assert len([section for section in single if status in STATUSES[section]]) == 1, status
    assert STATUSES[Section.ALL] == frozenset(Status) - STATUSES[Section.CLOSED]
    assert STATUSES[Section.ARCHIVE] == FINAL
    assert Status.RETURNING in STATUSES[Section.COURIER_LEFT]
