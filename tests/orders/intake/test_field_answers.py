from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.intake.field_answers import answered, cleared, turned
from orders.model.details import DeliveryKind, Details, Line, Person, Window
from orders.model.draft import Draft, Field
from orders.model.money import Money
from services.phones import phone_finder
from tests.builders import some_details

NOW = datetime(2026, 3, 8, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))
PHONES = phone_finder("RU")
EMPTY = Draft(1, 1, 2, NOW)
FULL = replace(EMPTY, number="25836184", details=some_details())


def after(draft: Draft, field: Field, words: str, day: date | None = None) -> Draft:
    found = answered(draft, field, words, NOW, day, PHONES)
    assert found is not None, words
    return found


@pytest.mark.parametrize(
    ("field", "words", "details"),
    [
        (Field.ADDRESS, "Лесная 5", Details(address="Лесная 5")),
        (Field.ADDRESS, "Самовывоз", Details(delivery=DeliveryKind.PICKUP)),
        (Field.GOODS, "Розы 15 шт × 2 - 900 ₽\n- Открытка", Details(
            lines=(Line("Розы 15 шт", 2, Money(90_000)), Line("Открытка", is_addon=True)))),
        (Field.PAID, "4 900", Details(paid=Money(490_000))),
        (Field.RECIPIENT, "Мария 8 (916) 000-00-02", Details(recipient=Person("Мария", "+79160000002"))),
        (Field.CLIENT, "+79160000002", Details(client=Person("", "+79160000002"))),
        (Field.CARD_TEXT, "Люблю", Details(card_text="Люблю")),
        (Field.SHOP_NOTE, "без ленты", Details(shop_note="без ленты")),
        (Field.WINDOW, "как можно скорее", Details(as_soon_as_possible=True)),
    ],
)  # fmt: skip
def test_an_answer_fills_its_field(field: Field, words: str, details: Details) -> None:
    assert after(EMPTY, field, words) == replace(EMPTY, details=details)


def test_a_number_is_digits() -> None:
    assert after(EMPTY, Field.NUMBER, " №2583 6184 ").number == "25836184"
    for words in ("нет", "12", "1" * 30, "Р-1"):
        assert answered(EMPTY, Field.NUMBER, words, NOW, None, PHONES) is None


def test_a_day_alone_waits_for_its_hours() -> None:
    assert answered(EMPTY, Field.WINDOW, "завтра", NOW, None, PHONES) is None
    window = after(EMPTY, Field.WINDOW, "14-15", date(2026, 3, 9)).details.window
    assert window == Window(datetime(2026, 3, 9, 11, tzinfo=UTC), datetime(2026, 3, 9, 12, tzinfo=UTC))


def test_a_new_day_keeps_the_hours_and_new_hours_the_day() -> None:
    first = after(EMPTY, Field.WINDOW, "12.03 14-15")
    moved = after(first, Field.WINDOW, "завтра").details.window
    assert moved == Window(datetime(2026, 3, 9, 11, tzinfo=UTC), datetime(2026, 3, 9, 12, tzinfo=UTC))
    later = after(first, Field.WINDOW, "18-19").details.window
    assert later == Window(datetime(2026, 3, 12, 15, tzinfo=UTC), datetime(2026, 3, 12, 16, tzinfo=UTC))


@pytest.mark.parametrize("field", Field)
def test_what_is_cleared_is_not_known_any_more_and_the_rest_stays(field: Field) -> None:
    found = cleared(FULL, field)
    if field is Field.DELIVERY:
        return
    assert not found.knows(field)
    others = set(Field) - {field, Field.DELIVERY}
    assert {one for one in others if found.knows(one)} == {one for one in others if FULL.knows(one)}


def test_a_delivery_is_turned_into_a_pickup_and_back_and_keeps_its_address() -> None:
    assert turned(FULL).is_pickup
    assert turned(turned(FULL)) == FULL


@given(st.sampled_from(Field), st.text(max_size=60))
def test_no_answer_breaks_anything(field: Field, words: str) -> None:
    found = answered(FULL, field, words, NOW, None, PHONES)
    assert found is None or found.details.papers == FULL.details.papers
