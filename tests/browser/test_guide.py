"""The steps of the florist's guide (docs/ru), on the page of which `make pictures` takes its pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.hands import (
    choose,
    keep_chat,
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


@pytest.mark.requirement("X12", "R2", "R12", "R23", "R40", "R53", "R55")
def test_the_guide_shows_an_order_from_the_alert_to_done(page: Page, photo: Path) -> None:
    place(page)
    sees(page, "group", "Новый заказ")
    keep_chat(page, "group", "group-new.png")
    offers(page, "director", "Принять")
    keep_chat(page, "director", "director-new.png")
    press(page, "director", "Принять")
    press(page, "director", "Назначить сотрудника")
    offers(page, "director", "← Назад")
    keep_chat(page, "director", "director-assign.png")
    choose(page, "director", "Оля")
    offers(page, "florist", "Загрузить фото")
    keep_chat(page, "florist", "florist-given.png")
    press(page, "florist", "Загрузить фото")
    sees(page, "florist", "Пришлите фото")
    keep_chat(page, "florist", "florist-photo.png")
    send(page, photo)
    sees_photo_kept(page)
    keep_chat(page, "florist", "florist-photo-kept.png")
    press(page, "florist", "Найти курьера")
    choose(page, "florist", "Пётр")
    sees(page, "courier", "Лесная")
    keep_chat(page, "courier", "courier-given.png")
    press(page, "florist", "Курьер вышел")
    offers(page, "courier", "Выполнен")
    keep_chat(page, "courier", "courier-on-the-way.png")
    press(page, "courier", "Выполнен")
    offers(page, "courier", "Лично")
    keep_chat(page, "courier", "courier-done.png")
    press(page, "courier", "Лично")
    press(page, "courier", "Да, согласен")
    sees(page, "director", "✅ Выполнен")
    keep_chat(page, "director", "director-done.png")


@pytest.mark.requirement("X12", "R1", "R5", "R8")
def test_the_guide_shows_board_shop_menus_and_a_pasted_order(page: Page) -> None:
    place(page)
    press(page, "director", "Принять")
    press(page, "director", "Связаться")
    offers(page, "director", "← Назад")
    keep_chat(page, "director", "contact.png")
    press(page, "director", "← Назад")
    press(page, "director", "Ещё…")
    offers(page, "director", "← Назад")
    keep_chat(page, "director", "more.png")
    press_key(page, "director", "Заказы")
    sees(page, "director", "Заказы · сегодня")
    keep_chat(page, "director", "board.png")
    press_key(page, "director", "Магазин")
    sees(page, "director", "Магазин открыт")
    keep_chat(page, "director", "shop.png")
    press(page, "director", "Скрыть магазин")
    offers(page, "director", "Откроется сам…")
    keep_chat(page, "director", "shop-hidden.png")
    press(page, "director", "Открыть магазин")
    sees(page, "director", "Магазин открыт")
    press_key(page, "director", "Сотрудники")
    offers(page, "director", "Добавить сотрудника")
    keep_chat(page, "director", "team.png")
    write(page, "Заказ 77777777\nТюльпаны 25 шт - 2 500 ₽\nЗавтра 14:00-15:00\nЛесная ул., 5, кв. 12")
    offers(page, "director", "Сохранить заказ")
    keep_chat(page, "director", "draft.png")
