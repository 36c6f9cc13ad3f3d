"""The permanent keyboards below the chat."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import KeyboardButton, ReplyKeyboardMarkup
from aiogram.utils.keyboard import ReplyKeyboardBuilder

from messages.i18n.texts import LANGUAGES, Translator
from messages.ui.shop_labels import place_key
from orders.access.roles import Act, acts_of
from orders.model.people import Role

IN_A_ROW = 3


def main_keyboard(
    role: Role, t: Translator, places: Sequence[str] = (), here: str = ""
) -> ReplyKeyboardMarkup:
    """The permanent keyboard of a role; handlers match its labels by the same keys.

    `places`: the names of the shops of a person who works in several, one button each. `here`: the current
    shop's name.
    """
    acts = acts_of(role)
    keys = ["button-deliveries", "button-orders"] if role is Role.COURIER else ["button-orders"]
    if Act.SEE_ALL_ORDERS in acts:
        keys.append("button-new")
    if Act.SEE_GOODS in acts:
        keys.append("button-shop")
    if Act.SEE_TEAM in acts:
        keys.append("button-team")
    keys.append("button-report" if Act.SEE_ALL_ORDERS in acts else "button-my-day")
    keys.append("button-guide")
    keyboard = ReplyKeyboardBuilder()
    keyboard.add(*[KeyboardButton(text=t.plain(key)) for key in keys])
    # On a phone, four labels in a row would break within words.
    keyboard.adjust(IN_A_ROW if len(keys) <= IN_A_ROW else 2)
    rows = keyboard.export()
    labels = [place_key(name, t, is_here=name == here) for name in places]
    rows += [[KeyboardButton(text=label) for label in labels[at : at + 2]] for at in range(0, len(labels), 2)]
    return ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True, is_persistent=True)


_KEYS = (
    "button-deliveries",
    "button-orders",
    "button-new",
    "button-shop",
    "button-team",
    "button-report",
    "button-my-day",
    "button-guide",
    "button-contact",
)


def is_menu_label(text: str) -> bool:
    """Whether the text is a label of any permanent keyboard, in any language."""
    return any(text == Translator(language).plain(key) for language in LANGUAGES for key in _KEYS)


def contact_keyboard(t: Translator) -> ReplyKeyboardMarkup:
    """The button that sends a person's own contact (R17)."""
    button = KeyboardButton(text=t.plain("button-contact"), request_contact=True)
    return ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True, one_time_keyboard=True)
