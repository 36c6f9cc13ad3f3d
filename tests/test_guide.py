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
FOR_NEWCOMERS = [ROOT / "README.md", ROOT / "README.ru.md", ROOT / "docs/operations.md"]
TEXT_FILES = sorted((ROOT / "messages/texts" / LANGUAGES[0]).glob("*.ftl"))
NOT_THE_BOTS = {"Старт", "Клиент заказал", "вы", "Это вы?"}
"""Telegram's button, the demo page's, and words that are no button."""
OPENED_FROM = {
    "Настройки…": {"Магазин"},
    "Магазины…": {"Настройки…"},
    "Правила и деньги…": {"Настройки…"},
    "Личные данные клиента…": {"Настройки…"},
    "Приём и тревоги": {"Правила и деньги…"},
    "Фото и вручение": {"Правила и деньги…"},
    "Доставка": {"Правила и деньги…"},
    "Маршрут и дорога": {"Доставка"},
    "Часы и архив": {"Правила и деньги…"},
    "Сколько успеваем": {"Часы и архив", "Загрузка"},
}
"""Screens of the settings, each with the buttons that may stand before it in a path."""
LARGEST_PICTURE = 200_000
"""Bytes: sharp, in true colours, and read on a phone."""


def links(page: Path) -> list[str]:
    return re.findall(r"(?:\]\(|<img src=\")([^)#:\"]+)[)\"]", page.read_text())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_and_picture_it_names_is_there(page: Path) -> None:
    for link in links(page):
        assert (GUIDE / link).is_file(), f"{link}: `make pictures` renews the pictures"


def in_one_line(page: Path) -> str:
    return " ".join(page.read_text().split())


@pytest.mark.parametrize("page", [*PAGES, *FOR_NEWCOMERS], ids=lambda page: page.name)
def test_every_button_it_names_is_one_of_the_bots(page: Path) -> None:
    named = set(re.findall(r"«([^»]+)»", in_one_line(page))) - NOT_THE_BOTS
    assert [
        words for words in sorted(named) if not re.search(rf"= {re.escape(words)}( |$)", TEXTS, re.M)
    ] == []


@pytest.mark.parametrize("page", [*PAGES, *FOR_NEWCOMERS, *TEXT_FILES], ids=lambda page: page.name)
def test_every_path_through_the_settings_leads_there(page: Path) -> None:
    steps = re.findall(r"«([^»]+)»(?:,| →) (?=«([^»]+)»)", in_one_line(page))
    assert [(one, then) for one, then in steps if one not in OPENED_FROM.get(then, {one})] == []


def test_no_picture_is_large_or_left_over() -> None:
    kept = {path.name: path.stat().st_size for path in (GUIDE / "pictures").iterdir()}
    named = {Path(link).name for page in PAGES for link in links(page) if link.endswith(".png")}
    assert set(kept) == named
    assert max(kept.values()) < LARGEST_PICTURE
