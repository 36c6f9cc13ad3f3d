from __future__ import annotations

from dataclasses import replace

import pytest

from orders.model.details import Category, DeliveryKind, Details, Person
from orders.model.money import Money
from orders.model.people import MARKETPLACE
from orders.order.changes import URGENT, Part, changed
from orders.steps import commands as do
from tests.builders import AMENDED, a_line, a_window, an_order, some_details

OTHERS: dict[Part, object] = {
    Part.COMPOSITION: {"lines": (a_line(count=2),)},
    Part.WINDOW: {"window": a_window(hours=2)},
    Part.DELIVERY: {"delivery": DeliveryKind.PICKUP},
    Part.ADDRESS: {"address": "Садовая 7"},
    Part.CARD_TEXT: {"card_text": "Маме"},
    Part.CLIENT_NOTE: {"client_note": "Позвоните"},
    Part.SHOP_NOTE: {"shop_note": "Без лилий"},
    Part.COURIER_NOTE: {"courier_note": "Код 12"},
    Part.PAYMENT_NOTE: {"payment_note": "Предоплата 1000"},
    Part.RECIPIENT: {"recipient": Person("Мария", "+79160000009")},
    Part.CLIENT: {"client": Person("Олег")},
    Part.PAID: {"paid": Money(500_000)},
}


@pytest.mark.parametrize("part", Part)
def test_a_change_is_of_the_part_that_it_is_of(part: Part) -> None:
    before = some_details()
    assert changed(before, replace(before, **OTHERS[part])) == {part}  # type: ignore[arg-type]  # any field


def test_the_same_is_no_change_and_another_picture_or_category_is_none_either() -> None:
    before = some_details()
    retouched = replace(before.lines[0], picture_url="https://cdn.example/2.jpg", category=Category.OTHER)

    assert not changed(before, before)
    assert not changed(before, replace(before, lines=(retouched, *before.lines[1:])))


def test_only_what_leads_to_wrong_work_is_urgent() -> None:
    assert {Part.COMPOSITION, Part.WINDOW, Part.ADDRESS, Part.DELIVERY} == URGENT


def test_an_order_knows_what_it_was_before_its_last_change() -> None:
    order = an_order(AMENDED)

    assert order.amendment is not None
    assert order.amendment.before == some_details()
    assert changed(order.amendment.before, order.details) == {Part.ADDRESS}
    again = an_order(AMENDED, (do.Amend(some_details(address="Садовая 7", card_text="Маме")), MARKETPLACE))
    assert again.amendment is not None
    assert changed(again.amendment.before, again.details) == {Part.CARD_TEXT}
    assert changed(again.amendment.original, again.details) == {Part.ADDRESS, Part.CARD_TEXT}
    assert an_order().amendment is None
    assert changed(Details(), Details()) == frozenset()
