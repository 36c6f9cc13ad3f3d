"""Ready texts for a client in the marketplace's chat: a button copies the text, others record the answer."""

from __future__ import annotations

from datetime import datetime

from aiogram.types import CopyTextButton, InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.client import TalkDo, TalkTap
from messages.callbacks.order import Do
from messages.client.contact import talk_button
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import copied, fit_lines
from messages.ui.available_actions import offered
from messages.ui.buttons import Row, keyboard, labelled, tap
from messages.ui.heading import number, opening
from messages.ui.screen import Screen
from orders.client.ready_texts import ABOUT_THE_PHOTO, ReadyText, offered_texts
from orders.model.order import Order
from orders.model.people import Actor
from orders.model.rules import ShopRules

_MOST_COPIED = 256


def ready_texts(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """List the texts that fit the order now."""
    rows = [[_choice(order, text, t)] for text in offered_texts(order)]
    lines = [*opening(order, rules, now, t), Markup(), t("ready-texts")]
    return Screen(str(fit_lines(lines)), keyboard([*rows, [_back(order, t)]]))


def ready_text(
    order: Order, text: ReadyText, viewer: Actor, rules: ShopRules, now: datetime, t: Translator
) -> Screen:
    """One text to copy into the marketplace's chat, with the client's possible answers."""
    words = t.plain(f"ready-text-{text.value}", number=number(order))
    lines = [*opening(order, rules, now, t), Markup(), t("ready-text-copy"), copied(words)]
    rows = [copy_button(words, t), *_answers(order, text, viewer, rules, now, t)]
    return Screen(str(fit_lines(lines)), keyboard([*rows, [talk_button(order, TalkDo.READY, t)]]))


def copy_button(words: str, t: Translator) -> Row:
    """A button that copies the text, unless it is too long for Telegram."""
    if len(words) > _MOST_COPIED:
        return []
    return [InlineKeyboardButton(text=t.plain("button-copy"), copy_text=CopyTextButton(text=words))]


def _answers(
    order: Order, text: ReadyText, viewer: Actor, rules: ShopRules, now: datetime, t: Translator
) -> list[Row]:
    if text not in ABOUT_THE_PHOTO:
        return []
    can = offered(order, viewer, rules, now)
    return [[tap(order, do, t)] for do in (Do.LIKED, Do.DISLIKED) if do in can]


def _choice(order: Order, text: ReadyText, t: Translator) -> InlineKeyboardButton:
    tap_ = TalkTap(do=TalkDo.TAKE, order=order.id, arg=text.value)
    return InlineKeyboardButton(text=t.plain(f"ready-title-{text.value}"), callback_data=tap_.pack())


def _back(order: Order, t: Translator) -> InlineKeyboardButton:
    return labelled(t.plain("do-card"), order, Do.CONTACT)
