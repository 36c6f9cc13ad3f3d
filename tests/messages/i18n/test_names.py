"""A name that cannot be seen is none (R17)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest

from messages.client.contact import contact
from messages.goods import flowers as flower_screens
from messages.goods import products as goods_screens
from messages.i18n.untrusted_text import clean
from messages.order import menus
from messages.order.cards import alarm, card, group_card
from messages.order.history.record import readable
from messages.team.staff_list import Given, person, removal, team
from messages.ui.screen import Screen
from orders.goods.products import Flower, Ingredient
from orders.model.details import Person
from orders.model.draft import Draft
from orders.model.order import Order
from orders.model.people import Role
from orders.team.staff_list import Colleague
from services.phones import split_contact
from tests.builders import DIRECTOR, MANAGER, NOON, RULES, a_line, a_product, some_details
from tests.messages.intake import test_drafts
from tests.messages.journeys import JOURNEYS, NOW, PAID_RULES, RU, STAFF, as_read, at

BLANK = [
    "\u3164",
    "\u2800\u2800",
    "\u200d\u200d",
    "\u115f\u1160",
    "\uffa0",
    "\u0301",
    "\u2003 \t",
    "\ufe0f",
    "\u200b",
    "\U000e0061",
    "\u202e\u2066",
    "\x00\x1b",
    "\u206a\ufff9",
    "\U0001d159",
]
BARE = re.compile(r"(^|: |· |«)(×|·|»|$)|·$")
"""A separator, a pair of quotes or a count beside which a name is missing."""


@pytest.mark.requirement("R17")
@pytest.mark.parametrize("name", BLANK)
def test_a_name_that_shows_nothing_is_none_and_the_phone_stands_for_it(name: str) -> None:
    assert clean(name, 60) == ""
    assert split_contact(f"{name} +7 916 000-00-11", "RU") == ("+79160000011", "+79160000011")


@pytest.mark.parametrize("name", ["Оля", "Анна-Мария", "7", "🌷", "李", "한", "O\u0301", "№1", "-"])
def test_a_name_that_shows_something_stays(name: str) -> None:
    assert clean(f" {name} ", 60) == name


def blank_order(stage: str, blank: str) -> Order:
    """Everybody in it and everything that was ordered has a name that shows nothing."""
    nobody = Person(blank, "+79160000002")
    details = some_details(
        lines=(a_line(name=blank, count=3, description=blank), a_line(name=blank, is_addon=True)),
        client=nobody,
        recipient=nobody,
        courier_note=blank,
        card_text=blank,
    )
    order = at(stage)
    progress = order.progress
    seller = replace(progress.seller, name=blank) if progress.seller else None
    carrier = replace(progress.carrier, name=blank) if progress.carrier else None
    return replace(order, details=details, progress=replace(progress, seller=seller, carrier=carrier))


def order_screens(order: Order) -> list[Screen]:
    cards = [card(order, viewer, PAID_RULES, NOW, RU) for viewer in STAFF]
    return [
        *cards,
        *(menus.more(order, viewer, PAID_RULES, NOW, RU) for viewer in STAFF),
        *(contact(order, viewer, PAID_RULES, NOW, RU) for viewer in STAFF),
        menus.sellers(order, [(3, order.details.client.name, 2)], NOW, PAID_RULES, RU),
        menus.couriers(order, [(4, order.details.client.name, 0)], MANAGER, NOW, PAID_RULES, RU),
        group_card(order, PAID_RULES, NOW, RU),
        alarm(order, PAID_RULES, NOW, RU),
    ]


def can_be_read(screen: Screen) -> None:
    """No button without a letter or a digit, no empty place where a name would stand."""
    for line in as_read(screen).split("\n"):
        assert not line or (clean(line, 999) and not BARE.search(line)), line
    rows = screen.keyboard.inline_keyboard if screen.keyboard else []
    for button in (button for row in rows for button in row):
        letters = [unicodedata.category(letter)[0] for letter in button.text if clean(letter, 9)]
        assert {"L", "N"} & set(letters), button.text
        assert not BARE.search(button.text), button.text


@pytest.mark.parametrize("stage", JOURNEYS)
def test_names_that_show_nothing_have_a_word_in_their_place(stage: str) -> None:
    for blank in ("", "\u3164"):
        for screen in order_screens(blank_order(stage, blank)):
            can_be_read(screen)


@pytest.mark.parametrize("blank", BLANK)
def test_a_blank_of_any_kind_is_shown_as_an_empty_name_is(blank: str) -> None:
    order, empty = blank_order("left", blank), blank_order("left", "")
    assert order_screens(order) == order_screens(empty)
    assert "Товар без названия × 3" in readable(order, PAID_RULES, RU, NOW)


@pytest.mark.parametrize("blank", BLANK)
def test_a_draft_whose_names_show_nothing_can_be_read(blank: str) -> None:
    draft = Draft(7, 1, 2, NOON, number=blank, details=blank_order("new", blank).details)
    for screen in test_drafts.every_screen(draft, RU):
        can_be_read(screen)


@pytest.mark.parametrize("blank", BLANK)
def test_goods_and_flowers_whose_names_show_nothing_can_be_read(blank: str) -> None:
    product = a_product(name=blank, offer_id="p-15", recipe=(Ingredient(blank, 15),))
    flower = Flower("k", blank, 1, 7)
    for screen in (
        goods_screens.product(product, {}, 0, 1, blank, RU),
        goods_screens.refused([(product, True, blank)], RU),
        flower_screens.flowers([flower, replace(flower, stems=0)], 0, RU, may_change=True),
        flower_screens.flower(flower, [product], {}, [], RULES, NOON, RU),
        flower_screens.counted([(flower, [product], [])], [blank], {}, RULES, NOON, RU),
    ):
        can_be_read(screen)


@pytest.mark.parametrize("blank", BLANK)
def test_a_colleague_whose_name_shows_nothing_can_be_told_from_others(blank: str) -> None:
    member = Colleague(3, 1, Role.SELLER, clean(blank, 60), "+79160000003", is_connected=True)
    given = Given(DIRECTOR, 1, RULES, NOON, RU)
    for screen in (team([member], 0, given), person(member, given), removal(member, [], [], given)):
        can_be_read(screen)
        assert "79160000003" in screen.text
