"""The client's link, as the staff forward it (X7)."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from messages.callbacks.client import TalkDo
from messages.callbacks.order import Do
from messages.client.contact import talk_button
from messages.client.ready_texts import copy_button
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import copied, fit_lines
from messages.ui.buttons import keyboard, labelled
from messages.ui.heading import number, opening
from messages.ui.screen import Screen
from orders.model.order import Order
from orders.model.rules import ShopRules


def link_given(
    order: Order, url: str, rules: ShopRules, now: datetime, t: Translator, *, is_open: bool
) -> Screen:
    """Words with the link, to copy into the order's chat; once opened, it works for that person only."""
    words = t.plain("link-words", number=number(order), url=url)
    lines = [*opening(order, rules, now, t), Markup(), t("link-opened" if is_open else "link-for-client")]
    rows = [
        [*copy_button(words, t), talk_button(order, TalkDo.CODE, t)],
        [talk_button(order, TalkDo.NEW_LINK, t), talk_button(order, TalkDo.NO_LINK, t)],
        [labelled(t.plain("do-card"), order, Do.CONTACT)],
    ]
    return Screen(str(fit_lines([*lines, copied(words)])), keyboard(rows))
