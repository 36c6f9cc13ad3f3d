"""The steps of the florist's guide (docs/ru), on the page of which `make pictures` takes its pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.hands import (
    choose,
    keep_message,
    offers,
    place,
    press,
    press_key,
    sees,
    sees_photo_kept,
    send,
    write,
)

pytestmark = pytest.mark.browser


@pytest.mark.requirement("X12", "R23", "R40", "R53", "R55")
def test_the_guide_shows_an_order_from_the_alert_to_done(page: Page, photo: Path) -> None:
    number = place(page)
    keep_message(page, "group", "Новый заказ", "group-new.png", number)
    offers(page, "director", "Принять", number)
    keep_message(page, "director", "Новый", "director-new.png", number)
    press(page, "director", "Принять", number)
    press(page, "director", "Назначить сотрудника", number)
    keep_message(page, "director", "Кто собирает заказ?", "director-assign.png", number)
    choose(page, "director", "Оля", number)
    offers(page, "florist", "Загрузить фото", number)
    keep_message(page, "florist", "Принят", "florist-given.png", number)
    press(page, "florist", "Загрузить фото", number)
    keep_message(page, "florist", "Пришлите фото", "florist-photo.png", number)
    send(page, photo)
    sees_photo_kept(page, number)
    keep_message(page, "florist", "Фото сохранено", "florist-photo-kept.png", number)
    press(page, "florist", "Найти курьера", number)
    choose(page, "florist", "Пётр", number)
    keep_message(page, "courier", "Скажите", "courier-given.png", number)
    press(page, "florist", "Курьер вышел", number)
    offers(page, "courier", "Выполнен", number)
    keep_message(page, "courier", "Лесная", "courier-on-the-way.png", number)
    press(page, "courier", "Выполнен", number)
    offers(page, "courier", "Лично", number)
    keep_message(page, "courier", "Как вручён", "courier-done.png", number)
    press(page, "courier", "Лично", number)
    press(page, "courier", "Да, согласен", number)
    keep_message(page, "director", "✅ Выполнен", "director-done.png", number)


@pytest.mark.requirement("X12", "R1", "R8")
def test_the_guide_shows_board_shop_menus_and_a_pasted_order(page: Page) -> None:
    number = place(page)
    press(page, "director", "Принять", number)
    press(page, "director", "Связаться", number)
    offers(page, "director", "Готовые тексты", number)
    keep_message(page, "director", "Принят", "contact.png", number)
    press(page, "director", "← Назад", number)
    press(page, "director", "Ещё…", number)
    offers(page, "director", "Клиент отменяет", number)
    keep_message(page, "director", "Принят", "more.png", number)
    press_key(page, "director", "Заказы")
    keep_message(page, "director", "Заказы · сегодня", "board.png")
    press_key(page, "director", "Магазин")
    keep_message(page, "director", "Магазин открыт", "shop.png")
    press(page, "director", "Скрыть магазин")
    offers(page, "director", "Откроется сам…")
    keep_message(page, "director", "Магазин скрыт", "shop-hidden.png")
    press(page, "director", "Открыть магазин")
    sees(page, "director", "Магазин открыт")
    press_key(page, "director", "Сотрудники")
    offers(page, "director", "Добавить сотрудника")
    keep_message(page, "director", "Сотрудники (", "team.png")
    write(page, "Заказ 77777777\nТюльпаны 25 шт - 2 500 ₽\nЗавтра 14:00-15:00\nЛесная ул., 5, кв. 12")
    offers(page, "director", "Сохранить заказ")
    keep_message(page, "director", "Черновик заказа", "draft.png")
