from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from messages.callbacks.order import Do
from messages.client.contact import contact
from messages.order import menus
from messages.ui.screen import Screen
from orders.model.order import Order
from orders.model.status import Status
from orders.steps.commands import Undo
from orders.steps.events import Change, Event
from orders.steps.flow import apply, decide
from tests.builders import COURIER, MANAGER, NOON, RULES, SELLER, a_receipt, an_order, minutes
from tests.messages.journeys import JOURNEYS, NOW, PAID_RULES, RU, STAFF, Steps, as_read, at, labels, taps


def _asked(screen: Screen) -> str:
    """What stands under the order's own lines."""
    return as_read(screen).split("\n\n", 1)[1]


def test_a_menu_keeps_the_first_lines_of_the_card() -> None:
    text = as_read(menus.complete(at("left"), RULES, NOW, RU))
    assert text.startswith(
        "🚚 Курьер вышел · вручить до 15:00, осталось 2 ч 50 мин · 25836184\nСегодня 14:00"
    )


@pytest.mark.parametrize("stage", JOURNEYS)
def test_more_holds_eight_buttons_at_most_and_leads_back(stage: str) -> None:
    for viewer, still in product(STAFF, (False, True)):
        screen = menus.more(at(stage), viewer, RULES, NOW, RU, still=still)
        assert sum(map(len, labels(screen))) <= 8
        assert all(len(label) <= 16 for row in labels(screen) if len(row) > 1 for label in row)
        assert taps(screen)[-1].do is Do.CARD


def test_more_holds_the_rare_steps() -> None:
    assert labels(menus.more(at("photo seen", marketplace_status=Status.PHOTO), MANAGER, RULES, NOW, RU)) == [
        ["Назначить сотрудника"],
        ["Клиенту нравится"],
        ["Клиент просит поправить"],
        ["Сторонний курьер", "Клиент отменяет"],
        ["История", "Ещё…"],
        ["← Назад"],
    ]


@pytest.mark.requirement("R20")
def test_the_list_of_staff_says_how_much_each_has_in_hand() -> None:
    choices = [(3, "Оля", 0), (5, "Катя", 1), (6, "Ира", 3), (7, "Юля", 11)]
    screen = menus.sellers(at("accepted"), choices, NOW, RULES, RU)
    assert labels(screen) == [
        ["Оля · без заказов"],
        ["Катя · 1 заказ"],
        ["Ира · 3 заказа"],
        ["Юля · 11 заказов"],
        ["← Назад"],
    ]
    assert [(tap.do, tap.arg) for tap in taps(screen)][:2] == [(Do.ASSIGN_TO, "3"), (Do.ASSIGN_TO, "5")]


@pytest.mark.requirement("R40")
def test_couriers_are_chosen_from_the_shops_own() -> None:
    screen = menus.couriers(at("photo"), [(4, "Пётр", 2)], SELLER, NOW, RULES, RU)
    assert _asked(screen) == "Кто повезёт заказ?"
    assert [tap.do for tap in taps(screen)] == [Do.OFFER, Do.COURIER_IS, Do.THIRD_PARTY, Do.SEARCH, Do.CARD]


def test_an_empty_list_says_who_can_fill_it() -> None:
    assert _asked(menus.couriers(at("photo"), [], SELLER, NOW, RULES, RU)).startswith(
        "Своих курьеров в списке нет."
    )
    assert _asked(menus.sellers(at("photo"), [], NOW, RULES, RU)).startswith("Назначить пока некого.")


@pytest.mark.requirement("R58")
def test_what_declining_costs_is_said_before_the_tap() -> None:
    screen = menus.decline(at("new"), PAID_RULES, NOW, RU, 1)
    assert "\nОтказ стоит 100 % комиссии Flowwow: 980\u202f₽." in _asked(screen)
    assert [tap.do for tap in taps(screen)] == [Do.DECLINE_YES, Do.CARD]
    assert "150 % комиссии Flowwow: 1\u202f470\u202f₽." in _asked(
        menus.decline(at("photo"), PAID_RULES, NOW, RU, 1)
    )
    assert "Точная сумма неизвестна." in _asked(menus.decline(at("new"), RULES, NOW, RU, 1))


@pytest.mark.requirement("R58", "R78")
def test_the_free_decline_of_a_month_is_said_with_what_it_usually_costs() -> None:
    asked = _asked(menus.decline(at("new"), PAID_RULES, NOW, RU, 0)).splitlines()
    assert asked[1:3] == [
        "Первый отказ в месяце бесплатный.",
        "Платный отказ стоит 100 % комиссии Flowwow: 980\u202f₽.",
    ]
    never = replace(PAID_RULES, declines_free=0)
    assert "бесплатн" not in _asked(menus.decline(at("new"), never, NOW, RU, 0))
    assert "бесплатн" not in _asked(menus.decline(at("new"), PAID_RULES, NOW, RU, 1))


@pytest.mark.requirement("R46", "R47", "R48")
def test_cancelling_asks_whether_the_client_wants_it_and_says_the_sums() -> None:
    asked = _asked(menus.cancel(at("photo"), PAID_RULES, NOW, RU))
    assert asked.startswith(
        "Клиент сам просил отменить заказ в чате?\nКлиенту вернётся вся сумма: 4\u202f900\u202f₽."
    )
    on_the_way = _asked(menus.cancel(at("left"), PAID_RULES, NOW, RU))
    assert "Клиенту вернётся 4\u202f500\u202f₽. Магазину останется за доставку 400\u202f₽." in on_the_way
    assert "за вычетом доставки. Точная сумма неизвестна" in _asked(menus.cancel(at("left"), RULES, NOW, RU))
    assert "Сколько оплатил клиент, неизвестно" in _asked(menus.cancel(at("new", paid=None), RULES, NOW, RU))


@pytest.mark.requirement("R51", "R55", "R56")
def test_completing_asks_how_and_whether_it_is_sure() -> None:
    screen = menus.complete(at("left"), RULES, NOW, RU)
    assert _asked(screen) == "Как вручён заказ?\nНе уверены на 100 %? Не завершайте."
    assert labels(screen) == [["Лично", "Другому человеку"], ["Ещё не вручён"]]
    assert [tap.do for tap in taps(screen)] == [Do.IN_PERSON, Do.THIRD_PERSON, Do.CARD]


@pytest.mark.requirement("R56")
def test_a_third_person_needs_the_clients_word() -> None:
    screen = menus.third_person(at("left"), RULES, NOW, RU)
    assert labels(screen) == [["Согласовано с клиентом"], ["Не согласовано"]]
    assert [tap.do for tap in taps(screen)] == [Do.AGREED, Do.CARD]


@pytest.mark.requirement("R56", "R57")
def test_whom_the_client_agreed_to_is_one_tap_at_the_end() -> None:
    screen = menus.third_person(at("third person agreed"), RULES, NOW, RU)
    assert labels(screen) == [["Отдан: AGREED"], ["Отдан другому", "Ещё не вручён"]]
    assert [tap.do for tap in taps(screen)] == [Do.AS_AGREED, Do.AGREED, Do.CARD]


@pytest.mark.requirement("R19", "R62", "R69")
def test_contact_leads_to_the_marketplaces_chat() -> None:
    asked = _asked(contact(at("assigned"), MANAGER, RULES, NOW, RU))
    assert asked == (
        "Чат с клиентом - в приложении Flowwow: «Заказы», поиск по номеру 25836184 "
        "(нажмите, чтобы скопировать), откройте заказ, «Связаться».\n"
        "Если чат не работает, а вопрос срочный, попросите телефон клиента кнопкой ниже.\n"
        "Получателю не звоните и не пишите: он может не знать о заказе."
    )
    assert "<code>25836184</code>" in contact(at("assigned"), MANAGER, RULES, NOW, RU).text
    assert "+7916" not in _asked(contact(at("assigned"), SELLER, RULES, NOW, RU))


def _events(steps: Steps, order: Order) -> list[tuple[int, Event]]:
    found: list[tuple[int, Event]] = [(1, a_receipt())]
    for minute, (command, actor) in enumerate(steps, start=1):
        event: Change = decide(order, command, actor, NOON + minutes(minute), PAID_RULES)
        order = apply(order, event)
        found.append((order.version, event))
    return found


@pytest.mark.requirement("X4", "X5")
def test_the_history_says_who_did_what_and_when() -> None:
    steps = (*JOURNEYS["done to a third person"], (Undo("Не тот заказ"), COURIER))
    screen = menus.history(at("left"), _events(steps, an_order()), RULES, NOW, RU)
    assert _asked(screen).splitlines() == [
        "12:00, Flowwow: заказ поступил",
        "12:01, Анна: принят",
        "12:02, Анна: собирает Оля",
        "12:03, Оля: фото, версия 1",
        "12:04, Анна: курьер Пётр",
        "12:05, Оля: в пути, курьер Пётр",
        "12:06, Пётр: выполнен, отдан другому: COMMENT · клиент согласен: да",
        "12:07, Пётр: возвращён шаг «выполнен»: Не тот заказ",
    ]
    assert [tap.do for tap in taps(screen)] == [Do.HISTORY_FILE, Do.WHOLE, Do.CARD]


@pytest.mark.parametrize(
    ("stage", "last"),
    [
        ("liked", "Клиенту фото нравится"),
        ("disliked", "Клиент просит поправить: COMPLAINT"),
        ("third party", "сторонний курьер THIRDNAME: THIRDPHONE · отвечает магазин"),
        ("self without photo", "в пути, везёт Оля · Без фото: NOPHOTO"),
        ("returning", "получатель отказался: REFUSALNOTE"),
        (
            "redispatched",
            (
                "снова в пути, согласовано: AGREED; Адрес: Лесная 5, кв 12, домофон 12К → NEWADDRESS; "
                "Примечание курьеру: Не звонить в дверь → нет; Получатель: Мария → NEWRECIPIENTNAME"
            ),
        ),
        ("done for the courier", "выполнен, вручён лично · Завершил не курьер: FORCOURIER"),
        ("cancelled", "отменён клиентом: CLOSINGREASON · Клиенту возвращается вся сумма: 4\u202f900\u202f₽"),
        ("declined", "отказ магазина: CLOSINGREASON"),
        ("hidden", "убран из списка"),
    ],
)
def test_every_event_is_told(stage: str, last: str) -> None:
    screen = menus.history(at(stage), _events(JOURNEYS[stage], an_order()), RULES, NOW, RU)
    assert as_read(screen).splitlines()[-1].split(": ", 1)[1] == last


def test_a_long_history_keeps_the_newest() -> None:
    events = [(n, replace(a_receipt(at=NOON + minutes(n)))) for n in range(300)]
    lines = _asked(menus.history(at("new"), events, RULES, NOON + minutes(400), RU)).splitlines()
    assert lines[0].startswith("… ещё")
    assert lines[0].endswith("раньше")
    assert lines[-1] == "16:59, Flowwow: заказ поступил"
