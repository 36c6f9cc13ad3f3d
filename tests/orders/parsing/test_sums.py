from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.model.money import Money
from orders.parsing.sums import find_sums, read_sum


@pytest.mark.parametrize(
    ("words", "minor", "currency"),
    [
        ("4 900 ₽", 490_000, "RUB"),
        ("4\u202f900\u00a0₽", 490_000, "RUB"),
        ("4.900 руб.", 490_000, "RUB"),
        ("4900,50 рублей", 490_050, "RUB"),
        ("4900р", 490_000, "RUB"),
        ("12 345 678.90 RUB", 1_234_567_890, "RUB"),
        ("0 ₽", 0, "RUB"),
        ("25 000 тг", 2_500_000, "KZT"),
        ("4900", 490_000, "RUB"),
        ("около 4 900", 490_000, "RUB"),
        ("3000 ₽ + 500 ₽ = 3500 ₽", 350_000, "RUB"),
    ],
)
def test_a_sum_is_read_as_people_write_it(words: str, minor: int, currency: str) -> None:
    assert read_sum(words) == Money(minor, currency)


@pytest.mark.parametrize("words", ["", "не знаю", "2 букета по 3", "99999999999 ₽"])
def test_what_is_no_sum_is_none(words: str) -> None:
    assert read_sum(words) is None


def test_only_sums_with_a_currency_are_found_in_a_text() -> None:
    assert [money.minor for money, _start, _end in find_sums("Розы 15 шт 4 900 ₽, лента 150 руб, кв 12")] == [
        490_000,
        15_000,
    ]


@given(st.text(alphabet="0123456789., ₽руб\u202f", max_size=30) | st.text(max_size=60))
def test_no_words_can_break_the_reading(words: str) -> None:
    found = read_sum(words)
    assert found is None or found.minor >= 0
