"""What to buy: stems by the recipes against those at hand (X27)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.goods.products import Ingredient
from orders.load.shopping import Need, shopping_of
from orders.model.details import Line
from orders.model.status import Status
from tests.builders import ACCEPTED, PHOTO_ATTACHED, SELLER_ASSIGNED, a_line, a_window, an_order
from tests.orders.load.days import at, order_at

RECIPES = {
    "p-15": (Ingredient("пион", 15), Ingredient("эвкалипт", 3)),
    "r-25": (Ingredient("роза", 25),),
    "mix": (Ingredient("Розы", 7), Ingredient("пионы", 2)),
}


@pytest.mark.requirement("X27")
def test_what_is_missing_is_to_be_bought_and_what_nobody_counted_whole() -> None:
    orders = [order_at(at(13), lines=(Line("Пионы", 2, offer_id="p-15"), Line("Розы", offer_id="r-25")))]
    needed = shopping_of(orders, RECIPES, {"пион": 20, "роз": 40})
    assert needed.needs == (Need("пион", 30, 20), Need("эвкалипт", 6, None), Need("роза", 25, 40))
    assert [(need.flower, need.to_buy) for need in needed.to_buy] == [("пион", 10), ("эвкалипт", 6)]


@pytest.mark.requirement("X27")
def test_goods_without_a_recipe_are_named_but_not_cards_and_balloons() -> None:
    lines = (Line("Корзина", 2), Line("Хит", offer_id="unknown"), a_line(name="Открытка", is_addon=True))
    needed = shopping_of([order_at(at(13), lines=lines)], RECIPES, {})
    assert needed.without_recipe == (("Корзина", 2), ("Хит", 1))
    assert needed.needs == ()


def test_what_is_assembled_or_over_needs_no_stems_any_more() -> None:
    lines = (Line("Розы", offer_id="r-25"),)
    assembled = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, window=a_window(at(13)), lines=lines)
    over = order_at(at(13), status=Status.CANCELLED, lines=lines)
    assert shopping_of([assembled, over], RECIPES, {}).needs == ()


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(sorted(RECIPES)), st.integers(1, 5)), max_size=3), max_size=4
    ),
    st.dictionaries(st.sampled_from(["пион", "роз", "эвкалипт"]), st.integers(0, 60)),
)
def test_stems_are_the_sum_over_the_recipes(
    wanted: list[list[tuple[str, int]]], at_hand: dict[str, int]
) -> None:
    orders = [
        order_at(at(13), lines=tuple(Line(code, count, offer_id=code) for code, count in lines))
        for lines in wanted
    ]
    needed = shopping_of(orders, RECIPES, at_hand)
    for need in needed.needs:
        key = Ingredient(need.flower, 1).key
        expected = 0
        for lines in wanted:
            for code, count in lines:
                expected += sum(one.stems for one in RECIPES[code] if one.key == key) * count
        assert need.needed == expected
        assert need.to_buy == max(0, expected - at_hand.get(key, 0))
    used = {one.key for lines in wanted for code, _ in lines for one in RECIPES[code]}
    assert len(needed.needs) == len(used)
