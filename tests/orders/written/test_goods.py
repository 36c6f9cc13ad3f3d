from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.money import Money
from orders.order import Line
from orders.written.goods import is_goods_line, read_goods


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Пионы «Облако» 15 шт", Line("Пионы «Облако» 15 шт")),
        ("- Пионы, 15 шт - 4 900 ₽", Line("Пионы, 15 шт", paid=Money(490_000))),
        ("• Ваза x2", Line("Ваза", 2)),
        ("1. Розы х 3 шт", Line("Розы", 3)),
        ("2) 2 × Макаруны: 900 руб.", Line("Макаруны", 2, Money(90_000))),
        ("15 пионов", Line("15 пионов")),
        ("Открытка - 0 ₽", Line("Открытка", paid=Money(0), is_addon=True)),
        ("Розы (4 900 ₽)", Line("Розы", paid=Money(490_000))),
    ],
)
def test_a_line_is_read_as_people_write_it(text: str, line: Line) -> None:
    assert read_goods(text) == (line,)


def test_each_line_and_each_part_behind_a_semicolon_is_a_product() -> None:
    assert [line.name for line in read_goods("Розы; лента\n\n-\nОткрытка")] == ["Розы", "лента", "Открытка"]


def test_a_line_of_a_list_with_a_sum_or_a_count_looks_like_goods() -> None:
    assert is_goods_line("- Пионы 15 шт")
    assert is_goods_line("• Ваза - 900 ₽")
    assert not is_goods_line("- спасибо")
    assert not is_goods_line("Розы 15 шт на завтра")


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert all(line.name and line.count > 0 for line in read_goods(text))
