from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.intake.order_text import Guess, Written, read_order
from orders.model.details import DeliveryKind, Line, Person, Window
from orders.model.money import Money
from services.phones import phone_finder

NOW = datetime(2026, 3, 8, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))
TWO, THREE = datetime(2026, 3, 8, 11, tzinfo=UTC), datetime(2026, 3, 8, 12, tzinfo=UTC)

NOTIFICATION = """Новый заказ №25836184
Доставка: сегодня 14:00-15:00
Адрес: Москва, Лесная ул., 5, кв. 12
Получатель: Мария, +7 999 000-00-55
Заказчик: Игорь
Телефон: 8 (916) 000-00-01
Состав:
- Пионы «Облако», 15 шт - 4 900 ₽
- Открытка - 0 ₽
Текст открытки: С днём рождения, мама!
Люблю тебя.

Комментарий: Позвоните мне, если Марии не будет дома
Курьеру: домофон 12К
Итого: 4 900 ₽"""

ENGLISH = """Order #25836184
Date: 12.03.2026
Time: 14:00 - 16:00
Address:
Lesnaya st. 5, flat 12
Recipient: Maria
Phone: +7 999 000-00-55
Items:
1) Peonies x 2 - 9 800 RUB
2) Card
Total: 9 800 RUB
Card text: Happy birthday"""

CLIENT = (
    "Здравствуйте! Хочу 15 пионов на завтра к 14:00, ул. Лесная 5, кв 12. Мария +7 916 000 00 02, "
    "открытка не нужна"
)


def read(text: str) -> Written:
    return read_order(text, NOW, phone_finder("RU"))


def test_the_marketplaces_notification_is_read_whole() -> None:
    written = read(NOTIFICATION)
    details = written.details
    assert written.number == "25836184"
    assert details.window == Window(TWO, THREE)
    assert details.address == "Москва, Лесная ул., 5, кв. 12"
    assert details.recipient == Person("Мария", "+79990000055")
    assert details.client == Person("Игорь", "+79160000001")
    assert details.lines == (
        Line("Пионы «Облако», 15 шт", paid=Money(490_000)),
        Line("Открытка", paid=Money(0), is_addon=True),
    )
    assert details.card_text == "С днём рождения, мама!\nЛюблю тебя."
    assert details.client_note == "Позвоните мне, если Марии не будет дома"
    assert details.courier_note == "домофон 12К"
    assert details.paid == Money(490_000)
    assert details.written == NOTIFICATION


def test_an_english_one_is_read_too() -> None:
    written = read(ENGLISH)
    details = written.details
    assert written.number == "25836184"
    assert details.window == Window(
        datetime(2026, 3, 12, 11, tzinfo=UTC), datetime(2026, 3, 12, 13, tzinfo=UTC)
    )
    assert details.address == "Lesnaya st. 5, flat 12"
    assert details.recipient == Person("Maria", "+79990000055")
    assert details.lines[0] == Line("Peonies", 2, Money(980_000))
    assert details.paid == Money(980_000)


def test_a_notification_in_one_line_is_read() -> None:
    written = read(
        "Flowwow: новый заказ 25836184 на сумму 4 900 ₽. Доставка 12.03 с 14 до 16. "
        "Адрес доставки: Лесная 5, кв 12. Получатель: Мария +7 999 000-00-55."
    )
    assert written.number == "25836184"
    assert written.details.paid == Money(490_000)
    assert written.details.address == "Лесная 5, кв 12"
    assert written.details.recipient == Person("Мария", "+79990000055")
    assert written.details.window is not None
    assert written.details.window.start == datetime(2026, 3, 12, 11, tzinfo=UTC)


def test_a_clients_own_words_are_read_as_far_as_they_go() -> None:
    details = read(CLIENT).details
    assert details.window == Window(
        datetime(2026, 3, 9, 11, tzinfo=UTC), datetime(2026, 3, 9, 11, tzinfo=UTC)
    )
    assert details.address == "ул. Лесная 5, кв 12"
    assert details.recipient == Person("Мария", "+79160000002")
    assert details.client == Person()


def test_goods_are_read_though_nobody_calls_them_so() -> None:
    details = read(
        "Заказ 25836184\nПионы «Облако» 15 шт - 4 900 ₽\nОткрытка - 0 ₽\n"
        "Завтра 14:00-15:00\nЛесная ул., 5, кв 12"
    ).details
    assert details.lines == (
        Line("Пионы «Облако» 15 шт", paid=Money(490_000)),
        Line("Открытка", paid=Money(0), is_addon=True),
    )
    assert details.paid == Money(490_000)
    assert details.address == "Лесная ул., 5, кв 12"
    assert read(CLIENT).details.lines == (Line("15 пионов"),)


def test_a_sum_beside_the_goods_is_the_whole_one() -> None:
    assert read("Розы 15 шт - 4 900 ₽\nИтого 5 200 ₽").details.paid == Money(520_000)
    assert read("Розы 15 шт - 4 900 ₽\nВаза 1 шт").details.paid is None


def test_day_and_time_on_different_lines_belong_together() -> None:
    details = read("Привезите завтра\nлучше с 14:00 до 15:00").details
    assert details.window is not None
    assert details.window.start == datetime(2026, 3, 9, 11, tzinfo=UTC)


def test_a_pickup_is_understood() -> None:
    details = read("Самовывоз, тюльпаны 25 шт, 2500 руб, Анна 89160000002, сегодня к 18").details
    assert details.delivery is DeliveryKind.PICKUP
    assert details.paid == Money(250_000)
    assert details.address == ""


def test_a_phone_of_nobody_is_the_clients_and_never_the_recipients() -> None:
    details = read("Получатель: Мария\n\nМой телефон, если что:\n+79160000001").details
    assert details.recipient.name == "Мария"
    assert read("заказ 25836184 +79160000001").details.recipient.phone == ""


@pytest.mark.parametrize("text", [NOTIFICATION, ENGLISH, CLIENT, "Заказ 25836184, перенести на 18:00"])
def test_an_order_is_known_for_sure(text: str) -> None:
    assert read(text).guess(is_forwarded=False) is Guess.SURE


@pytest.mark.parametrize(
    ("text", "is_forwarded"),
    [
        ("Перезвоните мне в 15:00, пожалуйста", False),
        ("Можно розы?", True),
        ("Заказ 25836184 всё ещё не оплачен", False),
        ("Очень нужен красивый букет для жены. " * 5, False),
    ],
)
def test_where_it_may_be_an_order_it_may_be(text: str, is_forwarded: bool) -> None:
    assert read(text).guess(is_forwarded=is_forwarded) is Guess.MAYBE


@pytest.mark.parametrize("text", ["Добрый день", "25836184", "в 15:00", "Спасибо!", "смена с 9 до 18", ""])
def test_talk_is_no_order(text: str) -> None:
    assert read(text).guess(is_forwarded=False) is Guess.NO


PIECES = [
    *NOTIFICATION.split("\n"),
    *ENGLISH.split("\n"),
    "<b>",
    "\u202e",
    "\x00",
    "\n\n",
    "🌹",
    ":",
    "- ",
    "8916",
]


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=30).map("\n".join)
    | st.text(max_size=300)
)
def test_no_text_breaks_the_reading_and_none_of_it_is_lost(text: str) -> None:
    written = read(text)
    assert written.details.written == text
    assert written.number == "" or written.number in text
    assert written.guess(is_forwarded=True) in Guess


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("[08.03, 09:15] Мария:", " "),
        ("[09:15, 08.03.2026] Мария:", " "),
        ("08.03, 09:15 - Мария:", " "),
        ("Мария Иванова, [08.03.2026 9:15:22]:", "\n"),
        ("Мария, [8 мар. 2026 г., 09:15:22]:", "\n"),
    ],
)
def test_who_wrote_in_a_chat_and_when_is_no_part_of_the_order(head: str, said: str) -> None:
    found = read(f"{head}{said}завтра к 15, Гагарина 25/1, 25 роз")
    assert found.details.window == Window(
        datetime(2026, 3, 9, 12, tzinfo=UTC), datetime(2026, 3, 9, 12, tzinfo=UTC)
    )
    assert (found.details.address, found.details.recipient.name) == ("Гагарина 25/1", "")


@pytest.mark.requirement("X1")
def test_streets_named_after_a_day_and_houses_with_a_slash_are_no_days() -> None:
    for address in ("ул 8 Марта 10", "ул. 8 Марта, 10", "Гагарина 25/1", "Гагарина, д. 25/1"):
        found = read(f"завтра в 15:00, {address}")
        assert found.windows == (), address
        assert found.details.address == address
