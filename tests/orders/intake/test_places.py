"""Places without a house, days of no calendar, and words in other letters (X1)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from orders.intake.order_text import Written, read_order
from orders.intake.venues import find_venues
from services.phones import phone_finder

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))


def read(text: str) -> Written:
    return read_order(text, NOW, phone_finder("RU"))


def starts(written: Written) -> list[str]:
    """When the possible windows begin, by the clock of the shop."""
    details = written.details
    windows = (details.window,) if details.window else written.windows
    return [f"{one.start.astimezone(NOW.tzinfo):%d.%m.%Y %H:%M}" for one in windows]


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("завтра к 11, лицей 27, второй этаж, учителю Марии Ивановне", "лицей 27, второй этаж"),
        ("БЦ Олимп, этаж 6, офис 610, завтра 12:30", "БЦ Олимп, этаж 6, офис 610"),
        ("роддом №3, 2 корпус, послезавтра к 13:00", "роддом №3, 2 корпус"),
        ("ТЦ Аврора, вход со двора, сегодня 18:00, Костя", "ТЦ Аврора, вход со двора"),
        ("тц аврора, 2 этаж, завтра 12:00", "тц аврора, 2 этаж"),
        ("ресторан «Максим», сегодня 20:00", "ресторан «Максим»"),
        ("детская больница, палата 7, завтра с 15 до 17", "детская больница, палата 7"),
        ("школа-интернат №3, кабинет 14, завтра 12:00", "школа-интернат №3, кабинет 14"),
        ("роддом на Щорса, завтра с 11 до 12", "роддом на Щорса"),
        ("Need 11 lilies today at 6 pm, Hotel Hilton, room 55", "Hotel Hilton, room 55"),
        ("Кофейня на Тверской 10, завтра 12:00", "Тверской 10"),
        ("Мира 4, школа №5, завтра 12:00", "Мира 4"),
    ],
)  # fmt: skip
def test_a_place_without_a_house_is_an_address(text: str, place: str) -> None:
    details = read(text).details
    assert details.address == place
    assert read(text).windows or details.window


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    "text", ["в ресторан к 19:00", "школа танцев завтра", "салон цветов Лилия", "банк 4000"]
)
def test_a_word_for_a_place_alone_is_none(text: str) -> None:
    assert find_venues(text) == []


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("31.11 к 14, розы 15", ["30.11.2026 14:00", "01.12.2026 14:00"]),
        ("30 февраля в 12:00", ["28.02.2027 12:00", "01.03.2027 12:00"]),
        ("32 декабря в 12:00", ["31.12.2026 12:00", "01.01.2027 12:00"]),
        ("29.02 к 10 утра, Садовая 3", ["28.02.2027 10:00", "01.03.2027 10:00"]),
        ("Дата: 31.04.2027, время: 12:00-13:00", ["30.04.2027 12:00", "01.05.2027 12:00"]),
        ("00.12 в 15:00", ["30.11.2026 15:00", "01.12.2026 15:00"]),
        ("тридцать первого ноября к 14", ["30.11.2026 14:00", "01.12.2026 14:00"]),
    ],
)
def test_a_day_of_no_calendar_is_asked_about(text: str, possible: list[str]) -> None:
    written = read(text)
    assert written.details.window is None
    assert starts(written) == possible


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    ("text", "start", "address"),
    [
        ("8 марта 14, завтра 12:00", "01.12.2026 12:00", "8 марта 14"),
        ("1 Мая 20 кв 5, завтра 16:00", "01.12.2026 16:00", "1 Мая 20 кв 5"),
        ("8 марта 12:00, Мира 4", "08.03.2027 12:00", "Мира 4"),
        ("на 2 число к 3 дня Мира 4", "02.12.2026 15:00", "Мира 4"),
        ("завтра 10-30 Мира 4", "01.12.2026 10:30", "Мира 4"),
        ("zavtra v 5 vechera 11 roz na Mira 4", "01.12.2026 17:00", "Mira 4"),
        ("ертең 14:00 Абай 4 пәтер 3", "01.12.2026 14:00", "Абай 4 пәтер 3"),
        ("курьеру: код 55, завтра 12:00, Мира 4", "01.12.2026 12:00", "Мира 4"),
        ("на 3 декабря в 15:00", "03.12.2026 15:00", ""),
        ("открытка с текстом: С днём рождения! завтра 12:00, Мира 4", "01.12.2026 12:00", "Мира 4"),
        ("Пермь, Мира, дом 4, завтра 12:00", "01.12.2026 12:00", "Пермь, Мира, дом 4"),
    ],
)
def test_day_and_address_are_told_apart(text: str, start: str, address: str) -> None:
    written = read(text)
    assert written.details.window is not None
    assert (starts(written), written.details.address) == ([start], address)


@pytest.mark.requirement("R62", "R68")
@pytest.mark.parametrize(
    "text",
    [
        "Сергей 89991112233 заказывает для Марины 89991112244, Мира 4, завтра 12:00",
        "Сергей +79991112233, для Марины +79991112244, Мира 4, завтра 12:00",
    ],
)
def test_who_orders_for_somebody_is_the_client(text: str) -> None:
    details = read(text).details
    assert (details.client.name, details.client.phone) == ("Сергей", "+79991112233")
    assert (details.recipient.name, details.recipient.phone) == ("Марины", "+79991112244")


@pytest.mark.requirement("X1")
def test_a_range_of_sums_is_no_price() -> None:
    assert read("4000-4500 руб, завтра 12:00, Мира 4").details.paid is None
