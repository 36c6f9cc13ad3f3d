"""Whichever field is missing, null or odd: the order is read, and its screens are sound (X1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from flowwow.order.parse import Reading, parse
from messages.order.cards import card, group_card
from tests.builders import DIRECTOR, NOON, RULES
from tests.flowwow.samples import ORDER_ID, raw_order, raw_product
from tests.messages.journeys import NOW, RU, as_read, at, labels, whole

UNREADABLE: tuple[object, ...] = (None, {"weird": [1]}, "\u0000\ud83d", -1, [None])
NO_GOODS: tuple[list[object], ...] = ([], [None], ["?"], [{}])


def odd_orders() -> Iterator[dict[str, Any]]:
    """Each field gone and with each odd value, and the same of the fields of a product."""
    for name in (name for name in raw_order() if name != "id"):
        yield {key: value for key, value in raw_order().items() if key != name}
        yield from (raw_order(**{name: value}) for value in UNREADABLE)
    for gone in raw_product():
        yield raw_order(products=[{key: value for key, value in raw_product().items() if key != gone}])
    yield from (raw_order(products=goods) for goods in NO_GOODS)


@pytest.mark.requirement("X1", "R13")
def test_whatever_a_field_holds_the_order_is_shown() -> None:
    known = at("new")
    for raw in odd_orders():
        order = replace(known, details=parse(raw, Reading()).details)
        assert str(ORDER_ID) in as_read(group_card(order, RULES, NOON, RU)), raw
        shown = card(order, DIRECTOR, RULES, NOW, RU)
        assert str(ORDER_ID) in as_read(shown).partition("\n")[0], raw
        assert "Принять" in str(labels(shown)), raw
        assert as_read(whole(order, DIRECTOR, RULES, NOW, RU)), raw
