from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.model.details import Window
from orders.model.money import Money
from orders.parsing.proposals import has_stray_sum, read_substitute, read_surcharge, read_window

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 3, 8, 10, 0, tzinfo=MOSCOW)
BEFORE = Window(NOW.replace(hour=14), NOW.replace(hour=15))


@pytest.mark.parametrize(
    ("words", "start", "hours"),
    [
        ("на час позже", NOW.replace(hour=15), 1),
        ("На 2 часа позже", NOW.replace(hour=16), 1),
        ("на 30 минут раньше", NOW.replace(hour=13, minute=30), 1),
        ("полчаса позже", NOW.replace(hour=14, minute=30), 1),
        ("1 hour later", NOW.replace(hour=15), 1),
        ("18-20", NOW.replace(hour=18), 2),
        ("завтра с 9 до 11", NOW.replace(day=9, hour=9), 2),
        ("10 марта 12:00-13:30", NOW.replace(day=10, hour=12), 1.5),
    ],
)
def test_another_time_is_read(words: str, start: datetime, hours: float) -> None:
    assert read_window(words, NOW, BEFORE) == Window(start, start + timedelta(hours=hours))


def test_without_a_window_before_only_a_whole_time_is_clear() -> None:
    assert read_window("на час позже", NOW, None) is None
    assert read_window("потом", NOW, BEFORE) is None
    assert read_window("завтра 9-10", NOW, None) is not None


@pytest.mark.parametrize(
    ("words", "name", "extra"),
    [
        ("Розы 15 шт, +300 ₽", "Розы 15 шт", 30_000),
        ("Розы 15 шт, доплата 300 руб", "Розы 15 шт", 30_000),
        ("Розы 11 шт, минус 200 ₽", "Розы 11 шт", -20_000),
        ("Розы 11 шт - вернём 200 ₽", "Розы 11 шт", -20_000),
        ("Розы 11 шт, 200 ₽ дешевле", "Розы 11 шт", -20_000),
        ("Розы 15 шт без доплаты", "Розы 15 шт", None),
        ("Тюльпаны 25 шт, +300", "Тюльпаны 25 шт", 30_000),
        ("Тюльпаны 25 шт, доплата 300", "Тюльпаны 25 шт", 30_000),
        ("Тюльпаны 25 шт, дешевле на 200", "Тюльпаны 25 шт", -20_000),
        ("Тюльпаны 25 шт, минус 200", "Тюльпаны 25 шт", -20_000),
        ("Тюльпаны 25 шт, плюс 1 500", "Тюльпаны 25 шт", 150_000),
        ("Розы 51 шт 60-70 см", "Розы 51 шт 60-70 см", None),
        ("Розы «Ред Наоми»", "Розы «Ред Наоми»", None),
        ("15 roses, minus 200 ₽", "15 roses", -20_000),
    ],
)
def test_goods_and_the_difference_in_price_are_told_apart(words: str, name: str, extra: int | None) -> None:
    assert read_substitute(words) == (name, None if extra is None else Money(extra))


@pytest.mark.parametrize(
    ("words", "what_for"),
    [
        ("500 ₽ за срочную доставку", "за срочную доставку"),
        ("за срочную доставку 500 руб", "за срочную доставку"),
        ("500 за вазу", "за вазу"),
        ("Ваза - 500 ₽", "Ваза"),
        ("500 ₽ за", ""),
    ],
)
def test_a_surcharge_is_a_sum_and_what_it_is_for(words: str, what_for: str) -> None:
    assert read_surcharge(words) == (Money(50_000), what_for)


@pytest.mark.requirement("R59", "R70")
def test_a_number_that_may_be_a_price_or_a_difference_is_noticed() -> None:
    assert has_stray_sum("Тюльпаны 25 шт, 5200")
    assert has_stray_sum("Тюльпаны 25 шт за 4 500")
    assert not has_stray_sum("Тюльпаны 25 шт")
    assert not has_stray_sum("Розы 51")


@given(st.text(max_size=60))
def test_no_words_are_too_strange(words: str) -> None:
    read_window(words, NOW, BEFORE)
    read_substitute(words)
    read_surcharge(words)
