"""A card is read in two seconds: it fits a phone, and its first button is the reader's next step (X16)."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product

import pytest
from markupsafe import Markup

from flowwow.order.parse import Reading, parse
from messages.i18n.phone_screen import MOST_LINES, PHONE_HEIGHT, height
from messages.i18n.texts import Translator
from messages.order.cards import card
from messages.ui.screen import Screen
from orders.access.order_access import can_see
from orders.model.details import Details
from orders.model.people import Actor
from orders.parsing.urgent_words import urgent, without_urgent
from sandbox.config import Shop
from sandbox.marketplace.samples import SAMPLES, sample_fields
from tests.builders import COURIER, DIRECTOR, MANAGER, SELLER, some_details
from tests.messages.journeys import EN, JOURNEYS, NOW, PAID_RULES, RU, STAFF, as_read, at, labels

SHOP = Shop(shop_id=1, name="Лепесток", token="t" * 20, webhook_secret="s" * 20)

FIRST_BUTTON = {
    "new": ("Принять", "", ""),
    "accepted": ("Назначить сотрудника", "", ""),
    "assigned": ("Найти курьера", "Загрузить фото", ""),
    "photo": ("Найти курьера", "Я доставлю", ""),
    "photo seen": ("Найти курьера", "Я доставлю", ""),
    "liked": ("Найти курьера", "Я доставлю", ""),
    "disliked": ("Связаться", "Загрузить фото", ""),
    "courier chosen": ("Курьер вышел", "Курьер вышел", "Забрал"),
    "courier before photo": ("Связаться", "Загрузить фото", "Забрал"),
    "third party": ("Курьер забрал", "Курьер забрал", ""),
    "third party left": ("Выполнен", "Выполнен", ""),
    "third party before photo": ("Текст курьеру", "Загрузить фото", ""),
    "left": ("Написать курьеру", "Написать курьеру", "Выполнен"),
    "self without photo": ("Написать курьеру", "Выполнен", ""),
    "returning": ("Везти другому получателю", "Цветы в магазине", "Написать менеджеру"),
    "redispatched": ("Написать курьеру", "Написать курьеру", "Выполнен"),
    "done in person": ("Загрузил(а) во Flowwow", "Загрузил(а) во Flowwow", "Фото вручения"),
    "done to a third person": ("Загрузил(а) во Flowwow", "Загрузил(а) во Flowwow", "Фото вручения"),
    "done for the courier": ("Загрузил(а) во Flowwow", "Загрузил(а) во Flowwow", "Фото вручения"),
    "cancelled": ("Сделано в приложении", "Подробно", ""),
    "cancelled on the way": ("Курьер остановлен", "Подробно", "Вижу, остановился"),
    "declined": ("Сделано в приложении", "", ""),
    "in doubt": ("Работаем дальше", "Связаться", "Написать менеджеру"),
    "gone": ("Работаем дальше", "", ""),
    "photo in the app": ("Найти курьера", "Я доставлю", ""),
    "left in the app": ("Выполнен", "Выполнен", ""),
    "done in the app": ("Загрузил(а) во Flowwow", "Загрузил(а) во Flowwow", "Фото вручения"),
    "offered": ("Найти курьера", "Я доставлю", "Взять заказ"),
    "phone asked": ("Показать телефон клиента", "Я доставлю", ""),
    "phone asked on the way": ("Показать телефон клиента", "Написать курьеру", "Выполнен"),
    "phone refused": ("Найти курьера", "Я доставлю", ""),
    "given back": ("Найти курьера", "Я доставлю", ""),
    "late": ("Написать курьеру", "Написать курьеру", "Выполнен"),
    "nobody there": ("Связаться", "Написать курьеру", "Выполнен"),
    "brought back": ("Везти другому получателю", "Цветы в магазине", "Написать менеджеру"),
    "back in the shop": ("Везти другому получателю", "Связаться", "Написать менеджеру"),
    "asked the client": ("Найти курьера", "Я доставлю", ""),
    "unpaid": ("Спросить клиента", "Спросить клиента", ""),
    "unpaid on return": ("Спросить клиента", "Спросить клиента", "Написать менеджеру"),
    "nobody but a third person agreed": ("Отдать: AGREED", "Написать курьеру", "Выполнен"),
    "third person agreed": ("Написать курьеру", "Написать курьеру", "Выполнен"),
    "stopped": ("Сделано в приложении", "Подробно", "🆘 Что делать?"),
    "hidden": ("Связаться", "", ""),
    "searched": ("Найти курьера", "Я доставлю", ""),
    "searched and told": ("Найти курьера", "Я доставлю", ""),
    "spare comes anyway": ("Курьер забрал", "Курьер забрал", ""),
    "its courier came after the spare one": ("Курьер забрал", "Курьер забрал", ""),
    "complaint": ("Ответили во Flowwow", "Загрузил(а) во Flowwow", "Фото вручения"),
}
"""Of director and manager, of the florist, and of the courier; empty where they have no card."""


def _first(screen: Screen) -> str:
    return labels(screen)[0][0] if screen.keyboard else ""


@pytest.mark.requirement("R2", "X16")
@pytest.mark.parametrize("stage", JOURNEYS)
def test_the_widest_button_is_the_next_step_of_the_one_who_looks(stage: str) -> None:
    screens = [
        card(at(stage), viewer, PAID_RULES, NOW, RU) for viewer in (DIRECTOR, MANAGER, SELLER, COURIER)
    ]
    chief, florist, courier = FIRST_BUTTON[stage]
    assert list(map(_first, screens)) == [chief, chief, florist, courier]
    assert all(len(labels(screen)[0]) == 1 for screen in screens if screen.keyboard)


def _tall(screen: Screen) -> int:
    lines = [Markup(line) for line in screen.text.splitlines()]
    return height(lines, len(labels(screen)))


@cache
def sample(key: str) -> Details:
    fields = sample_fields(SAMPLES[key], SHOP, NOW, "https://cdn.example")
    parsed = parse(fields | {"id": 25836184}, Reading())
    return parsed.details


@pytest.mark.requirement("X16")
@pytest.mark.parametrize("t", [RU, EN])
@pytest.mark.parametrize("stage", JOURNEYS)
def test_the_longest_samples_fit_a_phone_at_every_stage(stage: str, t: Translator) -> None:
    too_tall = []
    for key, viewer in product(("bouquet", "big", "cake", "hostile"), STAFF):
        order = replace(at(stage), details=sample(key))
        if not can_see(order, viewer):
            continue
        screen = card(order, viewer, PAID_RULES, NOW, t, carrier_phone="+79160000004")
        if _tall(screen) > PHONE_HEIGHT or len(as_read(screen).splitlines()) > MOST_LINES:
            too_tall.append((key, viewer.name, _tall(screen)))
    assert too_tall == []


@pytest.mark.requirement("X16")
@pytest.mark.parametrize("viewer", [MANAGER, SELLER, COURIER])
def test_what_the_client_insists_on_is_bold_on_every_card(viewer: Actor) -> None:
    details = some_details(
        client_note="Надпись: Лёве 7 лет. Без орехов, у ребёнка аллергия",
        courier_note="Домофон 12К. Сначала позвоните мне",
    )
    text = card(replace(at("courier chosen"), details=details), viewer, PAID_RULES, NOW, RU).text
    assert "❗ <b>Без орехов, у ребёнка аллергия</b>" in text
    assert "❗ <b>Сначала позвоните мне</b>" in text
    assert "<b>Надпись" not in text


@pytest.mark.requirement("X16")
@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("nobody there", "🔴 Курьер вышел · никого нет, ждут с 12:08 · 25836184"),
        ("in doubt", "🔴 Фото · отменён или нет? · 25836184"),
        ("unpaid", "🔴 Фото · доплата не оплачена · 25836184"),
        ("disliked", "🔴 Фото · нужно новое фото · 25836184"),
        ("cancelled on the way", "🔴 Клиент отменил · курьер ещё везёт · 25836184"),
        ("late", "🔴 Курьер вышел · опаздывает на 15 мин, будет к 15:15 · 25836184"),
    ],
)
def test_trouble_stands_in_the_first_line(stage: str, said: str) -> None:
    assert as_read(card(at(stage), MANAGER, PAID_RULES, NOW, RU)).splitlines()[0] == said


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Без орехов, у ребёнка аллергия", ["Без орехов, у ребёнка аллергия"]),
        ("Домофон 12К. Сюрприз: не звоните заранее", ["Сюрприз: не звоните заранее"]),
        ("Позвоните за 10 минут", ["Позвоните за 10 минут"]),
        ("Если никого, оставьте у соседки", ["Если никого, оставьте у соседки"]),
        ("Leave it with the neighbour, please", ["Leave it with the neighbour, please"]),
        ("Please call me first", ["Please call me first"]),
        ("Побольше зелени и розовую ленту", []),
        ("Пропуск на Екатерину Сергеевну, вход со двора", []),
        ("Напишите: «Позвони маме»", []),
    ],
)
def test_only_what_is_plainly_said_is_taken_for_urgent(words: str, found: list[str]) -> None:
    assert list(urgent(words)) == found
    assert without_urgent(words) == (
        "" if found == [words] else words.partition(found[0])[0].strip() if found else words
    )
