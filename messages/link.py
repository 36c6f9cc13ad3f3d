"""The client's link, as the staff send it on (X7)."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from messages.buttons import keyboard, labelled
from messages.callbacks import Do
from messages.client_callbacks import TalkDo
from messages.contact import talk_button
from messages.heading import number, opening
from messages.outside import fit_lines
from messages.ready_texts import copied, copy_button
from messages.screen import Screen
from messages.texts import Translator
from orders.order import Order
from orders.rules import ShopRules


def link_given(
    order: Order, url: str, rules: ShopRules, now: datetime, t: Translator, *, is_open: bool
) -> Screen:
    """The words with the link, to be copied into the order's chat; once opened it is the client's alone."""
    words = t.plain("link-words", number=number(order), url=url)
    lines = [*opening(order, rules, now, t), Markup(), t("link-opened" if is_open else "link-for-client")]
    rows = [
        [*copy_button(words, t), talk_button(order, TalkDo.CODE, t)],
        [talk_button(order, TalkDo.NEW_LINK, t), talk_button(order, TalkDo.NO_LINK, t)],
        [labelled(t.plain("do-card"), order, Do.CONTACT)],
    ]
    return Screen(str(fit_lines([*lines, copied(words)])), keyboard(rows))
