"""What is read in the words that were agreed with the client about another recipient (R91)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from orders.model.details import Person
from orders.steps.commands import Redispatch
from orders.steps.redirect_texts import with_address, with_agreed, with_time
from services.phones import phone_finder

NOW = datetime(2026, 3, 8, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))


def read(words: str) -> Redispatch:
    return with_agreed(Redispatch(""), words, NOW, phone_finder("RU"))


@pytest.mark.parametrize(
    ("words", "address", "name", "phone", "hour"),
    [
        ("Сестре Ольге, Садовая 3", "Садовая 3", "Ольга", "", None),
        ("Ольге, ул. Садовая, д. 3, +79160001122, к 18:00", "ул. Садовая, д. 3", "Ольга", "+79160001122", 18),
        ("Садовая 3, Ольга 89160001122 с 17 до 18", "Садовая 3", "Ольга", "+79160001122", 17),
        ("Петру Ильичу, Лесная 7", "Лесная 7", "Петр", "", None),
        ("Москва, Садовая 3", "Москва, Садовая 3", "", "", None),
        ("Olga, Sadovaya 3, flat 5, 5 to 6 pm", "Sadovaya 3, flat 5", "Olga", "", 17),
        ("соседке, кв 14", "", "", "", None),
    ],
)  # fmt: skip
def test_address_name_phone_and_time_are_found(
    words: str, address: str, name: str, phone: str, hour: int | None
) -> None:
    found = read(words)
    start = found.window.start.astimezone(NOW.tzinfo).hour if found.window else None
    assert (found.agreed_change, found.address, found.recipient, start) == (
        words,
        address,
        Person(name, phone),
        hour,
    )


@pytest.mark.parametrize("words", ["Везём тому же получателю ещё раз", "To the same recipient once more"])
def test_the_same_recipient_is_no_new_address(words: str) -> None:
    found = read(words)
    assert (found.same_recipient, found.same_address) == (True, True)


def test_an_answer_is_an_address_or_the_word_that_it_is_the_same() -> None:
    assert with_address(Redispatch("маме"), "Лесная 9").address == "Лесная 9"
    for words in ("Адрес тот же", "Same address", "по тому же адресу"):
        answered = with_address(Redispatch("маме"), words)
        assert (answered.same_address, answered.address) == (True, "")


def test_an_answer_is_a_time_or_the_word_that_it_is_the_same() -> None:
    window = with_time(Redispatch("маме"), "Через час", NOW).window
    assert window is not None
    assert window.start.astimezone(NOW.tzinfo).hour == 13
    assert with_time(Redispatch("маме"), "Время прежнее", NOW).same_time
    assert with_time(Redispatch("маме"), "ну как-нибудь", NOW).window is None
