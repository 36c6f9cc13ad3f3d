from __future__ import annotations

import pytest

from services.side_channels import without_side_channels


@pytest.mark.requirement("R62")
@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Звоните +7 916 123-45-67 после шести", "Звоните ••• после шести"),
        ("мой номер 8(916)1234567", "мой номер •••"),
        ("пишите @igor_flowers", "пишите •••"),
        ("вот https://t.me/igor и wa.me/79161234567", "вот ••• и •••"),
        ("почта igor@mail.example.com, жду", "почта •••, жду"),
    ],
)
def test_what_leads_past_the_orders_chat_is_left_out(words: str, left: str) -> None:
    assert without_side_channels(words, "RU") == left


@pytest.mark.requirement("R62")
@pytest.mark.parametrize(
    "words",
    ["Лесная 5, кв 12, домофон 12К", "заказ 25836184, к 14:00", "25 роз за 4900 ₽, 8 марта", ""],
)
def test_addresses_times_and_sums_stay(words: str) -> None:
    assert without_side_channels(words, "RU") == words
