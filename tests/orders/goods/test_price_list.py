from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.goods.price_list import (
    Entry,
    Field,
    PriceList,
    entry_of,
    preview,
    price_list_columns,
    read_price_list,
)
from orders.goods.products import Ingredient, Product
from orders.model.money import Money
from orders.parsing.spreadsheet_cells import Cell
from tests.builders import a_product

HEADING = ("Артикул", "Название", "Цена", "Остаток", "Категория")
CELLS = st.none() | st.text(max_size=60) | st.integers() | st.floats()


def read(*rows: Sequence[Cell], heading: Sequence[Cell] = HEADING) -> PriceList:
    columns = price_list_columns(heading)
    assert columns is not None
    return read_price_list(columns, enumerate(rows, start=2))


def test_a_heading_needs_the_article_and_something_to_say() -> None:
    assert price_list_columns(HEADING) is not None
    assert price_list_columns(("id", "price")) == {"offer_id": 0, "price": 1}
    assert price_list_columns(("Артикул", "Категория")) is None
    assert price_list_columns(("Название", "Цена")) is None


def test_rows_are_read_as_people_write_them() -> None:
    found = read(
        (" p-1 ", "Пионы", "4 900,50 ₽", 3.0, "Букеты"),
        (25836184.0, "Розы", 2500, "", None),
        (None, None, " ", None, None),
        ("p-1", "Пионы «Облако»", 5000, 10**6, None),
    )
    assert found.entries == (
        Entry("p-1", "Пионы «Облако»", Money(500_000), stock=9_999),
        Entry("25836184", "Розы", Money(250_000)),
    )
    assert found.unreadable == 0


@pytest.mark.parametrize(
    "row",
    [
        ("", "Пионы", 1, 1),
        ("x" * 51, "Пионы", 1, 1),
        ("p", "Пионы", "дорого", 1),
        ("p", "Пионы", -1, 1),
        ("p", "Пионы", 1, 1.5),
        ("p", "Пионы", 1, "много"),
    ],
)
def test_what_cannot_be_read_is_counted(row: tuple[Cell, ...]) -> None:
    assert read(row) == PriceList((), 1)


@given(st.dictionaries(st.sampled_from(["offer_id", "name", "price", "stock", "description"]), CELLS))
def test_whatever_stands_in_the_cells_is_read_or_counted(texts: dict[str, Cell]) -> None:
    entry = entry_of(texts)
    if entry is not None:
        assert 0 < len(entry.offer_id) <= 50
        assert entry.price is None or entry.price.minor >= 0
        assert entry.stock is None or 0 <= entry.stock <= 9_999


def test_a_preview_tells_new_changed_missing_and_same() -> None:
    products = [a_product(offer_id=name, stock=5) for name in ("same", "dearer", "gone")]
    listed = PriceList(
        (
            Entry("same", products[0].name),
            Entry("dearer", price=Money(520_000), stock=0, url="https://flowwow.com/1"),
            Entry("new", "Тюльпаны", Money(100), available=False),
            Entry("nameless", price=Money(1)),
        ),
        unreadable=2,
    )
    found = preview(listed, products, 1)
    assert [one.offer_id for one in found.new] == ["new"]
    assert found.new[0].stopped
    (change,) = found.changed
    assert change.fields == (Field.PRICE, Field.URL, Field.STOCK)
    assert (change.after.price, change.after.stock) == (Money(520_000), 0)
    assert [one.offer_id for one in found.missing] == ["gone"]
    assert (found.same, found.unreadable) == (1, 3)


def test_what_people_and_the_marketplace_decided_stays() -> None:
    product = a_product(stopped=True, recipe=(Ingredient("Пион", 15),), stock=4)
    found = preview(PriceList((Entry(product.offer_id, "Пионы", available=True),)), [product], 1)
    after = found.changed[0].after
    assert (after.stopped, after.recipe, after.marketplace_id, after.stock) == (
        True,
        product.recipe,
        product.marketplace_id,
        4,
    )


@given(st.lists(st.builds(Entry, st.sampled_from("abcdef"), st.sampled_from(["", "x"])), max_size=8))
def test_applying_a_list_leaves_nothing_of_it_to_change(entries: list[Entry]) -> None:
    listed = PriceList(tuple({entry.offer_id: entry for entry in entries}.values()))
    products = {name: a_product(offer_id=name) for name in "abc"}
    found = preview(listed, products.values(), 1)
    after: dict[str, Product] = products | {one.offer_id: one for one in found.wanted}
    again = preview(listed, after.values(), 1)
    assert again.wanted == []
    assert again.missing == found.missing
