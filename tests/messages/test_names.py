"""A name that cannot be seen is none (R17)."""

from __future__ import annotations

import pytest

from messages.outside import clean_name
from services.phones import split_contact

BLANK = [
    "\u3164",
    "\u2800\u2800",
    "\u200d\u200d",
    "\u115f\u1160",
    "\uffa0",
    "\u0301",
    "\u2003 \t",
    "\ufe0f",
    "\u200b",
    "\U000e0061",
]


@pytest.mark.requirement("R17")
@pytest.mark.parametrize("name", BLANK)
def test_a_name_that_shows_nothing_is_none_and_the_phone_stands_for_it(name: str) -> None:
    assert clean_name(name, 60) == ""
    assert split_contact(f"{name} +7 916 000-00-11", "RU") == ("+79160000011", "+79160000011")


@pytest.mark.parametrize("name", ["Оля", "Анна-Мария", "7", "🌷", "李", "한", "O\u0301", "№1", "-"])
def test_a_name_that_shows_something_stays(name: str) -> None:
    assert clean_name(f" {name} ", 60) == name
