"""The steps of the guide (docs/ru) from the courier to the hand-over, on the page, and what comes between."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.hands import (
    PATIENCE_MS,
    choose,
    keep_message,
    offers,
    placed,
    press,
    press_key,
    sees,
    sees_photo_kept,
    send,
    write,
)

pytestmark = pytest.mark.browser


@pytest.mark.requirement("X8", "X12", "R40", "R90", "X5")
def test_the_guide_shows_deliveries_and_what_may_happen_to_them(page: Page, photo: Path) -> None:
    first, second = photographed(page, photo), photographed(page, photo)
    press(page, "florist", "Найти курьера", first)
    keep_message(page, "florist", "Кто", "find-courier.png", first)
    press(page, "florist", "Предложить всем курьерам", first)
    keep_message(page, "courier", "Берёте?", "courier-take.png", first)
    press(page, "courier", "Взять заказ", first)
    press(page, "florist", "Найти курьера", second)
    choose(page, "florist", "Пётр", second)
    sees(page, "courier", "Скажите", second)
    press_key(page, "courier", "Мои доставки")
    keep_message(page, "courier", "Мои доставки: 2", "courier-deliveries.png")
    bring_back(page, first)
    cancel_on_the_way(page, second)
    read_history(page, second)


@pytest.mark.requirement("X12", "R56", "R57", "R70", "R89", "R91", "X30")
def test_the_guide_shows_who_else_delivers_and_who_else_is_given_the_order(page: Page, photo: Path) -> None:
    write(page, "/spare")
    press(page, "director", "Добавить")
    sees(page, "director", "Имя и телефон")
    write(page, "Глеб, +7 999 123-45-67")
    sees(page, "director", "Запасные курьеры: 1")
    number = photographed(page, photo)
    ask_for_money(page, number)
    write_to_support(page, number)
    call_others(page, number)
    press(page, "florist", "Найти курьера", number)
    choose(page, "florist", "Пётр", number)
    sees(page, "courier", "Скажите", number)
    leave(page, number)
    hand_to_another(page, number)


def ask_for_money(page: Page, number: str) -> None:
    """A surcharge: proposed, agreed to, and delivery waits until it is paid."""
    press(page, "director", "Связаться", number)
    press(page, "director", "Спросить клиента", number)
    press(page, "director", "Доплата", number)
    sees(page, "director", "Отмена", number)
    write(page, "500 ₽ за вазу")
    press(page, "director", "Клиент согласен", number)
    press(page, "director", "Да, согласен", number)
    press(page, "director", "Счёт отправлен", number)
    offers(page, "director", "Оплачено", number)
    keep_message(page, "director", "за вазу", "surcharge.png", number)
    press(page, "director", "Оплачено", number)
    sees(page, "director", "оплачено, ", number)


def write_to_support(page: Page, number: str) -> None:
    """No courier comes: what to do, the one message for support, and what it cost."""
    press(page, "director", "🆘 Что делать?", number)
    keep_message(page, "director", "Что случилось?", "guide.png", number)
    choose(page, "director", "Готово, а курьера нет", number)
    keep_message(page, "director", "приедут два курьера", "guide-no-courier.png", number)
    press(page, "director", "Написать в поддержку", number)
    keep_message(page, "director", "Поддержке пишут одним сообщением", "case.png", number)
    press(page, "director", "Отправлено", number)
    sees(page, "director", "Следующее сообщение не раньше", number)
    press(page, "director", "Компенсация", number)
    press(page, "director", "Расход и чек", number)
    write(page, "такси 450 ₽")
    sees(page, "director", "Без чека: 1", number)
    press(page, "director", "Просим вернуть", number)
    sees(page, "director", "По расходам выходит")
    write(page, "450 ₽ за доставку своими силами")
    keep_message(page, "director", "Просим вернуть: 450", "claim.png", number)
    press(page, "director", "← Назад", number)


def answer_a_complaint(page: Page, number: str) -> None:
    """After the delivery the client complains."""
    press(page, "director", "🆘 Что делать?", number)
    choose(page, "director", "Жалоба после доставки", number)
    press(page, "director", "Жалоба или низкая оценка", number)
    sees(page, "director", "что пишет клиент?")
    write(page, "Цветы завяли")
    keep_message(page, "director", "Ответить во Flowwow до", "complaint.png", number)


def call_others(page: Page, number: str) -> None:
    """A spare courier of the list, and one from outside."""
    press(page, "florist", "Найти курьера", number)
    press(page, "florist", "Запасные курьеры", number)
    keep_message(page, "florist", "Глеб", "spare.png", number)
    press(page, "florist", "← Назад", number)
    press(page, "florist", "Найти курьера", number)
    press(page, "florist", "Сторонний курьер", number)
    keep_message(page, "florist", "кто везёт?", "third-party.png", number)
    press(page, "florist", "Отмена", number)
    press(page, "florist", "← Назад", number)


def hand_to_another(page: Page, number: str) -> None:
    """The recipient refuses, another one is agreed on, and a third person takes it."""
    on_the_way(page, number, "Получатель отказался")
    press(page, "courier", "Да, везём обратно", number)
    choose(page, "courier", "Не ", number)
    press(page, "director", "Везти другому получателю", number)
    keep_message(page, "director", "что согласовано с клиентом?", "redispatch.png", number)
    write(page, "Сестре Ольге, Садовая 3, кв. 7")
    sees(page, "courier", "Сестре Ольге", number)
    press(page, "courier", "Выполнен", number)
    press(page, "courier", "Другому человеку", number)
    keep_message(page, "courier", "Клиент заранее согласился", "third-person.png", number)
    press(page, "courier", "Согласовано с клиентом", number)
    press(page, "courier", "Да, согласен", number)
    press(page, "courier", "Охране или на ресепшен", number)
    press(page, "courier", "Да, можно отдать", number)
    sees(page, "director", "Отдан другому", number)
    answer_a_complaint(page, number)


def photographed(page: Page, photo: Path) -> str:
    """An order with its photo."""
    number = placed(page)
    press(page, "florist", "Загрузить фото", number)
    sees(page, "florist", f"Пришлите фото заказа {number}")
    send(page, photo)
    sees_photo_kept(page, number)
    sees(page, "director", "📷 Фото", number)
    return number


def leave(page: Page, number: str) -> None:
    press(page, "florist", "Курьер вышел", number)
    offers(page, "courier", "Выполнен", number)


def bring_back(page: Page, number: str) -> None:
    """Late, at the door, nobody there, back."""
    leave(page, number)
    on_the_way(page, number, "Опаздываю")
    keep_message(page, "courier", "На сколько опоздание?", "courier-late.png", number)
    press(page, "courier", "на 15 мин", number)
    keep_message(page, "director", "Опаздывает на 15 мин", "director-late.png", number)
    on_the_way(page, number, "На месте")
    sees(page, "courier", "На месте: ", number)
    on_the_way(page, number, "Никого нет")
    keep_message(page, "courier", "Менеджер узнает у клиента", "courier-nobody.png", number)
    on_the_way(page, number, "Везу обратно")
    keep_message(page, "courier", "Верните заказ в магазин", "courier-back.png", number)
    press(page, "courier", "Цветы в магазине", number)
    sees(page, "director", "Цветы в магазине: ", number)


def on_the_way(page: Page, number: str, button: str) -> None:
    """A step of the courier, on the card or behind «Ещё…»."""
    here = page.get_by_test_id("chat-courier").get_by_test_id("message").filter(has_text=number)
    either = here.get_by_role("button", name=button, exact=True).or_(
        here.get_by_role("button", name="Ещё…", exact=True)
    )
    either.last.wait_for(timeout=PATIENCE_MS)
    if here.get_by_role("button", name=button, exact=True).count() == 0:
        press(page, "courier", "Ещё…", number)
    press(page, "courier", button, number)


def cancel_on_the_way(page: Page, number: str) -> None:
    """The sums come before, the courier is stopped, support's text is ready."""
    leave(page, number)
    press(page, "director", "Ещё…", number)
    press(page, "director", "Клиент отменяет", number)
    keep_message(page, "director", "отменить заказ в чате?", "cancel.png", number)
    press(page, "director", "Да: передумал", number)
    keep_message(page, "director", "Отменяет заказ поддержка Flowwow", "cancelled.png", number)
    offers(page, "courier", "Вижу, остановился", number)
    keep_message(page, "courier", "Остановитесь", "courier-stop.png", number)
    press(page, "courier", "Вижу, остановился", number)
    sees(page, "director", "Остановился: ", number)


def read_history(page: Page, number: str) -> None:
    """All that happened, and the same as a file."""
    press(page, "director", "История", number)
    keep_message(page, "director", "заказ поступил", "history.png", number)
    press(page, "director", "История файлом", number)
    keep_message(page, "director", ".html", "history-file.png")
