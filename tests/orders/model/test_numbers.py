from __future__ import annotations

import pytest

from orders.model.numbers import is_own, looked_for, named_in, surely_named


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


@pytest.mark.parametrize(
    ("caption", "named", "sure"),
    [
        ("Букет к заказу №25836184, готов", ("25836184",), "25836184"),
        ("Р-1", ("Р-1",), "Р-1"),
        ("заказ р - 12 готов", ("Р-12",), "Р-12"),
        ("R\u201312 и 25836184", ("Р-12", "25836184"), "Р-12"),
        ("за 1500 р", ("1500",), None),
        ("15р-20 см", (), None),
        ("Мир-1", (), None),
        (None, (), None),
    ],
)
def test_numbers_are_found_in_the_words_beside_a_picture(
    caption: str | None, named: tuple[str, ...], sure: str | None
) -> None:
    assert named_in(caption) == named
    assert surely_named(caption) == sure
