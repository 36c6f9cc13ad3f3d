"""An order's card in the shop's group, visible only to the member who asked for it (X17)."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.group import InGroup, InGroupTap
from messages.callbacks.order import Do
from messages.i18n.texts import Translator
from messages.ui.buttons import keyboard, next_first, tap
from messages.ui.heading import number
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.model.order import Order


def opening_screen(order: Order, link: str, t: Translator) -> Screen:
    """Placeholder until the card is shown. Without personal data: a server may show it to the whole group."""
    return Screen(str(t("in-group-opening", number=number(order))), keyboard([[_private(link, t)]]))


def card_in_group(look: Look, card: Screen, link: str, *, is_details: bool = False) -> Screen:
    """The card or its «Подробно», with the step that is allowed in a group; others are in private."""
    order, t = look.order, look.t
    can = look.steps.open
    accept = [tap(order, Do.ACCEPT, t)] if Do.ACCEPT in can and look.is_chief else []
    other = _button(InGroup.CARD if is_details else InGroup.DETAILS, order.id, t)
    rest = [other, _private(link, t), _button(InGroup.CLOSE, order.id, t)]
    rows = next_first([*accept, *rest]) if accept else [rest[:2], rest[2:]]
    return Screen(card.text, keyboard(rows), card.picture)


def refused_in_group(words: str | Markup, t: Translator) -> Screen:
    """Why the person may not see the order."""
    return Screen(str(t("outcome", words=words)), keyboard([[_button(InGroup.CLOSE, 0, t)]]))


def photo_in_group(link: str, t: Translator, *, can_close: bool) -> Screen:
    """The photo was not taken; nothing personal, for the whole group may read it."""
    close = [_button(InGroup.CLOSE, 0, t)] if can_close else []
    return Screen(str(t("in-group-photo")), keyboard([[_private(link, t), *close]]))


def _private(link: str, t: Translator) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=t.plain("in-group-private"), url=link)


def _button(do: InGroup, order_id: int, t: Translator) -> InlineKeyboardButton:
    data = InGroupTap(do=do, order=order_id).pack()
    return InlineKeyboardButton(text=t.plain(f"in-group-{do.value}"), callback_data=data)
