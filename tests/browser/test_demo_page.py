"""The demo page in a real Chromium: what a newcomer does first (X12)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.pictures import a_bouquet

pytestmark = pytest.mark.browser

PATIENCE_MS = 15_000
PICTURE_FOLDER = "PICTURE_FOLDER"
"""Set to a folder, this variable keeps pictures of the page there (README, florist's guide)."""


def chat(page: Page, key: str) -> Locator:
    return page.get_by_test_id(f"chat-{key}")


def press(page: Page, key: str, button: str) -> None:
    """Press the newest button of this name in a chat."""
    found = chat(page, key).get_by_test_id("message").get_by_role("button", name=button, exact=True).last
    found.click(timeout=PATIENCE_MS)


def choose(page: Page, key: str, words: str) -> None:
    """Press the newest button whose label begins with these words."""
    found = chat(page, key).get_by_test_id("message").get_by_role("button", name=words).last
    found.click(timeout=PATIENCE_MS)


def sees(page: Page, key: str, words: str) -> None:
    expect(chat(page, key).get_by_test_id("message").filter(has_text=words).last).to_be_visible(
        timeout=PATIENCE_MS
    )


def keep_picture(page: Page, name: str) -> None:
    folder = os.environ.get(PICTURE_FOLDER)
    if folder:
        expect(page.get_by_test_id("toast")).to_have_count(0, timeout=PATIENCE_MS)
        page.screenshot(path=Path(folder) / name)


@pytest.mark.requirement("X12", "R15", "R23", "R39", "R55")
def test_a_newcomer_takes_an_order_from_the_page_to_done(browser: Browser, demo: str, tmp_path: Path) -> None:
    photo = tmp_path / "bouquet.jpg"
    photo.write_bytes(a_bouquet())
    page = browser.new_page(viewport={"width": 1600, "height": 1000}, locale="ru-RU")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(demo)

    page.get_by_test_id("place-order").click()
    page.get_by_test_id("sample-bouquet").click()
    sees(page, "group", "Новый заказ")
    press(page, "director", "Принять")
    sees(page, "group", "принят")
    press(page, "director", "Назначить сотрудника")
    choose(page, "director", "Оля")
    press(page, "florist", "Загрузить фото")
    sees(page, "florist", "Пришлите фото")
    chat(page, "florist").get_by_test_id("attach-florist").set_input_files(photo)
    page.get_by_test_id("send-florist").click()
    sees(page, "florist", "Фото сохранено")
    keep_picture(page, "demo.png")
    press(page, "florist", "Я доставлю")
    press(page, "florist", "Выполнен")
    press(page, "florist", "Лично")
    sees(page, "group", "✅")
    sees(page, "director", "✅ Выполнен")
    assert not complaints


def test_the_page_fits_a_phone(browser: Browser, demo: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740}, locale="ru-RU", has_touch=True)
    page.goto(demo)

    expect(page.get_by_test_id("place-order")).to_be_visible(timeout=PATIENCE_MS)
    expect(chat(page, "director")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    keep_picture(page, "demo-phone.png")
