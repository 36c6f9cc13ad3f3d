"""The demo page in a real Chromium: what a newcomer does first (X12)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Browser, Route, expect

from tests.browser.hands import (
    PATIENCE_MS,
    SHARPNESS,
    Film,
    chat,
    choose,
    keep_page,
    messages,
    offers,
    press,
    sees,
    sees_photo_kept,
    send,
)
from tests.pictures import a_bouquet

pytestmark = pytest.mark.browser


@pytest.mark.requirement("X12", "R15", "R23", "R39", "R55")
def test_a_newcomer_takes_an_order_from_the_page_to_done(browser: Browser, demo: str, tmp_path: Path) -> None:
    photo = tmp_path / "bouquet.jpg"
    photo.write_bytes(a_bouquet())
    page = browser.new_page(viewport={"width": 1600, "height": 1000}, locale="ru-RU", reduced_motion="reduce")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(demo)
    film = Film(page)

    page.get_by_test_id("place-order").click()
    page.get_by_test_id("sample-bouquet").click()
    sees(page, "group", "Новый заказ")
    offers(page, "director", "Принять")
    film.shoot()
    press(page, "director", "Принять")
    sees(page, "group", "принят")
    film.shoot()
    press(page, "director", "Назначить сотрудника")
    choose(page, "director", "Оля")
    offers(page, "florist", "Загрузить фото")
    film.shoot()
    press(page, "director", "Связаться")
    press(page, "director", "Ссылка для клиента")
    press(page, "director", "Скопировать")
    page.get_by_test_id("open-link-client").click()
    sees(page, "client", "Магазин собирает заказ")
    film.shoot()
    press(page, "florist", "Загрузить фото")
    sees(page, "florist", "Пришлите фото")
    send(page, photo)
    sees_photo_kept(page)
    offers(page, "client", "👍 Нравится")
    film.shoot()
    press(page, "client", "👍 Нравится")
    sees(page, "client", "Фото вам понравилось")
    film.shoot()
    press(page, "florist", "Я доставлю")
    sees(page, "client", "Курьер в пути")
    film.shoot()
    press(page, "florist", "Выполнен")
    offers(page, "florist", "Лично")
    film.shoot()
    press(page, "florist", "Лично")
    press(page, "florist", "Да, согласен")
    sees(page, "group", "✅")
    sees(page, "director", "✅ Выполнен")
    film.shoot()
    film.keep("demo.webp")
    page.close()
    assert not complaints


@pytest.mark.requirement("X16")
def test_the_page_fits_a_phone_and_shows_the_longest_card_whole(browser: Browser, demo: str) -> None:
    page = browser.new_page(
        viewport={"width": 360, "height": 740},
        locale="ru-RU",
        has_touch=True,
        device_scale_factor=SHARPNESS,
        reduced_motion="reduce",
    )
    page.goto(demo)
    expect(page.get_by_test_id("place-order")).to_be_visible(timeout=PATIENCE_MS)
    expect(chat(page, "director")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.evaluate("document.getElementById('again-button').hidden = false")  # as in `make demo`
    for button in ("again", "orders", "place-order"):  # what is outside is cut off, nobody can scroll to it
        place = page.get_by_test_id(button).bounding_box()
        assert place, button
        assert place["x"] + place["width"] <= 360, button
    keep_page(page, "demo-phone.png")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_test_id("place-order").click()
    page.get_by_test_id("sample-hostile").click()
    card = messages(page, "director", "Новый").filter(has_text="Подробно").last
    expect(card).to_be_attached(timeout=PATIENCE_MS)
    shown = chat(page, "director").locator(".messages")
    assert card.evaluate("card => card.offsetHeight") <= shown.evaluate("list => list.clientHeight")
    page.close()


def test_an_older_look_at_a_chat_takes_nothing_away_that_came_meanwhile(browser: Browser, demo: str) -> None:
    page = browser.new_page(viewport={"width": 1600, "height": 900}, locale="ru-RU")
    page.goto(demo)
    expect(page.locator("body")).to_have_attribute("data-ready", "true", timeout=PATIENCE_MS)
    looks: list[tuple[Route, APIResponse]] = []
    page.route("**/control/chats/florist/*/messages?*", lambda route: looks.append((route, route.fetch())))
    with page.expect_request("**/control/chats/florist/*/messages?*"):
        page.get_by_test_id("as-whom-group").select_option("florist")
    page.get_by_test_id("place-order").click()
    page.get_by_test_id("sample-cake").click()
    news = messages(page, "group", "Медовик")
    expect(news).to_be_attached(timeout=PATIENCE_MS)

    for route, look in looks:
        with page.expect_response("**/control/chats/florist/*/messages?*"):
            route.fulfill(response=look)
    page.wait_for_load_state("networkidle")
    expect(news).to_be_attached()

    # A picture may load between the jump to the end and the browser's word of it: no hand scrolls there.
    shown = chat(page, "director").locator(".messages")
    shown.evaluate("""list => {
        const picture = document.createElement("li");
        picture.style.minHeight = "900px";
        list.append(picture);
        list.dispatchEvent(new Event("scroll"));
    }""")
    page.set_viewport_size({"width": 1600, "height": 700})
    at_end = "list => list.scrollHeight - list.scrollTop - list.clientHeight < 2"
    page.wait_for_function(at_end, arg=shown.element_handle(), timeout=PATIENCE_MS)
    page.close()
