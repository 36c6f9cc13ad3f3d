from __future__ import annotations

from dataclasses import replace

import pytest

from orders.model.details import DeliveryKind, Details, Paper, Person
from orders.model.draft import STEPS, Draft, Field, knows
from orders.model.money import Money
from tests.builders import NOON, some_details

EMPTY = Draft(1, 1, 2, NOON)
PICKUP = replace(EMPTY, details=Details(delivery=DeliveryKind.PICKUP))


def test_a_draft_without_a_word_is_empty() -> None:
    assert EMPTY.is_empty
    assert not PICKUP.is_empty
    assert not replace(EMPTY, number="25836184").is_empty
    assert not replace(EMPTY, details=Details(papers=(Paper("ab", "p"),))).is_empty


@pytest.mark.parametrize(
    "field",
    [
        field
        for field in Field
        if field not in {Field.NUMBER, Field.CLIENT_NOTE, Field.SHOP_NOTE, Field.PAYMENT_NOTE}
    ],
)
def test_what_an_order_has_is_known(field: Field) -> None:
    assert knows(some_details(), field)
    assert not knows(Details(), field)


def test_a_sum_of_nothing_and_a_phone_without_a_name_are_known_too() -> None:
    assert knows(Details(paid=Money(0)), Field.PAID)
    assert knows(Details(client=Person(phone="+79160000001")), Field.CLIENT)
    assert knows(Details(as_soon_as_possible=True), Field.WINDOW)
    assert replace(EMPTY, number="1").knows(Field.NUMBER)


def test_the_steps_ask_for_what_is_not_known_one_after_the_other() -> None:
    assert [EMPTY.next_step, EMPTY.step_after(Field.WINDOW)] == [Field.WINDOW, Field.ADDRESS]
    partly = replace(EMPTY, details=Details(address="Лесная 5", paid=Money(100)))
    asked, step = [], partly.next_step
    while step is not None:
        asked.append(step)
        step = partly.step_after(step)
    assert asked == [Field.WINDOW, Field.GOODS, Field.RECIPIENT, Field.CLIENT, Field.CARD_TEXT]
    assert replace(EMPTY, details=some_details()).next_step is None


def test_a_pickup_is_asked_for_no_address_and_no_recipient() -> None:
    asked = [PICKUP.step_after(step) for step in (None, *STEPS)]
    assert Field.ADDRESS not in asked
    assert Field.RECIPIENT not in asked
