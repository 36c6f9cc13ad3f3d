from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from flowwow.api.goods import Listed
from flowwow.goods.goods_merge import merged, offer_id_of, told_by
from orders.goods.products import Ingredient, Told
from orders.model.money import Money
from tests.builders import a_product

KEPT = a_product(
    id=7,
    description="Нежный",
    stock=5,
    recipe=(Ingredient("пион", 15),),
    told=Told(shown=True, stock=5),
)


def listed(**changes: Any) -> Listed:  # noqa: ANN401 - a row holds anything
    row = {"offerId": "p-15", "productId": 501, "isActive": True, "name": KEPT.name, "stock": 5}
    return Listed.model_validate(row | {"price": "4900.00", "currencyCode": "RUB"} | changes)


def test_a_new_product_is_as_the_marketplace_has_it() -> None:
    new = merged(None, listed(stock=3), shown=False)
    assert (new.offer_id, new.marketplace_id, new.price) == ("p-15", 501, Money(490_000))
    assert (new.stock, new.stopped) == (3, False)
    assert merged(None, listed(isActive=False), shown=False).stopped
    assert merged(None, listed(stock=0), shown=False).stock is None, "nobody counts it"


def test_nothing_changes_where_nothing_has_changed() -> None:
    assert merged(KEPT, listed(), shown=True) == KEPT
    assert told_by(listed()) == KEPT.told


def test_name_and_price_are_the_marketplaces_and_the_rest_stays() -> None:
    changed = merged(KEPT, listed(name="Облако", price="5000.00", currencyCode="KZT"), shown=True)
    assert changed == replace(KEPT, name="Облако", price=Money(500_000, "KZT"))
    assert merged(KEPT, listed(name="", price=None), shown=True) == KEPT


@pytest.mark.parametrize(
    ("told", "stopped", "shown", "active", "stock", "expected"),
    [
        (True, False, True, False, 5, True),  # hidden in the app
        (True, False, True, False, 0, False),  # it has run out there
        (True, False, False, False, 5, False),  # our own wish to hide it, for a flower, has got through
        (False, True, False, True, 5, False),  # shown in the app
        (True, True, False, True, 5, True),  # our own wish to hide it has not got through yet
        (False, False, True, False, 5, False),  # our own wish to show it has not got through yet
        (False, True, False, False, 5, True),
        (None, False, True, False, 5, True),  # the first time it is seen there
        (True, True, False, None, 5, True),
        (True, False, True, None, 5, False),
    ],
)
def test_what_was_done_in_the_app_is_taken_over(
    told: bool, stopped: bool, shown: bool, active: bool | None, stock: int, expected: bool
) -> None:
    kept = replace(KEPT, stopped=stopped, told=Told(shown=told, stock=5))
    assert merged(kept, listed(isActive=active, stock=stock), shown=shown).stopped is expected


@pytest.mark.parametrize(
    ("ours", "told", "there", "expected"),
    [
        (5, 5, 4, 4),  # one was sold
        (7, 5, 4, 7),  # our own count has not got through yet
        (None, 5, 4, None),  # not counted here
        (5, 5, None, 5),
        (5, 5, -3, 0),
        (5, 5, 10**9, 9_999),
    ],
)
def test_stock_that_changed_there_is_the_stock(
    ours: int | None, told: int, there: int | None, expected: int | None
) -> None:
    kept = replace(KEPT, stock=ours, told=Told(shown=True, stock=told))
    assert merged(kept, listed(stock=there), shown=True).stock == expected


def test_a_product_without_an_offer_id_is_called_by_its_number() -> None:
    assert offer_id_of(listed(offerId="")) == "501"
    assert offer_id_of(listed(offerId="x" * 99)) == "x" * 50
    assert offer_id_of(Listed.model_validate({})) == ""
    assert merged(None, listed(offerId=None, name=""), shown=False).name == "501"
