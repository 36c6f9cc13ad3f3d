"""Every word of a message stands in a field or a note, or is a label, a greeting or part of the time (X1)."""

from __future__ import annotations

import re
import time

import pytest

from orders.intake.chats import without_headers
from orders.intake.goods import in_digits
from orders.intake.icons import with_names
from orders.intake.labels import parts
from orders.intake.order_text import Written
from orders.intake.rows import by_lines
from orders.model.details import Details
from orders.parsing.claims import POLITE
from orders.parsing.tidy import plain
from orders.parsing.times import days_and_times
from services.phones import phone_finder
from tests.orders.intake.measure import Case, cases

_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_FILLING = frozenset(
    [
        "г",
        "гг",
        "ч",
        "час",
        "часа",
        "часов",
        "часам",
        "мин",
        "n",
        "р",
        "руб",
        "к",
        "k",
        "тыс",
        "тг",
        "x",
        "х",
        "rub",
        "gel",
        "aed",
        "заказу",
        "звонила",
        "звонил",
        "заказчик",
        "спросить",
        "sender",
        "recipient",
        "напишите",
        "написать",
        "так",
        "букету",
        "передать",
        "вручить",
        "принят",
        "значение",
    ]
)
"""Units, and the words that say whose name or what a sum is: the field itself says it."""
_BULLET = re.compile(r"^\s*[0-9]{1,2}[.)]\s")


def _said(details: Details, number: str) -> str:
    """All that a person can read of the order, in one text; sums by their digits."""
    people = [f"{one.name} {one.phone}" for one in (details.client, details.recipient)]
    notes = [details.client_note, details.payment_note, details.shop_note, details.courier_note]
    goods = [f"{line.name} {line.count} {_sum(line.paid)}" for line in details.lines]
    return " ".join(
        [details.address, details.card_text, number, _sum(details.paid), *people, *notes, *goods]
    ).casefold()


def _sum(money: object) -> str:
    minor = getattr(money, "minor", 0)
    return f"{minor // 100} {minor // 100 // 1000} {minor // 100 % 1000:03}" if minor else ""


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def vanished(case: Case, written: Written) -> list[str]:
    """The words that can be read nowhere."""
    text = without_headers(plain(case.text), case.now.date()).text
    said = _said(written.details, written.number)
    there = set(_WORD.findall(said))
    digits = re.sub(r"[^0-9]", "", said)
    gone: list[str] = []
    for part in parts(by_lines(with_names(text))):
        value = _BULLET.sub("", part.value)
        phones = phone_finder(case.country)(value)
        value = _blanked(value, [(start, end) for _phone, start, end in phones])
        if written.details.window or written.windows or written.details.as_soon_as_possible:
            days, times = days_and_times(value, case.now, case.now.date(), is_answer=True)
            value = _blanked(value, [one[1:] for one in days] + [(one.start, one.end) for one in times])
        for word in _WORD.findall(value.casefold()):
            is_known = (
                word in there or word in POLITE or word in _FILLING or (word.isdigit() and word in digits)
            )
            is_known = is_known or in_digits(word) in there
            if not is_known:
                gone.append(word)
    return gone


@pytest.mark.requirement("X1")
@pytest.mark.parametrize("half", ["tuned", "held_out"])
def test_no_word_of_a_message_vanishes(half: str) -> None:
    gone = {case.name: words for case in cases(half) if (words := vanished(case, case.read()))}
    assert gone == {}


@pytest.mark.parametrize("piece", ["Слово 5. ", "д 5 к 3 ", "второе декабря ", "15 роз ", "1-1 "])
@pytest.mark.parametrize("label", ["", "Открытка: "])
def test_the_longest_message_of_one_kind_holds_nobody_up(label: str, piece: str) -> None:
    text = (label + piece * 4096)[:4096]
    case = cases("tuned")[0]
    began = time.process_time()
    Case("long", text, case.now, case.country, {}).read()
    assert time.process_time() - began < 10


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    ("sum_of", "words"),
    [
        ("3000 ₽ наличными курьеру", "наличными курьеру"),
        ("3000 ₽, остальное при получении", "остальное при получении"),
        ("4500 (картой)", "картой"),
        ("около 3000 ₽ уточнить", "уточнить"),
    ],
)
def test_words_beside_a_sum_stand_in_a_note(sum_of: str, words: str) -> None:
    case = cases("tuned")[0]
    details = Case("sum", f"Лесная 5\nСумма: {sum_of}", case.now, case.country, {}).read().details
    assert details.paid is not None
    assert words in f"{details.payment_note} {details.client_note}"
