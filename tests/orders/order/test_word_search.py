"""Words that name goods or people of orders, and who may find an order by them."""

from __future__ import annotations

import pytest

from orders.model.people import Actor
from orders.order.word_search import is_named, root, searched_words
from orders.steps import commands as do
from tests.builders import COURIER, DIRECTOR, SELLER, Given, a_line, an_order

pytestmark = pytest.mark.requirement("R5")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("эквадор", "Роза «Эквадор» 60 см"),
        ("розы эквадор", "Роза «Эквадор» 60 см"),
        ("Экв", "Роза «Эквадор» 60 см"),
        ("где пионов", "Пионы «Облако»"),
        ("ромашек", "Ромашки полевые"),
        ("«Облако»", "Пионы «Облако»"),
        ("елка", "Ёлка живая"),
        ("тёплым", "Букет «Тёплый вечер»"),
        ("tulips", "Tulip mix"),
        ("марии", "Роза «Анна-Мария»"),
        ("Анна-Мария", "Роза «Анна-Мария»"),
    ],
)
def test_a_word_finds_its_other_forms(typed: str, name: str) -> None:
    words = searched_words(typed)
    assert is_named(an_order(lines=(a_line(name=name),)), words, DIRECTOR)
    assert all(root(word) in name.casefold().replace("ё", "е") for word in words)


@pytest.mark.parametrize("typed", ["марина", "роман", "розы эквадор", "пион гвоздика"])
def test_another_word_is_not_found(typed: str) -> None:
    assert not is_named(an_order(lines=(a_line(name="Розмарин с пионами"),)), searched_words(typed), DIRECTOR)


@pytest.mark.parametrize(
    "text",
    ["", "заказ", "да", "розы 25", "пионы?", "привяли все розы в третьем заказе", "роза\nпион", "/roses"],
)
def test_what_says_more_than_a_name_is_no_search(text: str) -> None:
    assert searched_words(text) == ()


@pytest.mark.requirement("R44", "R63")
def test_a_name_finds_only_for_those_who_may_read_it() -> None:
    given: list[Given] = [(do.Accept(), DIRECTOR), (do.AssignSeller(SELLER.staff_id or 0, "Оля"), DIRECTOR)]
    order = an_order(*given, (do.AssignCourier(COURIER.staff_id or 0, "Пётр"), DIRECTOR))

    def finds(actor: Actor, *names: str) -> list[str]:
        return [name for name in names if is_named(order, searched_words(name), actor)]

    names = ("Марии", "Игорь", "пионы")
    assert finds(DIRECTOR, *names) == finds(SELLER, *names) == list(names)
    assert finds(COURIER, *names) == ["Марии", "пионы"]
