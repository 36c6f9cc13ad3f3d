from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from messages.order.cards import alarm, group_card
from tests.builders import NOON, RULES, minutes
from tests.messages.journeys import EN, NOW, RU, as_read, at, labels, taps


@pytest.mark.requirement("R15")
def test_the_group_hears_of_a_new_order() -> None:
    screen = group_card(at("new"), RULES, NOON, RU)
    assert as_read(screen) == (
        "🔴 Новый заказ 25836184\n"
        "Сегодня 14:00-15:00\n"
        "Пионы «Облако» 15 шт, Открытка\n"
        "Принять до 12:15 - осталось 15 мин"
    )
    assert labels(screen) == [["Принять", "Открыть"]]
    assert [tap.do for tap in taps(screen)] == [Do.ACCEPT, Do.OPEN]


@pytest.mark.parametrize(
    ("stage", "line"),
    [
        ("accepted", "🟡 25836184 · принят 12:01, Анна · сегодня 14:00-15:00"),
        ("assigned", "🟡 25836184 · принят 12:01, Анна · сегодня 14:00-15:00 · собирает Оля"),
        ("photo", "📷 25836184 · фото 12:03, Оля · сегодня 14:00-15:00 · собирает Оля"),
        ("third party", "📷 25836184 · фото 12:03, Оля · сегодня 14:00-15:00 · сторонний курьер"),
        ("left", "🚚 25836184 · курьер вышел 12:05 · сегодня 14:00-15:00 · курьер Пётр"),
        ("self without photo", "🚚 25836184 · курьер вышел 12:03 · сегодня 14:00-15:00 · везёт Оля"),
        (
            "late",
            "🚚 25836184 · курьер вышел 12:05 · сегодня 14:00-15:00 · курьер Пётр · опаздывает на 15 мин",
        ),
        ("nobody there", "🚚 25836184 · курьер вышел 12:05 · сегодня 14:00-15:00 · курьер Пётр · никого нет"),
        ("returning", "↩️ 25836184 · возвращается в магазин 12:06 · сегодня 14:00-15:00 · курьер Пётр"),
        ("done in person", "✅ 25836184 · выполнен 12:06, Пётр"),
        ("cancelled", "⚫ 25836184 · клиент отменил 12:03, Анна"),
        ("declined", "⚪ 25836184 · магазин отказался 12:02, Анна"),
    ],
)
@pytest.mark.requirement("R18", "X2")
def test_later_the_group_message_is_one_line(stage: str, line: str) -> None:
    for screen in (group_card(at(stage), RULES, NOW, RU), alarm(at(stage), RULES, NOW, RU)):
        assert as_read(screen) == line
        assert labels(screen) == [["Открыть"]]


@pytest.mark.requirement("R16")
def test_a_reminder_says_how_long_is_left() -> None:
    screen = alarm(at("new"), RULES, NOON + minutes(10), RU)
    assert as_read(screen) == (
        "🔴 Заказ 25836184 не принят, осталось 5 мин\n"
        "Сегодня 14:00-15:00\n"
        "Пионы «Облако» 15 шт, Открытка\n"
        "Примите до 12:15: позже клиент может отменить заказ."
    )
    assert [tap.do for tap in taps(screen)] == [Do.ACCEPT, Do.OPEN]


@pytest.mark.requirement("R16")
@pytest.mark.parametrize("waited", [15, 20, 75])
def test_an_overdue_alarm_says_how_long_it_has_waited_and_what_may_happen(waited: int) -> None:
    text = as_read(alarm(at("new"), RULES, NOON + minutes(waited), RU))
    said = "1 ч 15 мин" if waited == 75 else f"{waited} мин"
    assert text.startswith(f"🔴 Заказ 25836184 не принят уже {said}\n")
    assert text.endswith("Примите сейчас: клиент может отменить заказ.")


def test_an_english_group_reads_english() -> None:
    text = as_read(group_card(at("new"), RULES, NOON, EN))
    assert text.endswith("Accept by 12:15 - 15 min left")
