from __future__ import annotations

from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowwow.goods.yml import TAIL, can_be_offered, category_id, head, offer
from orders.goods.products import Product
from orders.model.money import Money
from tests.builders import a_product
from tests.flowwow.feeds import read_feed

WHEN = datetime(2026, 3, 8, 12, 0, tzinfo=UTC)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    ["\x00\x1b", "]]>", "<!--", "&amp;", "\ufffe\uffff", "<b>", '"', "'", "\r\n"]
)


def feed(*products: Product, category: str = "Букеты", name: str = "Лепесток") -> Element:
    offers = "".join(offer(product, category, is_available=True) for product in products)
    return read_feed((head(name, [category], ["RUB"], WHEN) + offers + TAIL).encode())


def only(root: Element, tag: str) -> str | None:
    return root.findtext(f"shop/offers/offer/{tag}")


@pytest.mark.requirement("R61")
def test_an_offer_has_all_that_the_format_demands() -> None:
    product = a_product(
        description="15 пионов & лента",
        url="https://flowwow.com/цветы/1?a=1&b=2",
        picture_url="https://cdn.example/пион.jpg",
    )
    root = feed(product)
    assert root.attrib["date"] == "2026-03-08 12:00"
    assert root.findtext("shop/name") == root.findtext("shop/company") == "Лепесток"
    offered = root.find("shop/offers/offer")
    assert offered is not None
    assert offered.attrib == {"id": "p-15", "available": "true"}
    assert {child.tag: child.text for child in offered} == {
        "url": "https://flowwow.com/%D1%86%D0%B2%D0%B5%D1%82%D1%8B/1?a=1&b=2",
        "price": "4900",
        "currencyId": "RUB",
        "categoryId": str(category_id("Букеты")),
        "picture": "https://cdn.example/%D0%BF%D0%B8%D0%BE%D0%BD.jpg",
        "name": "Пионы «Облако» 15 шт",
        "description": "15 пионов & лента",
    }
    category = root.find("shop/categories/category")
    assert category is not None
    assert (category.attrib["id"], category.text) == (str(category_id("Букеты")), "Букеты")


@pytest.mark.parametrize(("minor", "price"), [(1, "0.01"), (490_050, "4900.50"), (490_000, "4900")])
def test_kopecks_stand_only_where_there_are_any(minor: int, price: str) -> None:
    assert only(feed(a_product(price=Money(minor))), "price") == price


@pytest.mark.parametrize(
    "product",
    [a_product(price=None), a_product(price=Money(0)), a_product(name=" "), a_product(name="\x00\ufffe")],
)
def test_what_the_format_has_no_room_for_is_left_out(product: Product) -> None:
    assert not can_be_offered(product)
    assert offer(product, "Букеты", is_available=True) == ""


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "/local",
        "ftp://a.example/x",
        "https://",
        "http://[",
        "https://a/" + "x" * 513,
    ],
)
def test_an_address_that_is_none_is_left_out(url: str) -> None:
    assert only(feed(a_product(url=url)), "url") is None


def test_several_currencies_have_their_rates() -> None:
    start = head("Лепесток", ["Букеты"], ["KZT", "RUB"], WHEN)
    products = [a_product(price=Money(100, "KZT")), a_product(offer_id="2")]
    offers = "".join(offer(product, "Букеты", is_available=False) for product in products)
    root = read_feed((start + offers + TAIL).encode())
    assert [one.attrib for one in root.iter("currency")] == [
        {"id": "KZT", "rate": "1"},
        {"id": "RUB", "rate": "CBRF"},
    ]


@given(texts, texts, texts, texts, texts)
def test_whatever_people_write_the_feed_is_valid(
    offer_id: str, name: str, description: str, category: str, shop: str
) -> None:
    product = a_product(offer_id=offer_id, name=name, description=description, url=name, picture_url=category)
    root = feed(product, a_product(), category=category, name=shop)
    assert len(list(root.iter("offer"))) == 1 + can_be_offered(product)


@given(st.lists(texts, unique=True, max_size=50))
def test_a_category_has_a_number_of_its_own(names: list[str]) -> None:
    numbers = [category_id(name) for name in names]
    assert len(set(numbers)) == len(names)
    assert all(0 < number < 2**53 for number in numbers)
