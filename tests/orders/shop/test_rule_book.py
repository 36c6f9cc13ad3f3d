from __future__ import annotations

from dataclasses import fields
from datetime import time
from decimal import Decimal

import pytest

from orders.model.details import Category
from orders.model.money import Money
from orders.model.rules import ShopRules
from orders.shop.rule_book import GROUPS, RULES, BadRule, Kind, RuleFlaw, Value, changed, group_of, value_of


def flaw(name: str, value: Value) -> tuple[RuleFlaw, float | None]:
    with pytest.raises(BadRule) as bad:
        changed(ShopRules(), name, value)
    return bad.value.flaw, bad.value.limit


@pytest.mark.requirement("R78", "X6")
def test_every_rule_of_a_shop_stands_on_one_page_and_seven_buttons_suffice() -> None:
    by_other_ways = {"timezone", "country", "commission_by_category", "set_in_chat"}
    wanted = {field.name for field in fields(ShopRules)} - by_other_ways
    wanted |= {f"commission_of_{category}" for category in Category}
    placed = [rule.name for rules in GROUPS.values() for rule in rules]
    assert sorted(placed) == sorted(wanted)
    assert all(len(rules) < 8 for rules in GROUPS.values())
    assert all(rule in GROUPS[group_of(rule.name)] for rule in RULES.values())


def test_what_a_shop_has_by_itself_is_within_the_limits() -> None:
    rules = ShopRules()
    for name, rule in RULES.items():
        value = value_of(rules, name)
        if value is not None or rule.can_be_unset:
            assert changed(rules, name, value) == rules


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accept_repeat_minutes", 2.5),
        ("photo_light_percent", 0),
        ("contacts_most", 100),
        ("opens_at", time(7, 30)),
        ("commission_percent", Decimal("12.5")),
        ("commission_percent", None),
        ("delivery_fee", Money(35_050)),
        ("accept_reminders", ()),
        ("come_back_days", (2, 14)),
        ("decline_new_percent", Decimal(0)),
        ("commission_of_live_plants", Decimal(15)),
    ],
)
def test_a_value_is_set_and_the_rest_stays(name: str, value: Value) -> None:
    rules = changed(ShopRules(), name, value)
    assert value_of(rules, name) == value
    others = RULES.keys() - {name}
    assert [one for one in others if value_of(rules, one) != value_of(ShopRules(), one)] == []


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if rule.kind is not Kind.CLOCK])
def test_each_rule_has_its_limits(name: str) -> None:
    rule = RULES[name]
    for number, expected in ((rule.least - 1, RuleFlaw.TOO_SMALL), (rule.most + 1, RuleFlaw.TOO_LARGE)):
        value: Value = number
        if rule.kind is Kind.SUM:
            value = Money(number)
        if rule.kind in {Kind.REMINDERS, Kind.DAY_LIST}:
            value = (number,)
        limit = rule.least if expected is RuleFlaw.TOO_SMALL else rule.most
        assert flaw(name, value) == (expected, limit)


def test_what_an_order_cannot_do_without_cannot_be_unset() -> None:
    assert flaw("accept_minutes", None) == (RuleFlaw.NEEDED, None)
    assert flaw("come_back_days", None) == (RuleFlaw.NEEDED, None)
    assert flaw("come_back_days", (1, 2, 3)) == (RuleFlaw.TOO_MANY, 2)
    assert flaw("decline_new_percent", None) == (RuleFlaw.NEEDED, None)


@pytest.mark.requirement("R16")
def test_reminders_come_before_the_time_is_up_and_go_with_a_shorter_one() -> None:
    assert flaw("accept_reminders", (5, 15)) == (RuleFlaw.TOO_LATE, 15)
    assert flaw("accept_reminders", (1, 2, 3, 4, 5)) == (RuleFlaw.TOO_MANY, 4)
    rules = changed(ShopRules(), "accept_reminders", (10, 3, 3))
    assert list(rules.accept_reminders) == [3, 10]
    shorter = changed(rules, "accept_minutes", 8)
    assert shorter.accept_minutes == 8
    assert list(shorter.accept_reminders) == [3]
    assert list(changed(rules, "photo_before_minutes", (10, 60)).photo_before_minutes) == [60, 10]


def test_one_kind_of_goods_has_a_commission_of_its_own_and_loses_it() -> None:
    rules = changed(ShopRules(), "commission_of_confectionery", Decimal(12))
    rules = changed(rules, "commission_of_live_plants", Decimal(15))
    assert dict(rules.commission_by_category) == {
        Category.CONFECTIONERY: Decimal(12),
        Category.LIVE_PLANTS: Decimal(15),
    }
    rules = changed(rules, "commission_of_confectionery", None)
    assert dict(rules.commission_by_category) == {Category.LIVE_PLANTS: Decimal(15)}
