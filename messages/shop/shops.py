"""A director's shops: the list, the settings of one, adding another (X6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.goods import ShopId
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit, fit_lines
from messages.ui import limits
from messages.ui.buttons import Row, keyboard
from messages.ui.screen import Screen
from orders.model.rules import ShopRules

SHOPS_SHOWN = 6
FIELDS = ("name", "zone", "marketplace")
"""Fields set in the chat, except rules; each has its label, question and line in the texts."""


class ShopsDo(StrEnum):
    """The action of a button about the shops."""

    SETTINGS = "settings"
    LIST = "list"
    ADD = "add"
    CREATE = "create"
    """Add the shop with the name that was typed."""
    REMOVE = "remove"
    REMOVE_NOW = "remove-now"
    OPEN = "open"
    SET = "set"
    RULES = "rules"
    GROUP = "group"
    RULE = "rule"
    CHOOSE = "choose"
    """Set a rule to a ready value; `arg` is the rule's name and the value: «phone_gate=2»."""
    RESET = "reset"
    """Reset a rule to the settings."""


class ShopsTap(CallbackData, prefix="shops"):
    """A button about a director's shops; `arg` is the field to set, or the page of rules."""

    do: ShopsDo
    shop: ShopId
    arg: str = ""


@dataclass(frozen=True, slots=True)
class ShopSheet:
    """One shop as its director sees it. `start`: the settings' rules, only for the shop they describe.

    `settings_number`: the settings contain the shop's marketplace number. `is_removable`: the shop was not
    used yet.
    """

    id: int
    name: str
    rules: ShopRules
    marketplace_id: int | None
    has_group: bool
    start: ShopRules | None = None
    settings_number: bool = False
    is_removable: bool = False

    @property
    def is_of_settings(self) -> bool:
        return self.start is not None

    def is_set_in_chat(self, name: str) -> bool:
        """Whether it can be reset to the settings."""
        return self.is_of_settings and name in self.rules.set_in_chat


def shop_list(names: Sequence[tuple[int, str]], here: int, t: Translator) -> Screen:
    """The shops that the director runs, each a button that opens it."""
    rows: list[Row] = [
        [shops_button(t.plain("button-place", shop=name), ShopsDo.OPEN, id_)]
        for id_, name in names[:SHOPS_SHOWN]
    ]
    rows.append([shops_button(t.plain("do-shops-add"), ShopsDo.ADD, here)])
    rows.append(back_to_settings(here, t))
    return Screen(str(t("shops-title", count=len(names))), keyboard(rows))


def shop_sheet(sheet: ShopSheet, t: Translator) -> Screen:
    """The settings of one shop, with a button for each that can be changed here."""
    rules = sheet.rules
    number = "" if sheet.marketplace_id is None else str(sheet.marketplace_id)
    lines = [
        t("button-place", shop=sheet.name),
        t("shops-zone", zone=rules.timezone),
        t("shops-opens", time=f"{rules.opens_at:%H:%M}"),
        t("shops-accept", minutes=f"{rules.accept_minutes:g}"),
        t("shops-erase", days=f"{rules.erase_days:g}"),
        t("shops-marketplace", number=number) if number else t("shops-no-marketplace"),
        t("shops-group" if sheet.has_group else "shops-no-group"),
        Markup(),
        t("shops-of-settings" if sheet.is_of_settings else "shops-next"),
    ]
    fields = [one for one in FIELDS if not (one == "marketplace" and sheet.settings_number)]
    buttons = [shops_button(t.plain(f"do-shops-{one}"), ShopsDo.SET, sheet.id, one) for one in fields]
    rows: list[Row] = [row for row in (buttons[:2], buttons[2:]) if row]
    rows.append([shops_button(t.plain("do-shops-rules"), ShopsDo.RULES, sheet.id)])
    if sheet.is_removable:
        rows.append([shops_button(t.plain("do-shops-remove"), ShopsDo.REMOVE, sheet.id)])
    rows.append([shops_button(t.plain("do-team-back"), ShopsDo.LIST, sheet.id)])
    return Screen(str(fit_lines(lines)), keyboard(rows))


def shop_question(key: str, shop_id: int, t: Translator) -> Screen:
    """A question, and the way back."""
    return Screen(str(t(key)), keyboard([[shops_button(t.plain("do-team-back"), ShopsDo.LIST, shop_id)]]))


def field_question(field: str, sheet: ShopSheet, t: Translator) -> Screen:
    """Asks for one of FIELDS."""
    back = shops_button(t.plain("do-team-back"), ShopsDo.LIST, sheet.id)
    return Screen(str(t(f"shops-ask-{field}")), keyboard([*reset_rows(field, sheet, t), [back]]))


def reset_rows(name: str, sheet: ShopSheet, t: Translator) -> list[Row]:
    """The button that resets a value set in the chat to the settings."""
    if not sheet.is_set_in_chat(name):
        return []
    return [[shops_button(t.plain("do-rules-reset"), ShopsDo.RESET, sheet.id, name)]]


def new_shop(name: str, here: int, t: Translator, *, is_number: bool) -> Screen:
    """Asks for confirmation of a new shop. `is_number`: the name looks like an order's number."""
    key = "shops-confirm-number" if is_number else "shops-confirm"
    buttons = [
        shops_button(t.plain("do-shops-create"), ShopsDo.CREATE, here),
        shops_button(t.plain("do-shops-cancel"), ShopsDo.LIST, here),
    ]
    return Screen(str(t(key, shop=name)), keyboard([buttons]))


def removal(sheet: ShopSheet, t: Translator) -> Screen:
    """Asks for confirmation before the shop is removed."""
    buttons = [
        shops_button(t.plain("do-shops-remove-now"), ShopsDo.REMOVE_NOW, sheet.id),
        shops_button(t.plain("do-shops-cancel"), ShopsDo.OPEN, sheet.id),
    ]
    return Screen(str(t("shops-remove-sure", shop=sheet.name)), keyboard([buttons]))


def settings_row(shop_id: int, t: Translator) -> Row:
    """The button from the shop's screen to the director's settings."""
    return [shops_button(t.plain("do-shops-settings"), ShopsDo.SETTINGS, shop_id)]


def back_to_settings(shop_id: int, t: Translator) -> Row:
    """The button back to the director's settings."""
    return [shops_button(t.plain("do-team-back"), ShopsDo.SETTINGS, shop_id)]


def shops_button(label: str, do: ShopsDo, shop_id: int, arg: str = "") -> InlineKeyboardButton:
    """A button about one shop."""
    data = ShopsTap(do=do, shop=shop_id, arg=arg).pack()
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)
