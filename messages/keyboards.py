"""The small keyboards that stay under the chat."""

from __future__ import annotations

from aiogram.types import KeyboardButton, ReplyKeyboardMarkup
from aiogram.utils.keyboard import ReplyKeyboardBuilder

from messages.texts import Translator
from orders.people import CHIEFS, Role

IN_A_ROW = 3


def main_keyboard(role: Role, t: Translator) -> ReplyKeyboardMarkup:
    """What somebody of this role may always press; handlers know the labels by the same keys."""
    keys = ["button-deliveries", "button-orders"] if role is Role.COURIER else ["button-orders"]
    if role in CHIEFS:
        keys.append("button-new")
    if role in CHIEFS | {Role.SELLER}:
        keys.append("button-shop")
    if role is Role.DIRECTOR:
        keys.append("button-team")
    keyboard = ReplyKeyboardBuilder()
    keyboard.add(*[KeyboardButton(text=t.plain(key)) for key in keys])
    # Four labels in a row would break within words on a phone.
    keyboard.adjust(IN_A_ROW if len(keys) <= IN_A_ROW else 2)
    return ReplyKeyboardMarkup(keyboard=keyboard.export(), resize_keyboard=True, is_persistent=True)


def contact_keyboard(t: Translator) -> ReplyKeyboardMarkup:
    """The button that sends one's own contact (R17)."""
    button = KeyboardButton(text=t.plain("button-contact"), request_contact=True)
    return ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True, one_time_keyboard=True)
