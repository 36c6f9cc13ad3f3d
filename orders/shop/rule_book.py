"""The shop rules that a director can set in the chat, and their limits (R78, X6).

The settings of an installation allow a wider range; the chat's limits catch typing errors on a phone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from orders.model.details import Category
from orders.model.money import Money
from orders.model.rules import HandoverProof, PhoneGate, RecipientCalls, ShopRules

Value = float | int | str | tuple[float, ...] | Decimal | Money | time | None

OF_CATEGORY = "commission_of_"
"""Prefix of the rules for the commission of one category."""
SHOP_NAME, SHOP_ZONE = "name", "zone"
"""The other settings of a shop that can be overridden in the chat."""
MOST_REMINDERS = 4
MOST_DAYS = 2
"""The number of buttons that fit on the screen of a case."""
LARGEST_SUM = 100_000_00
"""In kopecks; no fee of an order is larger."""


class Kind(StrEnum):
    """The type of a rule's value."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    REMINDERS = "reminders"
    DAY_LIST = "day-list"
    """Several numbers of days, with a button for each."""
    HOURS = "hours"
    DAYS = "days"
    NUMBER = "number"
    PERCENT = "percent"
    SUM = "sum"
    CLOCK = "clock"
    CHOICE = "choice"


class RuleGroup(StrEnum):
    """The pages of the rule book."""

    ACCEPTING = "accepting"
    PHOTO = "photo"
    DELIVERY = "delivery"
    ROUTE = "route"
    CLIENT = "client"
    TROUBLE = "trouble"
    SUPPORT = "support"
    HOURS = "hours"
    LOAD = "load"
    MONEY = "money"
    CATEGORIES = "categories"
    DECLINING = "declining"


class RuleFlaw(StrEnum):
    """Why a value is not allowed."""

    UNREADABLE = "unreadable"
    TOO_SMALL = "too-small"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    NEEDED = "needed"
    TOO_LATE = "too-late"
    """A reminder after the deadline would be useless."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `least` and `most` are in its own unit; for sums in minor units."""

    name: str
    kind: Kind
    least: int = 0
    most: int = 0
    can_be_unset: bool = False
    choices: tuple[StrEnum, ...] = ()
    """The possible values; people choose by number, from 1."""


class BadRule(ValueError):  # noqa: N818 - it is the rule that is bad, not the program
    """The value is not allowed; `limit` is the limit that it exceeds, if there is one."""

    def __init__(self, rule: Rule, flaw: RuleFlaw, limit: float | None = None) -> None:
        super().__init__(f"{rule.name}: {flaw.value}")
        self.rule = rule
        self.flaw = flaw
        self.limit = limit


def _minutes(name: str, most: int = 24 * 60, least: int = 1) -> Rule:
    return Rule(name, Kind.MINUTES, least, most)


def _percent(name: str, most: int = 100, *, can_be_unset: bool = True) -> Rule:
    return Rule(name, Kind.PERCENT, 0, most, can_be_unset)


def _choice(name: str, choices: type[StrEnum]) -> Rule:
    return Rule(name, Kind.CHOICE, 1, len(choices), choices=tuple(choices))


def _sum(name: str) -> Rule:
    return Rule(name, Kind.SUM, 0, LARGEST_SUM, can_be_unset=True)


GROUPS: Mapping[RuleGroup, tuple[Rule, ...]] = {
    RuleGroup.ACCEPTING: (
        _minutes("accept_minutes", 240),
        Rule("accept_reminders", Kind.REMINDERS, 1, 240, can_be_unset=True),
        _minutes("accept_repeat_minutes", 240),
        _minutes("undo_minutes", 240, least=0),
        Rule("call_delay_seconds", Kind.SECONDS, 0, 120),
    ),
    RuleGroup.PHOTO: (
        Rule("photo_before_minutes", Kind.REMINDERS, 1, 24 * 60, can_be_unset=True),
        _minutes("rating_minutes"),
        _minutes("assemble_minutes", least=0),
        Rule("photo_light_percent", Kind.NUMBER, 0, 100),
        Rule("photo_sharpness", Kind.NUMBER, 0, 10_000),
        _choice("handover_proof", HandoverProof),
    ),
    RuleGroup.DELIVERY: (
        _minutes("early_minutes", 24 * 60, least=0),
        _minutes("offer_minutes"),
        _minutes("late_repeat_minutes"),
        _minutes("third_party_minutes"),
        _minutes("return_minutes"),
        _minutes("stop_repeat_minutes"),
    ),
    RuleGroup.ROUTE: (
        _minutes("travel_minutes"),
        _minutes("leg_minutes"),
        _minutes("door_minutes", 240, least=0),
        Rule("speed_kmh", Kind.NUMBER, 1, 150),
        Rule("road_percent", Kind.NUMBER, 100, 500),
    ),
    RuleGroup.CLIENT: (
        Rule("contacts_most", Kind.NUMBER, 1, 100),
        _minutes("contacts_minutes"),
        Rule("client_link_hours", Kind.HOURS, 1, 366 * 24),
        _minutes("phone_minutes"),
        _choice("phone_gate", PhoneGate),
    ),
    RuleGroup.TROUBLE: (
        _minutes("search_minutes"),
        _minutes("spare_minutes"),
        _minutes("address_minutes"),
        _choice("recipient_calls", RecipientCalls),
    ),
    RuleGroup.SUPPORT: (
        _minutes("support_minutes"),
        Rule("come_back_days", Kind.DAY_LIST, 1, 30),
        Rule("dispute_hours", Kind.HOURS, 1, 30 * 24),
        Rule("dispute_first_hours", Kind.HOURS, 0, 30 * 24),
        Rule("dispute_last_hours", Kind.HOURS, 0, 30 * 24),
    ),
    RuleGroup.HOURS: (
        Rule("opens_at", Kind.CLOCK),
        _minutes("reopen_reminder_minutes"),
        Rule("pack_at", Kind.CLOCK),
        Rule("count_days", Kind.DAYS, 0, 30),
        Rule("archive_hours", Kind.HOURS, 1, 366 * 24),
        Rule("erase_days", Kind.DAYS, 1, 3650),
    ),
    RuleGroup.LOAD: (
        Rule("orders_per_hour", Kind.NUMBER, 1, 500, can_be_unset=True),
        Rule("florist_per_hour", Kind.NUMBER, 1, 60, can_be_unset=True),
        Rule("shopping_at", Kind.CLOCK),
        Rule("report_at", Kind.CLOCK, can_be_unset=True),
    ),
    RuleGroup.MONEY: (
        _percent("commission_percent"),
        _sum("commission_fixed"),
        _percent("acquiring_percent"),
        _sum("acquiring_fixed"),
        _sum("delivery_fee"),
    ),
    RuleGroup.CATEGORIES: tuple(_percent(f"{OF_CATEGORY}{category}") for category in Category),
    RuleGroup.DECLINING: (
        _percent("decline_new_percent", 1000, can_be_unset=False),
        _percent("decline_accepted_percent", 1000, can_be_unset=False),
        Rule("declines_free", Kind.NUMBER, 0, 100),
        Rule("declines_most", Kind.NUMBER, 1, 100),
        Rule("decline_stars", Kind.NUMBER, 0, 5),
    ),
}
RULES: Mapping[str, Rule] = {rule.name: rule for group in GROUPS.values() for rule in group}


def group_of(name: str) -> RuleGroup:
    """The page of a rule."""
    return next(group for group, rules in GROUPS.items() if name in {rule.name for rule in rules})


def value_of(rules: ShopRules, name: str) -> Value:
    """The value that is set; None if none is (the pages say what applies then)."""
    if name.startswith(OF_CATEGORY):
        return dict(rules.commission_by_category).get(_category(name))
    value: Value = getattr(rules, name)
    return value


def changed(rules: ShopRules, name: str, value: Value) -> ShopRules:
    """The rules with this value. Raises BadRule when the value is not allowed.

    Acceptance reminders that would come after a shorter acceptance time are removed.
    """
    rule = RULES[name]
    _check(rule, value, rules)
    return _with(rules, rule, value)


def marked(rules: ShopRules, name: str) -> ShopRules:
    """The rules, marking this one as set in the chat."""
    return replace(rules, set_in_chat=tuple(sorted({*rules.set_in_chat, name})))


def over_settings(start: ShopRules, kept: ShopRules) -> ShopRules:
    """The rules from the settings, overridden by those set in the chat (R78)."""
    rules = replace(start, set_in_chat=kept.set_in_chat)
    if SHOP_ZONE in kept.set_in_chat:
        rules = replace(rules, timezone=kept.timezone, country=kept.country)
    names = [name for name in kept.set_in_chat if name in RULES]
    # accept_minutes last: it removes reminders that would come after the acceptance time
    for name in sorted(names, key="accept_minutes".__eq__):
        rules = _with(rules, RULES[name], value_of(kept, name))
    return rules


def as_in_settings(start: ShopRules, kept: ShopRules, name: str) -> ShopRules:
    """The rules after this one was reset to the settings."""
    left = tuple(one for one in kept.set_in_chat if one != name)
    return over_settings(start, replace(kept, set_in_chat=left))


def _with(rules: ShopRules, rule: Rule, value: Value) -> ShopRules:
    name = rule.name
    if name.startswith(OF_CATEGORY):
        return _with_category(rules, _category(name), value)
    if name == "accept_minutes" and isinstance(value, (int, float)):
        before = tuple(one for one in rules.accept_reminders if one < value)
        return replace(rules, accept_minutes=value, accept_reminders=before)
    if isinstance(value, tuple):
        value = tuple(sorted(set(value), reverse=name == "photo_before_minutes"))
    one: dict[str, Any] = {name: value}
    return replace(rules, **one)


def _check(rule: Rule, value: Value, rules: ShopRules) -> None:
    if value is None and not rule.can_be_unset:
        raise BadRule(rule, RuleFlaw.NEEDED)
    if isinstance(value, tuple):
        _check_several(rule, value, rules)
    elif isinstance(value, Money):
        _check_number(rule, value.minor)
    elif isinstance(value, int | float | Decimal):
        _check_number(rule, value)


def _check_several(rule: Rule, value: tuple[float, ...], rules: ShopRules) -> None:
    most = MOST_DAYS if rule.kind is Kind.DAY_LIST else MOST_REMINDERS
    if len(set(value)) > most:
        raise BadRule(rule, RuleFlaw.TOO_MANY, most)
    for number in value:
        _check_number(rule, number)
    if rule.name == "accept_reminders" and any(one >= rules.accept_minutes for one in value):
        raise BadRule(rule, RuleFlaw.TOO_LATE, rules.accept_minutes)


def _check_number(rule: Rule, number: float | Decimal) -> None:
    if number < rule.least:
        raise BadRule(rule, RuleFlaw.TOO_SMALL, rule.least)
    if number > rule.most:
        raise BadRule(rule, RuleFlaw.TOO_LARGE, rule.most)


def _category(name: str) -> Category:
    return Category(name.removeprefix(OF_CATEGORY))


def _with_category(rules: ShopRules, category: Category, value: Value) -> ShopRules:
    shares = dict(rules.commission_by_category)
    shares.pop(category, None)
    if isinstance(value, Decimal):
        shares[category] = value
    return replace(rules, commission_by_category=tuple(shares.items()))
