"""The demo page in a real Chromium: what a newcomer does first (X12)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.hands import PATIENCE_MS, chat, choose, keep_page, messages, press, sees, sees_photo_kept
from tests.pictures import a_bouquet

pytestmark = pytest.mark.browser


@pytest.mark.requirement("X12", "R15", "R23", "R39", "R55")
def test_a_newcomer_takes_an_order_from_the_page_to_done(browser: Browser, demo: str, tmp_path: Path) -> None:
    photo = tmp_path / "bouquet.jpg"
    photo.write_bytes(a_bouquet())
    page = browser.new_page(viewport={"width": 1600, "height": 1200}, locale="ru-RU")
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
    sees_photo_kept(page)
    keep_page(page, "demo.png")
    press(page, "florist", "Я доставлю")
    press(page, "florist", "Выполнен")
    press(page, "florist", "Лично")
    press(page, "florist", "Да, согласен")
    sees(page, "group", "✅")
    sees(page, "director", "✅ Выполнен")
    assert not complaints


def test_the_page_fits_a_phone(browser: Browser, demo: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740}, locale="ru-RU", has_touch=True)
    page.goto(demo)

    expect(page.get_by_test_id("place-order")).to_be_visible(timeout=PATIENCE_MS)
    expect(chat(page, "director")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    keep_page(page, "demo-phone.png")


@pytest.mark.requirement("X16")
def test_the_longest_card_is_seen_whole_on_a_phone(browser: Browser, demo: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="ru-RU", has_touch=True)
    page.goto(demo)
    page.get_by_test_id("place-order").click()
    page.get_by_test_id("sample-hostile").click()
    card = messages(page, "director", "Новый").filter(has_text="Подробно").last
    expect(card).to_be_attached(timeout=PATIENCE_MS)
    shown = chat(page, "director").locator(".messages")
    assert card.evaluate("card => card.offsetHeight") <= shown.evaluate("list => list.clientHeight")
