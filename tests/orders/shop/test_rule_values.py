from __future__ import annotations

from contextlib import suppress
from datetime import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.model.money import Money
from orders.shop.rule_book import RULES, BadRule, RuleFlaw, Value
from orders.shop.rule_values import read_value


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("accept_minutes", "20", 20.0),
        ("accept_minutes", " 2,5  мин. ", 2.5),
        ("accept_reminders", "5, 10", (5.0, 10.0)),
        ("accept_reminders", "5 и 10 минут", (5.0, 10.0)),
        ("accept_reminders", "5;10", (5.0, 10.0)),
        ("accept_reminders", "-", ()),
        ("come_back_days", "2, 7", (2, 7)),
        ("come_back_days", "5 дней", (5,)),
        ("contacts_most", "7", 7),
        ("erase_days", "30 дней", 30),
        ("client_link_hours", "12 ч", 12.0),
        ("commission_percent", "12,5 %", Decimal("12.5")),
        ("commission_percent", "-", None),
        ("commission_of_live_plants", "15%", Decimal(15)),
        ("delivery_fee", "350", Money(35_000)),
        ("delivery_fee", "1 350,50 ₽", Money(135_050)),
        ("delivery_fee", "2000 тг", Money(200_000, "KZT")),
        ("delivery_fee", "20.50 byn", Money(2_050, "BYN")),
        ("delivery_fee", "\u2014", None),
        ("opens_at", "9:00", time(9)),
        ("opens_at", "23.30", time(23, 30)),
    ],
)
def test_a_value_is_read_as_people_write_it(name: str, words: str, value: Value) -> None:
    assert read_value(RULES[name], words) == value


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("accept_minutes", ""),
        ("accept_minutes", "пятнадцать"),
        ("accept_minutes", "-5"),
        ("accept_minutes", "5 10"),
        ("accept_reminders", "5, десять"),
        ("accept_reminders", "5,,10"),
        ("contacts_most", "2,5"),
        ("come_back_days", "1.5"),
        ("photo_sharpness", "1e3"),
        ("commission_percent", "много"),
        ("delivery_fee", "350 рублей или 400"),
        ("delivery_fee", "дорого"),
        ("opens_at", "24:00"),
        ("opens_at", "утром"),
    ],
)
def test_what_is_no_value_is_said(name: str, words: str) -> None:
    with pytest.raises(BadRule) as bad:
        read_value(RULES[name], words)
    assert bad.value.flaw is RuleFlaw.UNREADABLE


@given(st.sampled_from(sorted(RULES)), st.text(max_size=60))
def test_no_words_break_the_reading(name: str, words: str) -> None:
    with suppress(BadRule):
        read_value(RULES[name], words)
