"""Who types the name of a menu, instead of pressing it, gets the menu or reads where it is."""

from __future__ import annotations

import pytest

from messages.i18n.texts import Translator
from tests.handlers.conftest import DIRECTOR, Shop


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("Где звенит", "Где"),
        ("кто я?", "Директор"),
        ("На случай сбоя", "🛟"),
        ("Запасные курьеры", "Запасные курьеры"),
        ("первый день", "Первый день"),
        ("First day", "Первый день"),
        ("Загрузка", "Загрузка, сегодня"),
        ("план дня", "План, сегодня"),
        ("Маршруты", "Сейчас никто ничего не везёт"),
        ("Что купить", "Это здесь: «/plan → Что купить»."),
        ("Важное", "Это здесь: «Подробно → ❗ Важное, на карточке заказа»."),
        ("Чего нет", "Это здесь: «Магазин → Чего нет»."),
        ("Магазины…", "Это здесь: «Магазин → Настройки… → Магазины…»."),
        ("Личные данные клиента", "Личные данные клиента…"),
    ],
)
async def test_the_name_of_a_menu_is_understood_as_text(shop: Shop, typed: str, answer: str) -> None:
    said = " ".join(await shop.hears(DIRECTOR, text=typed))
    assert answer in said
    assert "Не понял" not in said


async def test_the_pack_for_the_day_is_understood_as_text(shop: Shop) -> None:
    for typed in ("Пакет на день", "пакет на день.", "🖨 Пакет на день"):
        assert "Не понял" not in " ".join(await shop.hears(DIRECTOR, text=typed))


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "Не принят 1"),
        (2, "Не приняты 2"),
        (5, "Не принято 5"),
        (15, "Не принято 15"),
        (21, "Не принят 21"),
    ],
)
def test_orders_that_wait_are_counted_as_people_say_it(count: int, words: str) -> None:
    assert words in Translator("ru")("bell-waiting", count=count)
