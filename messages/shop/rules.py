"""A shop's rules, page by page: values, and a button for each rule that can be set here (R78, X6)."""

from __future__ import annotations

from datetime import time
from decimal import Decimal

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup, escape

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit_lines
from messages.shop.shops import ShopsDo, ShopSheet, reset_rows, shops_button
from messages.ui.buttons import Row, keyboard
from messages.ui.screen import Screen
from messages.ui.sums import money
from orders.model.money import Money
from orders.shop.rule_book import (
    GROUPS,
    OF_CATEGORY,
    BadRule,
    Kind,
    Rule,
    RuleFlaw,
    RuleGroup,
    Value,
    group_of,
    value_of,
)
from orders.shop.rule_values import read_value, ready_values

_OPENED_FROM = {
    RuleGroup.CATEGORIES: RuleGroup.MONEY,
    RuleGroup.TROUBLE: RuleGroup.CLIENT,
    RuleGroup.SUPPORT: RuleGroup.TROUBLE,
    RuleGroup.ROUTE: RuleGroup.DELIVERY,
    RuleGroup.LOAD: RuleGroup.HOURS,
}
"""Pages opened by a button of another page instead of the first."""

_UNITS = {Kind.REMINDERS: Kind.MINUTES, Kind.DAY_LIST: Kind.DAYS, Kind.CHOICE: Kind.NUMBER}
"""The unit of a kind's numbers, if it differs from the kind."""


def rule_groups(sheet: ShopSheet, t: Translator) -> Screen:
    """List the pages."""
    buttons = [_group_button(group, sheet.id, t) for group in RuleGroup if group not in _OPENED_FROM]
    back = shops_button(t.plain("do-team-back"), ShopsDo.OPEN, sheet.id)
    return Screen(_text(sheet, [t("rules-title")], t), keyboard([*_by_two(buttons), [back]]))


def rule_page(group: RuleGroup, sheet: ShopSheet, t: Translator) -> Screen:
    """The rules of one page."""
    rules = GROUPS[group]
    lines = [t(f"rules-page-{group.value}"), *(_line(rule, sheet, t) for rule in rules)]
    buttons = [_rule_button(rule, sheet.id, t) for rule in rules]
    buttons += [_group_button(one, sheet.id, t) for one, above in _OPENED_FROM.items() if above is group]
    back = shops_button(t.plain("do-team-back"), ShopsDo.RULES, sheet.id)
    if group in _OPENED_FROM:
        back = shops_button(t.plain("do-team-back"), ShopsDo.GROUP, sheet.id, _OPENED_FROM[group].value)
    return Screen(_text(sheet, lines, t), keyboard([*_by_two(buttons), [back]]))


def rule_question(rule: Rule, sheet: ShopSheet, t: Translator) -> Screen:
    """The present value, and what to type."""
    back = shops_button(t.plain("do-team-back"), ShopsDo.GROUP, sheet.id, group_of(rule.name).value)
    lines = [_line(rule, sheet, t), *_in_settings(rule, sheet, t), *_asked(rule, t)]
    ready = [_ready_button(rule, words, sheet.id, t) for words in ready_values(rule)]
    rows = (
        [[one] for one in ready] if rule.choices else [ready[at : at + 3] for at in range(0, len(ready), 3)]
    )
    return Screen(_text(sheet, lines, t), keyboard([*rows, *reset_rows(rule.name, sheet, t), [back]]))


def rule_flaw(bad: BadRule, t: Translator) -> Markup:
    """Why the value is invalid, and which values are valid."""
    limit = ""
    if bad.limit is not None:
        counts = bad.flaw is RuleFlaw.TOO_MANY
        limit = f"{bad.limit:g}" if counts else _limit(bad.rule, bad.limit, t)
    return fit_lines([t(f"rules-flaw-{bad.flaw.value}", limit=limit), *_asked(bad.rule, t)])


def _text(sheet: ShopSheet, lines: list[Markup], t: Translator) -> str:
    note = [Markup(), t("shops-of-settings")] if sheet.is_of_settings else []
    return str(fit_lines([t("button-place", shop=sheet.name), *lines, *note]))


def _line(rule: Rule, sheet: ShopSheet, t: Translator) -> Markup:
    value = _said(rule, value_of(sheet.rules, rule.name), t)
    key = "rules-line-chosen" if sheet.is_set_in_chat(rule.name) else "rules-line"
    return t(key, what=t(f"rule-{_key(rule)}"), value=value)


def _in_settings(rule: Rule, sheet: ShopSheet, t: Translator) -> list[Markup]:
    """The value in the settings, if the rule was set in the chat."""
    if sheet.start is None or not sheet.is_set_in_chat(rule.name):
        return []
    return [t("rules-in-settings", value=_said(rule, value_of(sheet.start, rule.name), t))]


def _asked(rule: Rule, t: Translator) -> list[Markup]:
    if rule.choices:
        return [t("rules-ask-choice")]
    bounds = {"least": rule.least, "most": rule.most} if rule.kind is not Kind.CLOCK else {}
    said = {name: _limit(rule, number, t) for name, number in bounds.items()}
    lines = [t(f"rules-ask-{rule.kind.value}", **said)]
    return [*lines, t("rules-ask-unset")] if rule.can_be_unset else lines


def _said(rule: Rule, value: Value, t: Translator) -> Markup:
    if value is None:
        return t(_unset(rule))
    if isinstance(value, tuple):
        numbers = ", ".join(f"{one:g}" for one in value)
        return t(f"rules-{_UNITS[rule.kind].value}", count=numbers) if value else t("rules-none")
    if isinstance(value, time):
        return escape(f"{value:%H:%M}")
    if isinstance(value, str):
        return t(f"rule-choice-{_key(rule)}-{value}")
    if isinstance(value, Money):
        return money(value, t)
    return _unit(rule, value, t)


def _unset(rule: Rule) -> str:
    if rule.name.startswith(OF_CATEGORY):
        return "rules-as-others"
    if rule.kind is Kind.CLOCK:
        return "rules-none"
    return "rules-reckoned" if rule in GROUPS[RuleGroup.LOAD] else "rules-unset"


def _unit(rule: Rule, number: float | Decimal, t: Translator) -> Markup:
    """The number in the language's format, with its unit."""
    unit = _UNITS.get(rule.kind, rule.kind)
    return t(f"rules-{unit.value}", count=Decimal(str(number)))


def _limit(rule: Rule, number: float, t: Translator) -> Markup:
    return money(Money(int(number)), t) if rule.kind is Kind.SUM else _unit(rule, number, t)


def _group_button(group: RuleGroup, shop_id: int, t: Translator) -> InlineKeyboardButton:
    return shops_button(t.plain(f"do-rules-{group.value}"), ShopsDo.GROUP, shop_id, group.value)


def _rule_button(rule: Rule, shop_id: int, t: Translator) -> InlineKeyboardButton:
    return shops_button(t.plain(f"do-rule-{_key(rule)}"), ShopsDo.RULE, shop_id, rule.name)


def _ready_button(rule: Rule, words: str, shop_id: int, t: Translator) -> InlineKeyboardButton:
    label = str(_said(rule, read_value(rule, words), t).unescape())
    return shops_button(label, ShopsDo.CHOOSE, shop_id, f"{rule.name}={words}")


def _by_two(buttons: list[InlineKeyboardButton]) -> list[Row]:
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def _key(rule: Rule) -> str:
    """The rule's name with hyphens, as in the keys of the texts."""
    return rule.name.replace("_", "-")
