"""The screens of the shop's day: they fit a phone, and hold whatever names people give."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from messages.i18n.phone_screen import PHONE_HEIGHT, height
from messages.i18n.texts import Translator
from messages.load.advice import advice_screen, fewer_screen
from messages.load.load_screen import DONE, FREE, TO_DO, head, load_screen
from messages.load.plan import plan_screen, staff_screen, who_screen
from messages.load.shopping import shopping_screen
from messages.ui.screen import Screen
from orders.load.capacity import Capacity, Figure, Source
from orders.load.load import Florist, Hour, Load, load_of
from orders.load.plan import plan_of
from orders.load.shopping import Need, Shopping
from orders.model.rules import ShopRules
from tests.builders import a_line
from tests.messages.journeys import EN, RU, as_read
from tests.messages.ui.test_limits import check
from tests.orders.load.days import MOSCOW, OLYA, VERA, a_capacity, at, order_at

RULES = ShopRules()
NOW = at(8)
DAY = NOW.date()
LANGUAGES = pytest.mark.parametrize("t", [RU, EN], ids=["ru", "en"])
hostile = st.text(max_size=400) | st.sampled_from(
    ["<b>" * 200, "\u202e" * 90, "😀" * 300, "&amp;", "{ $x }", ""]
)


def tall(screen: Screen) -> int:
    rows = screen.keyboard.inline_keyboard if screen.keyboard else []
    text = re.sub(f"[{TO_DO}{DONE}{FREE}]", "0", screen.text)  # in letters of one width they are as wide
    return height([Markup(line) for line in text.split("\n")], len(rows))


def a_load(capacity: Capacity | None = None, **hours: int) -> Load:
    orders = [order_at(at(int(hour[1:])), OLYA) for hour, count in hours.items() for _ in range(count)]
    return load_of(orders, [OLYA, VERA], capacity or a_capacity(), DAY, MOSCOW)


@pytest.mark.requirement("R7")
@LANGUAGES
def test_the_busiest_day_fits_a_phone(t: Translator) -> None:
    load = a_load(None, **{f"h{hour}": 9 + hour for hour in range(9, 21)})
    screen = load_screen(1, load, RULES, NOW, t, sets_rules=True)
    check(screen, most_buttons=8)
    bars = [line for line in screen.text.splitlines() if line.startswith("<code>")]
    assert len(bars) == 12
    assert max(len(line) for line in bars) <= len("<code>13-14 99/99 ██████████</code> ⚠")
    assert tall(screen) <= PHONE_HEIGHT


def test_a_bar_is_as_long_as_its_orders_are_many_and_the_longest_ten() -> None:
    load = a_load(a_capacity(shop=10), h10=20, h11=10, h12=1)
    lines = load_screen(1, load, RULES, NOW, RU, sets_rules=False).text.splitlines()
    bars = [line for line in lines if line.startswith("<code>")]
    assert bars == [
        "<code>10-11 20/20 ██████████</code> ⚠",
        "<code>11-12 10/10 █████</code>",
        "<code>12-13  1/1  █░░░░</code>",
    ]


@pytest.mark.requirement("R7", "X28")
@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source.RULE, "Успеваете 6 в час: по правилу магазина"),
        (Source.FLORISTS, "Успеваете 6 в час: 2 флориста по 3, по правилу магазина"),
        (Source.HISTORY, "Успеваете 6 в час: столько успевали за последние 4 недели"),
        (Source.ASSEMBLY, "Успеваете 6 в час: 2 флориста по 3, сборка 20 мин"),
    ],
)
def test_the_figure_says_where_it_comes_from(source: Source, words: str) -> None:
    capacity = Capacity(Figure(6, source), Figure(3, Source.RULE), 2)
    screen = load_screen(1, a_load(capacity, h13=1), RULES, NOW, RU, sets_rules=False)
    assert as_read(screen).splitlines()[1] == words


@pytest.mark.requirement("R7")
def test_the_head_is_short_and_names_what_is_too_much_first() -> None:
    assert head(a_load(h13=9, h14=2), NOW, MOSCOW, RU) == ["⚠ 13-14: 9 из 6"]
    assert head(a_load(h13=9, h14=8, h15=7, h16=7), NOW, MOSCOW, RU) == [
        "⚠ 13-14: 9 из 6 · 14-15: 8 из 6 · ещё 2 часа"
    ]
    assert head(a_load(h13=3, h14=2), NOW, MOSCOW, RU) == ["⏱ 13-14: 3 из 6"]
    assert head(a_load(h13=2), NOW, MOSCOW, RU) == []
    assert head(a_load(h13=9), at(14), MOSCOW, RU) == []


@LANGUAGES
def test_the_longest_page_of_a_plan_fits_a_phone(t: Translator) -> None:
    orders = [order_at(at(10 + number)) for number in range(9)]
    plan = plan_of(orders, [OLYA, VERA], 3, RULES, DAY, DAY)
    screen = plan_screen(1, plan, RULES, NOW, t)
    check(screen)
    assert tall(screen) <= PHONE_HEIGHT


@settings(max_examples=25, deadline=None)
@given(st.lists(hostile, min_size=1, max_size=8), st.sampled_from([RU, EN]))
def test_whatever_people_and_goods_are_called_each_screen_can_be_sent(
    names: list[str], t: Translator
) -> None:
    people = [Florist(number, name) for number, name in enumerate(names, start=1)]
    orders = [order_at(at(13), lines=(a_line(name=name),), number="1") for name in names]
    load = load_of(orders, people, a_capacity(shop=1), DAY, MOSCOW)
    plan = plan_of(orders, people, 1, RULES, DAY, DAY)
    hour = Hour(at(13), 9, 9)
    needs = tuple(Need(name, 3, None) for name in names)
    shopping = Shopping(len(names), needs, tuple((name, 2) for name in names))
    screens = [
        load_screen(1, load, RULES, NOW, t, sets_rules=True),
        staff_screen(1, DAY, [(one, True) for one in people], RULES, NOW, t),
        advice_screen(1, hour, load, RULES, NOW, t),
        fewer_screen(1, hour, RULES, NOW, t),
        shopping_screen(1, shopping, DAY, t),
    ]
    for screen in screens:
        check(screen)
    for job in plan.jobs:
        for screen in (plan_screen(1, plan, RULES, NOW, t), who_screen(1, plan, job, people, RULES, NOW, t)):
            as_read(screen)


@pytest.mark.requirement("X27")
def test_a_shopping_list_of_hundreds_of_flowers_is_cut_but_counted() -> None:
    needs = tuple(Need(f"цветок {number}", 30, 10 if number % 2 else None) for number in range(400))
    screen = shopping_screen(1, Shopping(90, needs, (("Корзина", 1),) * 90), DAY, RU)
    check(screen)
    assert "цветок 0: 30" in screen.text
    enough = shopping_screen(1, Shopping(1, (Need("роза", 5, 9),), ()), DAY, RU)
    assert as_read(enough).splitlines()[1:] == ["Всё есть, покупать нечего.", "Хватает: роза 5 из 9"]
    nothing = as_read(shopping_screen(1, Shopping(0, (), ()), DAY, RU))
    assert nothing.endswith("Заказов, которые нужно собрать, нет.")
