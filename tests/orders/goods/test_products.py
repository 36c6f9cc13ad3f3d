from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.goods.products import (
    Ingredient,
    Obstacle,
    Product,
    UnclearRecipeError,
    available,
    flower_key,
    lacking,
    obstacles,
    parse_recipe,
    stems_needed,
    wants_shown,
)
from tests.builders import a_line, a_product, an_order

PEONY = flower_key("пион")
ROSE = flower_key("роза")
CLOUD = a_product(recipe=(Ingredient("Пион", 15), Ingredient("эвкалипт", 3)))


@pytest.mark.parametrize(
    "names",
    [
        ("Пион", "пионы", "Пионов", "пионами", "ПИОН"),
        ("роза", "розы", "роз", "розами", "Роза"),
        ("Кустовая роза", "кустовые розы", "кустовых роз"),
        ("гортензия", "гортензии", "гортензий"),
        ("Пион «Сара Бернар»", "пионы Сара Бернар"),
        ("тюльпан", "тюльпаны", "тюльпанов"),
        ("rose", "Rose"),
        ("peony white", "Peony  White"),
    ],
)
def test_all_forms_of_a_name_are_one_flower(names: tuple[str, ...]) -> None:
    assert len({flower_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("роза", "роза кустовая"),
        ("пион", "пионовидная роза"),
        ("роза", "розовый тюльпан"),
        ("мимоза", "роза"),
    ],
)
def test_other_flowers_stay_others(one: str, other: str) -> None:
    assert flower_key(one) != flower_key(other)


@pytest.mark.parametrize(
    "text",
    [
        "пион 15, эвкалипт 3",
        "Пион 15 шт., эвкалипт - 3 стебля",
        "15 пионов\n3 эвкалипта",
        "пион x15; эвкалипт × 3",
        "пион: 15, эвкалипт 2, эвкалипт",
    ],
)
def test_a_recipe_is_read_as_people_write_it(text: str) -> None:
    assert [(one.key, one.stems) for one in parse_recipe(text)] == [
        (PEONY, 15),
        (flower_key("эвкалипт"), 3),
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("пион 15, 20", "20"),
        ("пион 0", "пион 0"),
        ("", ""),
        (" , ", ","),
        ("пион 15 роза 20", "пион 15 роза 20"),
        ("а" * 41, "а" * 41),
        ("пион 9999, пионы 1", "пион 9999, пионы 1"),
    ],
)
def test_what_is_no_recipe_is_told_with_its_part(text: str, part: str) -> None:
    with pytest.raises(UnclearRecipeError) as refused:
        parse_recipe(text)
    assert refused.value.part == part


@given(st.text(max_size=200))
def test_any_text_is_a_recipe_or_refused(text: str) -> None:
    try:
        recipe = parse_recipe(text)
    except UnclearRecipeError:
        return
    assert recipe
    assert len({one.key for one in recipe}) == len(recipe)
    assert all(one.key and one.stems > 0 for one in recipe)


@pytest.mark.requirement("R60", "R83", "R8")
@pytest.mark.parametrize(
    ("product", "stems", "shop_open", "expected"),
    [
        (CLOUD, {}, True, ()),
        (CLOUD, {PEONY: 15}, True, ()),
        (CLOUD, {PEONY: 14}, True, (Obstacle.FLOWER_OUT,)),
        (CLOUD, {PEONY: 0}, False, (Obstacle.SHOP_HIDDEN, Obstacle.FLOWER_OUT)),
        (CLOUD, {ROSE: 0}, True, ()),
        (a_product(stopped=True), {}, True, (Obstacle.STOPPED,)),
        (a_product(stock=0), {}, True, (Obstacle.NO_STOCK,)),
        (a_product(stock=1), {}, True, ()),
    ],
)
def test_what_stands_in_the_way_of_an_order(
    product: Product, stems: dict[str, int], shop_open: bool, expected: tuple[Obstacle, ...]
) -> None:
    assert obstacles(product, stems, shop_open=shop_open) == expected
    assert available(product, stems, shop_open=shop_open) is (not expected)


def test_the_marketplace_shows_what_is_neither_stopped_nor_short_of_a_flower() -> None:
    assert wants_shown(CLOUD, {PEONY: 15})
    assert not wants_shown(CLOUD, {PEONY: 14})
    assert not wants_shown(a_product(stopped=True), {})
    assert wants_shown(a_product(stock=0), {}), "how many there are the marketplace is told in numbers"


def test_what_is_lacking_is_named() -> None:
    assert lacking(CLOUD, {PEONY: 3, flower_key("эвкалипт"): 3}) == (Ingredient("Пион", 15),)


@pytest.mark.requirement("R83")
def test_a_taken_order_needs_the_flower_of_its_recipe_as_often_as_it_was_ordered() -> None:
    order = an_order(lines=(a_line(offer_id="p-15", count=2), a_line(name="Открытка", offer_id="card")))
    assert stems_needed(order, PEONY, {"p-15": CLOUD.recipe}) == 30
    assert stems_needed(order, ROSE, {"p-15": CLOUD.recipe}) == 0


@pytest.mark.requirement("R83")
def test_without_a_recipe_the_name_of_the_line_tells() -> None:
    order = an_order(lines=(a_line(name="Букет", description="из белых пионов"),))
    assert stems_needed(order, PEONY, {}) is None
    assert stems_needed(order, ROSE, {}) == 0
    assert stems_needed(order, "", {}) == 0


def test_a_recipe_counts_more_than_the_name() -> None:
    order = an_order(lines=(a_line(name="Пионы «Облако»", offer_id="r-7"),))
    assert stems_needed(order, PEONY, {"r-7": (Ingredient("роза", 7),)}) == 0
