"""The guide (docs/ru) speaks of what is there: its pictures, its pages, the words on the buttons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from messages.i18n.texts import LANGUAGES

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs/ru"
TEXTS = "\n".join(path.read_text() for path in (ROOT / "messages/texts" / LANGUAGES[0]).glob("*.ftl"))
PAGES = sorted(GUIDE.glob("*.md"))
LARGEST_PICTURE = 200_000
"""Bytes: sharp, in true colours, and read on a phone."""


def links(page: Path) -> list[str]:
    return re.findall(r"(?:\]\(|<img src=\")([^)#:\"]+)[)\"]", page.read_text())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_and_picture_it_names_is_there(page: Path) -> None:
    for link in links(page):
        assert (GUIDE / link).is_file(), f"{link}: `make pictures` renews the pictures"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_button_it_names_is_one_of_the_bots(page: Path) -> None:
    own = {"Старт"}  # Telegram's
    named = set(re.findall(r"«([^»]+)»", page.read_text())) - own
    assert [
        words for words in sorted(named) if not re.search(rf"= {re.escape(words)}( |$)", TEXTS, re.M)
    ] == []


def test_no_picture_is_large_or_left_over() -> None:
    kept = {path.name: path.stat().st_size for path in (GUIDE / "pictures").iterdir()}
    named = {Path(link).name for page in PAGES for link in links(page) if link.endswith(".png")}
    assert set(kept) == named
    assert max(kept.values()) < LARGEST_PICTURE
