from __future__ import annotations

import pytest

from messages.ui.sums import money
from orders.model.money import Money
from tests.messages.journeys import EN, RU


@pytest.mark.parametrize(
    ("amount", "russian", "english"),
    [
        (Money(490_000), "4_900_₽", "4_900_₽"),
        (Money(490_050), "4_900,50_₽", "4_900.50_₽"),
        (Money(0), "0_₽", "0_₽"),
        (Money(123_456_789_05), "123_456_789,05_₽", "123_456_789.05_₽"),
        (Money(-98_000), "\u2212980_₽", "\u2212980_₽"),
        (Money(-5), "\u22120,05_₽", "\u22120.05_₽"),
        (Money(100_000, "KZT"), "1_000_KZT", "1_000_KZT"),
        (Money(100, "<b>"), "1_&lt;b&gt;", "1_&lt;b&gt;"),
    ],
)
def test_sums_as_people_write_them(amount: Money, russian: str, english: str) -> None:
    assert money(amount, RU) == russian.replace("_", "\u202f")
    assert money(amount, EN) == english.replace("_", "\u202f")
