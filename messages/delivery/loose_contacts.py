"""The question about an unprompted address or phone: which order it is of, or delete it (X24, R63)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton

from messages.callbacks.delivery import AddressFor
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit
from messages.ui import limits
from messages.ui.buttons import keyboard
from messages.ui.heading import number, when
from messages.ui.screen import Screen
from orders.model.order import Order
from orders.model.rules import ShopRules


def loose_contact(waiting: Sequence[Order], rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """`waiting`: the orders that lack an address."""
    rows = [[_of(order, rules, now, t)] for order in waiting]
    away = AddressFor(order=0).pack()
    rows.append([InlineKeyboardButton(text=t.plain("do-contact-away"), callback_data=away)])
    return Screen(str(t("contact-loose-address" if waiting else "contact-loose")), keyboard(rows))


def _of(order: Order, rules: ShopRules, now: datetime, t: Translator) -> InlineKeyboardButton:
    span = when(order, rules, now, t, with_distance=False)
    label = t("contact-of-order", number=number(order), when=span).unescape()
    return InlineKeyboardButton(
        text=fit(label, limits.BUTTON), callback_data=AddressFor(order=order.id).pack()
    )
