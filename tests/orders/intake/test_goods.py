from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.intake.goods import goods_places, is_goods_line, read_goods
from orders.model.details import Line
from orders.model.money import Money


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


@pytest.mark.parametrize(
    "text", ["Пионы «Облако» 15 шт", "Пионы 15 шт - 4 900 ₽", "Ваза × 2", "Ваза стекло — 900 руб"]
)
def test_a_line_without_a_bullet_that_ends_with_a_count_or_a_sum_looks_like_goods(text: str) -> None:
    assert is_goods_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "Доставка - 300 ₽",
        "Итог - 4 900 ₽",
        "Сумма 4 900 ₽",
        "Лесная 5, кв 12",
        "14:00-15:00",
        "15 ₽",
        "- 5 ₽",
    ],
)
def test_other_sums_and_counts_are_no_goods(text: str) -> None:
    assert not _bare(text)


def _bare(text: str) -> bool:
    return is_goods_line(text.lstrip("- "))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Хочу 15 пионов на завтра к 14:00", ["15 пионов"]),
        ("нужно 25 красных  роз и 7 ирисов", ["25 красных роз", "7 ирисов"]),
        ("Розы красные, 25 штук. Заберу сам", ["Розы красные, 25 штук"]),
        ("15 roses, please", ["15 roses"]),
        ("Получит Роза, 25 лет", []),
        ("улица Розы Люксембург 5", []),
        ("розыгрыш в 15 розовых залах", []),
        ("15 розовых шаров и 2 коробки конфет", ["15 розовых шаров", "2 коробки конфет"]),
        ("букет роз, 25 шт", ["букет роз, 25 шт"]),
        ("Розы Эксплорер 70 см - 15 шт", ["Розы Эксплорер 70 см - 15 шт"]),
        ("сколько стоят 25 роз?", []),
    ],
)
def test_flowers_are_found_in_a_sentence_that_counts_them(text: str, found: list[str]) -> None:
    places = [" ".join(text[start:end].split()).rstrip(".") for start, end in goods_places(text)]
    assert places == found


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert all(line.name and line.count > 0 for line in read_goods(text))
