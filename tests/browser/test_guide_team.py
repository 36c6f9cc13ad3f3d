"""The steps of the guide (docs/ru) about people, shops and what went wrong, on the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.hands import (
    choose,
    give,
    keep_message,
    keep_pack,
    place,
    placed,
    press,
    press_key,
    sees,
    send,
    write,
)

pytestmark = pytest.mark.browser


@pytest.mark.requirement("X9", "X12", "X4")
def test_the_guide_shows_how_a_wrong_step_is_mended(page: Page, photo: Path) -> None:
    number = place(page)
    press(page, "director", "Отказаться", number)
    keep_message(page, "director", "Отказаться от заказа?", "decline.png", number)
    press(page, "director", "← Назад", number)
    give(page, number)
    number = placed(page)
    press(page, "director", "Ещё…", number)
    press(page, "director", "Вернуть шаг", number)
    keep_message(page, "director", "Что случилось с последним шагом", "undo.png", number)
    press(page, "director", "Отмена", number)
    press(page, "director", "← Назад", number)
    send(page, photo)
    keep_message(page, "florist", "К какому заказу", "florist-which.png")
    look_for_a_courier(page, number)


def look_for_a_courier(page: Page, number: str) -> None:
    """The marketplace should send one, and does not; the pack for the day is asked for, in case all fails."""
    press(page, "director", "Найти курьера", number)
    press(page, "director", "Flowwow ищет курьера", number)
    keep_message(page, "director", "Flowwow ищет курьера: ", "search.png", number)
    press_key(page, "director", "Магазин")
    press(page, "director", "🛟 На случай сбоя")
    press(page, "director", "🖨 Пакет на день")
    sees(page, "director", "Сохраните файл в телефоне")
    keep_pack("pack.png")


@pytest.mark.requirement("X6", "X12", "R17", "R63")
def test_the_guide_shows_people_shops_and_personal_data(page: Page) -> None:
    page.get_by_test_id("start-client").click()
    keep_message(page, "client", "Отправить контакт", "connect.png")
    number = place(page)
    press_key(page, "director", "Сотрудники")
    press(page, "director", "Пригласить ссылкой")
    press(page, "director", "Флорист")
    keep_message(page, "director", "Ссылка для нового сотрудника", "invite.png")
    press_key(page, "director", "Сотрудники")
    press(page, "director", "Изменить или убрать")
    choose(page, "director", "Пётр")
    keep_message(page, "director", "Телефон: ", "person.png")
    press_key(page, "director", "Магазин")
    press(page, "director", "Настройки…")
    press(page, "director", "Личные данные клиента…")
    sees(page, "director", "пришлите номер заказа или телефон")
    write(page, number)
    keep_message(page, "director", "Найден", "personal.png")
    press_key(page, "director", "Магазин")
    press(page, "director", "Настройки…")
    press(page, "director", "Магазины…")
    press(page, "director", "Добавить магазин")
    sees(page, "director", "Как называется новый магазин?")
    write(page, "Роза на Садовой")
    press(page, "director", "Добавить")
    keep_message(page, "director", "Номера во Flowwow ещё нет", "shops.png")
