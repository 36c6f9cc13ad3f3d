"""Shop names on screens, for people who work in several shops (X6)."""

from __future__ import annotations

from dataclasses import replace

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from messages.callbacks.goods import ShopTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import TEXT_LIMIT, visible_units
from messages.ui.screen import Screen


def place_label(shop_name: str, t: Translator) -> str:
    """«🏪 Цветы на Лесной»: a line of a screen, and the label of the button to the shop."""
    return t.plain("button-place", shop=shop_name)


def place_key(shop_name: str, t: Translator, *, is_here: bool) -> str:
    """The label of the keyboard's button to a shop; the current shop's is marked."""
    return t.plain("button-place-here" if is_here else "button-place", shop=shop_name)


def placed(screen: Screen, shop_name: str, t: Translator) -> Screen:
    """The screen with the shop's name below its first line, unless it would exceed Telegram's limit."""
    first, newline, rest = screen.text.partition("\n")
    text = f"{first}\n{t('button-place', shop=shop_name)}{newline}{rest}"
    return replace(screen, text=text) if visible_units(text) <= TEXT_LIMIT else screen


def bound(screen: Screen, shop_id: int) -> Screen:
    """Adds the shop's id to the screen's buttons, so that they keep their shop when tapped later."""
    if screen.keyboard is None:
        return screen
    rows = [[_bound(button, shop_id) for button in row] for row in screen.keyboard.inline_keyboard]
    return replace(screen, keyboard=InlineKeyboardMarkup(inline_keyboard=rows))


def _bound(button: InlineKeyboardButton, shop_id: int) -> InlineKeyboardButton:
    data = button.callback_data or ""
    if not data.startswith(f"{ShopTap.__prefix__}{ShopTap.__separator__}"):
        return button
    tap = ShopTap.unpack(data).model_copy(update={"shop": shop_id})
    return button.model_copy(update={"callback_data": tap.pack()})
