from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.model.details import Window
from orders.parsing.times import read_when

NOW = datetime(2026, 3, 8, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))
"""A Sunday."""


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=NOW.tzinfo).astimezone(UTC)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("сегодня 14:00-15:00", at(8, 14), at(8, 15)),
        ("Сегодня, 14.00 – 15.30", at(8, 14), at(8, 15, 30)),
        ("завтра с 9 до 11", at(9, 9), at(9, 11)),
        ("послезавтра с 9 ч. до 11 ч.", at(10, 9), at(10, 11)),
        ("12.03 с 14 до 16", at(12, 14), at(12, 16)),
        ("12.03.2026, 14-16", at(12, 14), at(12, 16)),
        ("12/03/26 14:00—16:00", at(12, 14), at(12, 16)),
        ("12 марта с 14:00 по 16:00", at(12, 14), at(12, 16)),
        ("2026-03-12 14:00 - 16:00", at(12, 14), at(12, 16)),
        ("в пятницу к 18", at(13, 18), at(13, 18)),
        ("в воскресенье в 18:30", at(8, 18, 30), at(8, 18, 30)),
        ("9 мая в 10 часов", at(9, 10, month=5), at(9, 10, month=5)),
        ("tomorrow from 9 to 11", at(9, 9), at(9, 11)),
        ("March 12, 14:00-16:00", at(12, 14), at(12, 16)),
        ("завтра до 13:00", at(9, 13), at(9, 13)),
        ("завтра 23:00-01:00", at(9, 23), at(10, 1)),
        ("14:00-15:00", at(8, 14), at(8, 15)),
    ],
)
def test_a_window_is_read_as_people_write_it(words: str, start: datetime, end: datetime) -> None:
    assert read_when(words, NOW).window(NOW) == Window(start, end)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [("14-15", at(8, 14), at(8, 15)), ("14", at(8, 14), at(8, 14))],
)
def test_an_answer_to_the_question_when_may_be_bare_hours(words: str, start: datetime, end: datetime) -> None:
    assert read_when(words, NOW, is_answer=True).window(NOW) == Window(start, end)
    assert not read_when(words, NOW)


@pytest.mark.parametrize(
    "words",
    [
        "15-17 роз",
        "Лесная 5, кв 12",
        "4 900 ₽",
        "+7 916 000-00-02",
        "4.5 кг",
        "25836184",
        "31.02 роз",
        "25:70",
    ],
)
def test_other_numbers_are_no_time(words: str) -> None:
    assert read_when(words, NOW).window(NOW) is None


def test_a_day_alone_and_haste_are_told_apart_from_a_window() -> None:
    tomorrow = read_when("на завтра", NOW)
    assert (tomorrow.day, tomorrow.spans, tomorrow.soon) == (date(2026, 3, 9), (), False)
    assert tomorrow.window(NOW) is None
    assert read_when("Как можно скорее", NOW).soon
    assert read_when("14-15", NOW, is_answer=True).window(NOW, tomorrow.day) == Window(at(9, 14), at(9, 15))


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    assert read_when("3 января", NOW).day == date(2027, 1, 3)
    assert read_when("1 марта", NOW).day == date(2026, 3, 1)
    assert read_when("12.03.1999", NOW).day is None
    assert read_when("12.03.2099", NOW).day is None


def test_hours_of_the_shop_are_hours_of_its_zone() -> None:
    there = NOW.astimezone(ZoneInfo("Asia/Vladivostok"))
    window = read_when("сегодня 20:00-21:00", there).window(there)
    assert window is not None
    assert window.start == datetime(2026, 3, 8, 10, tzinfo=UTC)


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("завтра к 7 вечера", at(9, 19), at(9, 19)),
        ("завтра с 6 до 8 вечера", at(9, 18), at(9, 20)),
        ("завтра в 2 часа дня", at(9, 14), at(9, 14)),
        ("Delivery time: tomorrow 2:00 PM - 4:00 PM", at(9, 14), at(9, 16)),
        ("tomorrow at 2 PM", at(9, 14), at(9, 14)),
        ("Mar 12, 2026 02:00 PM", at(12, 14), at(12, 14)),
        ("завтра с 14-00 до 15-00", at(9, 14), at(9, 15)),
        ("завтра в 14 30", at(9, 14, 30), at(9, 14, 30)),
        ("завтра в полвосьмого вечера", at(9, 19, 30), at(9, 19, 30)),
        ("завтра между 3 и 5 дня", at(9, 15), at(9, 17)),
        ("завтра 9-11 утра", at(9, 9), at(9, 11)),
        ("завтра с двенадцати до часу", at(9, 12), at(9, 13)),
        ("завтра from 10 am to noon", at(9, 10), at(9, 12)),
        ("через полтора часа", at(8, 13, 30), at(8, 13, 30)),
        ("завтра 14ч", at(9, 14), at(9, 14)),
        ("завтра к 12 ночи", at(10, 0), at(10, 0)),
        ("завтра вечером, часов в 8", at(9, 20), at(9, 20)),
        ("завтра утром к 8:30", at(9, 8, 30), at(9, 8, 30)),
        ("завтра в четырнадцать ноль ноль", at(9, 14), at(9, 14)),
        ("завтра без четверти шесть вечера", at(9, 17, 45), at(9, 17, 45)),
        ("девятое марта в пятнадцать тридцать", at(9, 15, 30), at(9, 15, 30)),
    ],
)
def test_a_part_of_the_day_and_words_for_hours_are_understood(
    words: str, start: datetime, end: datetime
) -> None:
    assert read_when(words, NOW, is_answer=True).window(NOW) == Window(start, end)


@pytest.mark.requirement("X1", "R66")
@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("завтра к 7", [at(9, 7), at(9, 19)]),
        ("завтра в 3", [at(9, 15), at(9, 3)]),
        ("завтра в 2:00", [at(9, 14), at(9, 2)]),
        ("завтра с 7 до 9", [at(9, 7), at(9, 19)]),
        ("завтра или послезавтра в 14:00", [at(9, 14), at(10, 14)]),
        ("завтра в 12:00 или в 15:00", [at(9, 12), at(9, 15)]),
        ("завтра до обеда", [at(9, 9), at(9, 9)]),
        ("завтра после 18", [at(9, 18), at(9, 18)]),
        ("завтра не раньше 11", [at(9, 11), at(9, 11)]),
        ("в среду 12 марта в 14:00", [at(12, 14), at(11, 14)]),
        ("сегодня 9:00-10:00", [at(8, 21), at(9, 9), at(8, 9)]),
        ("9:00-10:00", [at(8, 21), at(9, 9), at(8, 9)]),
    ],
)
def test_what_may_be_two_times_or_is_over_is_left_to_a_person(words: str, options: list[datetime]) -> None:
    meant = read_when(words, NOW, is_answer=True).meant(NOW)
    assert not meant.is_sure
    assert meant.window is None
    assert sorted(window.start for window in meant.options) == sorted(options)


@pytest.mark.requirement("X1")
@pytest.mark.parametrize("hour", range(1, 10))
@pytest.mark.parametrize("words", ["завтра в {}", "завтра к {}", "завтра часов в {}", "завтра в {} часов"])
def test_an_hour_of_the_clock_that_may_be_morning_or_evening_is_asked_with_both(
    words: str, hour: int
) -> None:
    meant = read_when(words.format(hour), NOW).meant(NOW)
    assert meant.window is None
    assert {window.start for window in meant.options} == {at(9, hour), at(9, hour + 12)}


@given(st.text(alphabet="0123456789:.-/ сдопвк", max_size=40) | st.text(max_size=80))
def test_no_words_can_break_the_reading(words: str) -> None:
    for is_answer in (False, True):
        window = read_when(words, NOW, is_answer=is_answer).window(NOW)
        assert window is None or window.start <= window.end


@given(st.times(), st.integers(0, 600))
def test_what_is_written_out_is_read_back(start: time, minutes: int) -> None:
    start = start.replace(second=0, microsecond=0)
    start = start.replace(hour=start.hour or 7) if start.hour < 7 else start  # an earlier hour is asked about
    minutes = min(minutes, 23 * 60 + 59 - start.hour * 60 - start.minute)
    end = time((start.hour * 60 + start.minute + minutes) // 60, (start.minute + minutes) % 60)
    when = read_when(f"12 марта с {start:%H:%M} до {end:%H:%M}", NOW)
    minutes_of = [one.hour * 60 + one.minute for one in (start, end)]
    assert (when.day, when.spans[0]) == (date(2026, 3, 12), tuple(minutes_of))
