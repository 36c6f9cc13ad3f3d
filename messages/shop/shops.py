"""The shops of a director: which there are, what is set of one, and how another is added (X6)."""

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
"""What is set in the chat beside the rules; each has its label, question and line in the texts."""


class ShopsDo(StrEnum):
    """What a button about the shops asks for."""

    SETTINGS = "settings"
    LIST = "list"
    ADD = "add"
    CREATE = "create"
    """Add the shop whose name was sent."""
    REMOVE = "remove"
    REMOVE_NOW = "remove-now"
    OPEN = "open"
    SET = "set"
    RULES = "rules"
    GROUP = "group"
    RULE = "rule"
    CHOOSE = "choose"
    """Set a rule to one of its ready values; `arg` is the rule's name and the value: «phone_gate=2»."""
    RESET = "reset"
    """Give a rule back to the settings."""


class ShopsTap(CallbackData, prefix="shops"):
    """A button about the shops of a director; `arg` is what is to be set, or the page of rules."""

    do: ShopsDo
    shop: ShopId
    arg: str = ""


@dataclass(frozen=True, slots=True)
class ShopSheet:
    """One shop as its director sees it. `start`: the rules that the settings give, of the shop they describe.

    `settings_number`: the settings give its number at the marketplace. `is_removable`: nobody has worked with
    it yet.
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
        """Whether it can be given back to the settings."""
        return self.is_of_settings and name in self.rules.set_in_chat


def shop_list(names: Sequence[tuple[int, str]], here: int, t: Translator) -> Screen:
    """The shops one runs, each a button that leads there."""
    rows: list[Row] = [
        [shops_button(t.plain("button-place", shop=name), ShopsDo.OPEN, id_)]
        for id_, name in names[:SHOPS_SHOWN]
    ]
    rows.append([shops_button(t.plain("do-shops-add"), ShopsDo.ADD, here)])
    rows.append(back_to_settings(here, t))
    return Screen(str(t("shops-title", count=len(names))), keyboard(rows))


def shop_sheet(sheet: ShopSheet, t: Translator) -> Screen:
    """What is set of one shop, and a button for each that may be set here."""
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
    """What is waited for, and the way back."""
    return Screen(str(t(key)), keyboard([[shops_button(t.plain("do-team-back"), ShopsDo.LIST, shop_id)]]))


def field_question(field: str, sheet: ShopSheet, t: Translator) -> Screen:
    """Asks for what else is set of a shop (FIELDS)."""
    back = shops_button(t.plain("do-team-back"), ShopsDo.LIST, sheet.id)
    return Screen(str(t(f"shops-ask-{field}")), keyboard([*reset_rows(field, sheet, t), [back]]))


def reset_rows(name: str, sheet: ShopSheet, t: Translator) -> list[Row]:
    """The button that gives what was set in the chat back to the settings."""
    if not sheet.is_set_in_chat(name):
        return []
    return [[shops_button(t.plain("do-rules-reset"), ShopsDo.RESET, sheet.id, name)]]


def new_shop(name: str, here: int, t: Translator, *, is_number: bool) -> Screen:
    """Asks whether a shop of this name is wanted. `is_number`: it reads like the number of an order."""
    key = "shops-confirm-number" if is_number else "shops-confirm"
    buttons = [
        shops_button(t.plain("do-shops-create"), ShopsDo.CREATE, here),
        shops_button(t.plain("do-shops-cancel"), ShopsDo.LIST, here),
    ]
    return Screen(str(t(key, shop=name)), keyboard([buttons]))


def removal(sheet: ShopSheet, t: Translator) -> Screen:
    """Asks whether the shop is really to go."""
    buttons = [
        shops_button(t.plain("do-shops-remove-now"), ShopsDo.REMOVE_NOW, sheet.id),
        shops_button(t.plain("do-shops-cancel"), ShopsDo.OPEN, sheet.id),
    ]
    return Screen(str(t("shops-remove-sure", shop=sheet.name)), keyboard([buttons]))


def settings_row(shop_id: int, t: Translator) -> Row:
    """The way from the shop's screen to what a director sets."""
    return [shops_button(t.plain("do-shops-settings"), ShopsDo.SETTINGS, shop_id)]


def back_to_settings(shop_id: int, t: Translator) -> Row:
    """From a list or a question to what a director sets."""
    return [shops_button(t.plain("do-team-back"), ShopsDo.SETTINGS, shop_id)]


def shops_button(label: str, do: ShopsDo, shop_id: int, arg: str = "") -> InlineKeyboardButton:
    """A button about one shop."""
    data = ShopsTap(do=do, shop=shop_id, arg=arg).pack()
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)
