from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from aiogram.types import InlineKeyboardMarkup

from messages.i18n.texts import Translator
from messages.shop.rules import rule_flaw, rule_groups, rule_page, rule_question
from messages.shop.shops import ShopsDo, ShopSheet, ShopsTap, shop_sheet
from messages.ui.screen import Screen
from orders.model.details import Category
from orders.model.money import Money
from orders.model.rules import ShopRules
from orders.shop.rule_book import GROUPS, RULES, BadRule, Kind, Rule, RuleFlaw, RuleGroup
from orders.shop.rule_values import read_value, ready_values
from tests.messages.journeys import EN, RU
from tests.messages.ui.test_limits import check

RULES_SET = ShopRules(
    accept_reminders=(2.5, 10),
    accept_repeat_minutes=2.5,
    archive_hours=366 * 24,
    commission_percent=Decimal("12.50"),
    commission_by_category=((Category.LIVE_PLANTS, Decimal(100)),),
    delivery_fee=Money(1_350_50),
    photo_before_minutes=(),
)
NO_KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[])
SHEET = ShopSheet(2**31 - 1, "Роза " * 12, RULES_SET, 99_002, has_group=False)
FIRST = replace(SHEET, rules=replace(RULES_SET, set_in_chat=tuple(RULES)), start=ShopRules())


def pressed(screen: Screen) -> list[tuple[ShopsDo, str]]:
    rows = screen.keyboard.inline_keyboard if screen.keyboard else []
    found = [ShopsTap.unpack(button.callback_data or "") for row in rows for button in row]
    assert {one.shop for one in found} == {SHEET.id}
    return [(one.do, one.arg) for one in found]


@pytest.mark.requirement("X6", "R78")
@pytest.mark.parametrize("t", [RU, EN])
def test_every_rule_is_reached_by_buttons_and_every_page_leads_back(t: Translator) -> None:
    check(shop_sheet(SHEET, t), most_buttons=8)
    assert (ShopsDo.RULES, "") in pressed(shop_sheet(SHEET, t))
    pages, seen = {arg for do, arg in pressed(rule_groups(SHEET, t)) if do is ShopsDo.GROUP}, set()
    check(rule_groups(SHEET, t), most_buttons=8)
    assert pressed(rule_groups(SHEET, t))[-1] == (ShopsDo.OPEN, "")
    while pages:
        group = RuleGroup(pages.pop())
        page = rule_page(group, SHEET, t)
        check(page, most_buttons=8)
        buttons = pressed(page)
        seen |= {arg for do, arg in buttons if do is ShopsDo.RULE}
        opened = {
            RuleGroup.CATEGORIES: "money",
            RuleGroup.TROUBLE: "client",
            RuleGroup.SUPPORT: "trouble",
            RuleGroup.LOAD: "hours",
            RuleGroup.ROUTE: "delivery",
        }
        above = opened.get(group)
        assert buttons[-1] == ((ShopsDo.GROUP, above) if above else (ShopsDo.RULES, ""))
        pages |= {arg for do, arg in buttons[:-1] if do is ShopsDo.GROUP}
    assert seen == RULES.keys()


@pytest.mark.parametrize("t", [RU, EN])
def test_each_question_shows_what_is_set_and_leads_back_to_its_page(t: Translator) -> None:
    for group, rules in GROUPS.items():
        page = rule_page(group, SHEET, t)
        for rule in rules:
            question = rule_question(rule, SHEET, t)
            check(question, most_buttons=8)
            line = question.text.splitlines()[1]
            assert line in page.text
            *ready, back = pressed(question)
            assert back == (ShopsDo.GROUP, group.value)
            assert ready == [(ShopsDo.CHOOSE, f"{rule.name}={one}") for one in ready_values(rule)]


def test_values_stand_there_as_people_write_them() -> None:
    def line(name: str) -> str:
        return rule_question(RULES[name], SHEET, RU).text.splitlines()[1]

    assert line("accept_reminders") == "Напомнить о нём через: 2.5, 10 мин"
    assert line("accept_repeat_minutes") == "Не принят в срок: повторять тревогу каждые: 2,5 мин"
    assert line("commission_percent") == "Комиссия, доля оплаченного: 12,5 %"
    assert line("commission_of_live_plants") == "Живые растения: 100 %"
    assert line("commission_of_other") == "Прочее: как у остальных"
    assert line("delivery_fee") == "Доставка, если её цены нет в заказе: 1\u202f350,50\u202f₽"
    assert line("acquiring_fixed") == "Эквайринг с каждого заказа: не задано"
    assert line("photo_before_minutes") == "Напомнить о фото до выезда за: нет"
    assert line("opens_at") == "Скрытый «до завтра» магазин откроется в: 09:00"


@pytest.mark.requirement("R78")
@pytest.mark.parametrize("t", [RU, EN])
def test_a_rule_of_the_settings_shop_that_was_set_here_shows_both_values_and_goes_back(t: Translator) -> None:
    for group, rules in GROUPS.items():
        check(rule_page(group, FIRST, t), most_buttons=8)
        for rule in rules:
            question = rule_question(rule, FIRST, t)
            check(question, most_buttons=8)
            assert pressed(question)[-2] == (ShopsDo.RESET, rule.name)
            assert ".env" in question.text.splitlines()[2]
    untouched = replace(FIRST, rules=ShopRules())
    assert (ShopsDo.RESET, "accept_minutes") not in pressed(
        rule_question(RULES["accept_minutes"], untouched, t)
    )


def test_each_ready_value_can_be_set_and_a_choice_among_words_needs_no_typing() -> None:
    for rule in RULES.values():
        for words in ready_values(rule):
            assert read_value(rule, words) is not None
    labels = [
        row[0].text
        for row in (rule_question(RULES["phone_gate"], SHEET, RU).keyboard or NO_KEYBOARD).inline_keyboard
    ]
    assert labels[:3] == ["директор или менеджер", "только директор", "ещё и сам флорист заказа"]
    assert ready_values(RULES["support_minutes"]) == ("5", "10", "15", "30", "60", "120")
    assert ready_values(RULES["decline_stars"]) == ("0", "1", "2", "3", "4", "5")
    assert ready_values(RULES["accept_reminders"]) == ()


@pytest.mark.parametrize("t", [RU, EN])
@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_every_flaw_is_said_with_what_is_right(rule: Rule, t: Translator) -> None:
    for flaw in RuleFlaw:
        has_limit = flaw not in {RuleFlaw.UNREADABLE, RuleFlaw.NEEDED} and rule.kind is not Kind.CLOCK
        limit = 15 if has_limit else None
        lines = rule_flaw(BadRule(rule, flaw, limit), t).splitlines()
        assert lines[1:] == rule_question(rule, SHEET, t).text.splitlines()[2:]


def test_the_limit_is_named_in_its_unit() -> None:
    too_late = BadRule(RULES["accept_reminders"], RuleFlaw.TOO_LATE, 15)
    assert "на принятие дано 15 мин" in rule_flaw(too_late, RU)
    too_many = BadRule(RULES["accept_reminders"], RuleFlaw.TOO_MANY, 4)
    assert "не больше 4, ничего" in rule_flaw(too_many, RU)
    too_dear = BadRule(RULES["delivery_fee"], RuleFlaw.TOO_LARGE, 10_000_000)
    assert "Больше 100\u202f000\u202f₽ нельзя" in rule_flaw(too_dear, RU)
