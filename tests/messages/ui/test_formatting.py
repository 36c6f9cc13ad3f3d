from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from messages.ui.formatting import clock, duration, left, moment, span, until
from orders.model.details import Window
from tests.builders import NOON, a_window, minutes
from tests.messages.journeys import EN, RU

MOSCOW = ZoneInfo("Europe/Moscow")
VLADIVOSTOK = ZoneInfo("Asia/Vladivostok")


@pytest.mark.parametrize(
    ("days", "russian", "english"),
    [
        (0, "сегодня 14:00-15:00", "today 14:00-15:00"),
        (1, "завтра 14:00-15:00", "tomorrow 14:00-15:00"),
        (-1, "вчера 14:00-15:00", "yesterday 14:00-15:00"),
        (2, "10 марта 14:00-15:00", "10 March 14:00-15:00"),
        (-90, "8 декабря 2025 14:00-15:00", "8 December 2025 14:00-15:00"),
    ],
)
@pytest.mark.requirement("R3")
def test_a_window_is_said_as_people_say_it(days: int, russian: str, english: str) -> None:
    window = a_window(NOON + timedelta(days=days, hours=2))
    assert span(window, NOON, MOSCOW, RU) == russian
    assert span(window, NOON, MOSCOW, EN) == english


def test_the_shops_zone_decides_the_day_and_the_clock() -> None:
    late = Window(datetime(2026, 3, 8, 14, 30, tzinfo=UTC), datetime(2026, 3, 8, 15, 30, tzinfo=UTC))
    assert span(late, NOON, MOSCOW, RU) == "сегодня 17:30-18:30"
    assert span(late, NOON, VLADIVOSTOK, RU) == "завтра 00:30-01:30"
    assert clock(NOON, VLADIVOSTOK) == "19:00"


def test_a_window_over_midnight_names_both_days() -> None:
    assert span(a_window(NOON + timedelta(hours=11), 2), NOON, MOSCOW, RU) == "сегодня 23:00 - завтра 01:00"


def test_a_window_without_length_is_a_moment() -> None:
    assert span(a_window(hours=0), NOON, MOSCOW, RU) == "сегодня 14:00"


def test_a_moment_of_today_is_a_clock() -> None:
    assert moment(NOON, NOON, MOSCOW, RU) == "12:00"
    assert moment(NOON - timedelta(days=1), NOON, MOSCOW, RU) == "вчера 12:00"
    assert moment(NOON + timedelta(days=260), NOON, MOSCOW, RU) == "23 ноября 12:00"


@pytest.mark.parametrize(
    ("after", "russian", "english"),
    [
        (25, "через 25 мин", "in 25 min"),
        (110, "через 1 ч 50 мин", "in 1 h 50 min"),
        (120, "через 2 ч", "in 2 h"),
        (0, "сейчас", "now"),
        (-4, "4 мин назад", "4 min ago"),
        (60 * 51, "через 2 дня 3 ч", "in 2 days 3 h"),
        (60 * 24 * 5, "через 5 дней", "in 5 days"),
        (60 * 24 * 21, "через 21 день", "in 21 days"),
    ],
)
def test_how_far_something_is(after: int, russian: str, english: str) -> None:
    assert until(NOON + minutes(after), NOON, RU) == russian
    assert until(NOON + minutes(after), NOON, EN) == english


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (9, "осталось 9 мин"),
        (8.2, "осталось 9 мин"),
        (0.1, "осталось 1 мин"),
        (0, "срок вышел"),
        (-0.9, "срок вышел"),
        (-4.5, "просрочен на 4 мин"),
    ],
)
def test_how_much_is_left(after: float, said: str) -> None:
    assert left(NOON + minutes(after), NOON, RU) == said


def test_a_photo_is_of_another_gender() -> None:
    assert left(NOON - minutes(4), NOON, RU, of="photo") == "просрочено на 4 мин"


def test_minutes_are_left_out_beside_days() -> None:
    assert duration(24 * 60 + 5, RU) == "1 день"
