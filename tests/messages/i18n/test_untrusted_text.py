from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from messages.i18n.untrusted_text import clean, clean_lines, fit, fit_lines, units, visible_units

anything = st.text(st.characters(exclude_categories=[]))


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Лесная\t5,\r\n\u2028кв 12 ", "Лесная 5, кв 12"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("\u202eabc\u202c \u2067d\u2069 \u200f\u061c", "abc d"),
        ("\ud83dx\ufeff\u200b", "x"),
        ("👩‍👩‍👧 ❤️", "👩‍👩‍👧 ❤️"),
        ("", ""),
    ],
)
def test_what_disturbs_is_taken_out(text: str, cleaned: str) -> None:
    assert clean(text, 100) == cleaned


def test_a_text_is_cut_in_utf16_units_and_never_through_a_character() -> None:
    assert fit("💐💐💐", 5) == "💐💐…"
    assert fit("💐💐💐", 4) == "💐…"
    assert fit("💐💐💐", 6) == "💐💐💐"
    assert fit("слово другое", 7) == "слово…"


@given(anything, st.integers(1, 50))
def test_clean_text_is_one_line_within_its_limit_and_can_be_sent(text: str, limit: int) -> None:
    cleaned = clean(text, limit)
    cleaned.encode()
    assert units(cleaned) <= limit
    assert len(cleaned.splitlines()) <= 1
    assert clean(cleaned, limit) == cleaned


@given(anything)
def test_a_file_keeps_its_lines(text: str) -> None:
    cleaned = clean_lines(text)
    cleaned.encode()
    assert clean_lines(cleaned) == cleaned


def test_lines_stay_lines_and_nothing_is_cut() -> None:
    assert clean_lines(" a \r\n\r\nb\u202e\t c\r" + "x" * 5000) == "a\n\nb c\n" + "x" * 5000


def test_html_is_measured_as_it_is_shown() -> None:
    assert visible_units('<b>a</b> <a href="https://x">&lt;💐</a>') == 5


def test_lines_that_do_not_fit_are_left_out_whole() -> None:
    lines = [Markup("<b>first</b>"), Markup("second"), Markup("third")]
    assert fit_lines(lines, 20) == "<b>first</b>\nsecond\nthird"
    assert fit_lines(lines, 16) == "<b>first</b>\nsecond\n…"
    assert fit_lines(lines, 3) == "…"
