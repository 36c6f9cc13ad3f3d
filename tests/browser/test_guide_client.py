"""The steps of the guide (docs/ru) between shop and client, on the page: photo, link, talk, agreements."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.hands import (
    choose,
    keep_message,
    offers,
    placed,
    press,
    sees,
    sees_photo_kept,
    send,
    write,
)

pytestmark = pytest.mark.browser

AGREE = "Спросить клиента"


@pytest.mark.requirement("X7", "X12", "R26", "R32", "R35", "R59")
def test_the_guide_shows_what_is_said_to_the_client(page: Page, photo: Path, dark_photo: Path) -> None:
    number = placed(page)
    send_photo(page, number, photo, dark_photo)
    open_link(page, number)
    press(page, "client", "👎 Поправить")
    keep_message(page, "client", "что поправить?", "client-complaint.png")
    press(page, "client", "Цвет не тот")
    keep_message(page, "florist", "Клиент просит поправить: Цвет не тот", "florist-complaint.png", number)
    sees(page, "director", "Клиент просит поправить: Цвет не тот", number)
    press(page, "director", "Связаться", number)
    replace_goods(page, number)


def send_photo(page: Page, number: str, photo: Path, dark_photo: Path) -> None:
    """A dark photo is asked about; another one goes to the order."""
    press(page, "florist", "Загрузить фото", number)
    sees(page, "florist", "Пришлите фото")
    send(page, dark_photo)
    keep_message(page, "florist", "Слишком темно", "florist-dark.png")
    press(page, "florist", "Снять заново")
    sees(page, "florist", "Пришлите фото")
    send(page, photo)
    sees_photo_kept(page, number)
    sees(page, "director", "📷 Фото", number)


def open_link(page: Page, number: str) -> None:
    """The director copies the link, the marketplace's chat brings it, the client taps it."""
    press(page, "director", "Связаться", number)
    press(page, "director", "Готовые тексты", number)
    keep_message(page, "director", "Готовые тексты для чата заказа", "ready-texts.png")
    press(page, "director", "← Назад")
    press(page, "director", "Ссылка для клиента", number)
    keep_message(page, "director", "Отправьте клиенту в чат заказа", "client-link.png", number)
    press(page, "director", "Скопировать", number)
    page.get_by_test_id("open-link-client").click()
    offers(page, "client", "👎 Поправить")
    keep_message(page, "client", "Всё ли нравится?", "client.png", number)


def replace_goods(page: Page, number: str) -> None:
    """A flower is missing: the client says yes to others in his chat."""
    press(page, "director", AGREE, number)
    keep_message(page, "director", "О чём договориться с клиентом?", "agree.png", number)
    press(page, "director", "Замена", number)
    choose(page, "director", "Пионы", number)
    sees(page, "director", "на что заменить?", number)
    write(page, "Тюльпаны 25 шт, плюс 300 ₽")
    press(page, "director", "Отправить", number)
    keep_message(page, "director", "ждём ответа клиента", "agreement.png", number)
    keep_message(page, "client", "замену", "client-agreement.png", number)
    press(page, "client", "Согласен", number)
    sees(page, "client", "Вы согласились", number)
