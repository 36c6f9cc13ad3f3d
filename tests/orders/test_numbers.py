from __future__ import annotations

import pytest

from orders.numbers import is_own, looked_for


@pytest.mark.requirement("R5")
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("25836184", "25836184"),
        ("# 2583 61-84 ", "25836184"),
        ("№25", "25"),
        ("Р-1", "Р-1"),
        ("р1", "Р-1"),
        ("R-12", "Р-12"),
        ("p 3", "Р-3"),
        ("Роза 25", None),
        ("", None),
        (None, None),
    ],
)
def test_a_number_is_looked_for_however_it_is_written(text: str | None, number: str | None) -> None:
    assert looked_for(text) == number


def test_the_shops_own_numbers_are_told_from_the_marketplaces() -> None:
    assert is_own("Р-1")
    assert not is_own("25836184")
