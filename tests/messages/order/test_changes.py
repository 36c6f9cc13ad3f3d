"""What the marketplace changed, old and new side by side; and the question whether an order is cancelled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from messages.i18n.texts import Translator
from messages.order.cards import card, reminder
from messages.order.changes import differences
from messages.order.menus import history
from orders.model.details import DeliveryKind, Person
from orders.model.money import Money
from orders.model.order import Order
from orders.model.people import MARKETPLACE, Actor
from orders.order.changes import Part
from orders.schedule.deadlines import DeadlineKind
from orders.steps import commands as do
from orders.steps.flow import apply, decide
from tests.builders import (
    COURIER,
    DIRECTOR,
    MANAGER,
    NOON,
    SELLER,
    a_line,
    a_story,
    a_window,
    minutes,
    some_details,
)
from tests.messages.journeys import EN, JOURNEYS, NOW, PAID_RULES, RU, as_read, at, labels, whole

ALL = some_details(
    lines=(a_line(name="Розы", count=7),),
    window=a_window(NOON + minutes(300)),
    delivery=DeliveryKind.PICKUP,
    address="Садовая 7",
    courier_note="Код 12",
    payment_note="Предоплата",
    shop_note="Без лилий",
    client_note="Позвоните",
    card_text="Маме",
    client=Person("Олег", "+79160000003"),
    recipient=Person("Ольга", "+79160000004"),
    paid=Money(510_000),
)


def shown(order: Order, viewer: Actor, t: Translator = RU) -> str:
    """The card, and what is behind it."""
    both = [show(order, viewer, PAID_RULES, NOW, t) for show in (card, whole)]
    return "\n".join(map(as_read, both)).replace("\u202f", " ")


def after(order: Order, **changes: object) -> Order:
    """The order when the marketplace has changed these details."""
    details = replace(order.details, **changes)  # type: ignore[arg-type]  # any field
    return apply(order, decide(order, do.Amend(details), MARKETPLACE, NOON + minutes(9), PAID_RULES))


@pytest.mark.requirement("X1", "R13", "R63")
def test_each_reads_the_changes_of_what_they_may_read() -> None:
    order = after(
        at("courier chosen"),
        address="Садовая 7",
        paid=Money(510_000),
        card_text="Маме",
        recipient=Person("Мария", "+79160000004"),
    )
    director, seller, courier = [shown(order, viewer) for viewer in (DIRECTOR, SELLER, COURIER)]

    for text in (director, seller, courier):
        assert "Изменено 12:09, Flowwow\n" in text
        assert "Адрес: Лесная 5, кв 12, домофон 12К → Садовая 7" in text
        assert "Получатель: изменено" in text
        assert "+79160000004" not in text
    assert "Оплачено: 4 900 ₽ → 5 100 ₽" in director
    assert "Текст открытки: С днём рождения, мама → Маме" in seller
    assert "5 100" not in seller + courier
    assert "→ Маме" not in courier


def test_the_card_shows_all_that_is_other_than_it_came_and_nothing_that_was_taken_back() -> None:
    first = after(at("assigned"), address="Садовая 7")
    both = after(first, shop_note="Без лилий")
    back = after(both, address=first.amendment.before.address if first.amendment else "")

    assert "→ Садовая 7" in shown(both, SELLER)
    assert "Примечание магазину: нет → Без лилий" in shown(both, SELLER)
    assert "Садовая 7" not in shown(back, SELLER)
    assert "→ Без лилий" in shown(back, SELLER)


def test_who_may_read_nothing_of_a_change_does_not_hear_that_there_is_one() -> None:
    order = after(at("courier chosen"), paid=Money(510_000))

    assert "Изменено" in shown(order, DIRECTOR)
    assert "Изменено" not in shown(order, SELLER) + shown(order, COURIER)


@pytest.mark.parametrize("t", [RU, EN])
def test_every_part_has_its_line(t: Translator) -> None:
    lines = differences(some_details(), ALL, PAID_RULES, NOW, t)

    assert len(lines) == len(Part)
    assert all("→" in line for line in lines)
    assert differences(ALL, ALL, PAID_RULES, NOW, t) == []


@pytest.mark.requirement("X5")
def test_the_history_tells_of_each_change_what_it_was_before() -> None:
    steps = [
        *JOURNEYS["assigned"],
        (do.Amend(some_details(address="Садовая 7")), MARKETPLACE),
        (do.Amend(some_details(address="Цветочная 9")), MARKETPLACE),
    ]
    order, events = a_story(*steps)

    text = as_read(history(order, list(enumerate(events, 1)), PAID_RULES, NOW, RU))

    assert "Адрес: Лесная 5, кв 12, домофон 12К → Садовая 7" in text
    assert "Адрес: Садовая 7 → Цветочная 9" in text


@pytest.mark.requirement("X1", "R21")
def test_whoever_looks_at_an_order_in_doubt_reads_why_it_stays_and_who_decides() -> None:
    order = at("in doubt")

    for viewer in (DIRECTOR, MANAGER, SELLER, COURIER):
        assert "Flowwow показывает статус 8, которого бот не знает." in shown(order, viewer)
    assert "Проверьте заказ в приложении Flowwow и ответьте здесь." in shown(order, MANAGER)
    assert "До ответа директора или менеджера заказ не выезжает." in shown(order, SELLER)
    buttons = labels(card(order, MANAGER, PAID_RULES, NOW, RU))
    assert buttons[0] == ["Работаем дальше"]
    assert "Клиент отменяет" in buttons[1]
    assert "Работаем дальше" not in str(labels(card(order, SELLER, PAID_RULES, NOW, RU)))


@pytest.mark.requirement("X1", "R2")
def test_the_alarm_of_a_doubt_has_both_answers_and_the_way_to_the_card() -> None:
    screen = reminder(at("gone"), DeadlineKind.IN_DOUBT, DIRECTOR, PAID_RULES, NOW, RU)

    assert as_read(screen).startswith("🟡 Заказ 25836184: не отменён ли он?")
    assert "Flowwow больше не показывает этот заказ." in as_read(screen)
    assert labels(screen) == [["Работаем дальше"], ["Отменён клиентом", "Открыть"]]


def test_a_photo_of_the_app_is_told_of_and_not_asked_for() -> None:
    text = shown(at("photo in the app"), SELLER)

    assert "Фото уже загружено в приложении Flowwow" in text
    assert "фото до" not in text.partition("\n")[0]
