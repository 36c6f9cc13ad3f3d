"""Small gifts: choosing one for an order from the shop's list, and the list itself (R85)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.order import Do
from messages.callbacks.support import GiftDo, GiftTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit, fit_lines
from messages.ui import limits
from messages.ui.buttons import Row, keyboard, tap
from messages.ui.heading import opening
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from messages.ui.sums import money
from orders.model.money import Money

MOST_GIFTS = 5
"""Gifts on the list: with the navigation there are eight buttons."""

Listed = tuple[int, str, Money]
"""Id, name and cost."""


def choose(look: Look, listed: Sequence[Listed]) -> Screen:
    """One tap adds a gift; only chiefs see the cost."""
    order, t = look.order, look.t
    lines = [
        *opening(order, look.rules, look.now, t),
        Markup(),
        t("gift-choose" if listed else "gift-list-empty"),
    ]
    lines += [t("gift-given", name=clean(one.name, limits.PERSON)) for one in order.gifts if not one.is_card]
    rows: list[Row] = [
        [_button(_label(one, t, with_cost=look.is_chief), GiftDo.GIVE, look, one[0])] for one in listed
    ]
    if order.gifts:
        rows.append([_button(t.plain("gift-do-out"), GiftDo.OUT, look)])
    if look.is_chief:
        rows.append([_button(t.plain("gift-do-list"), GiftDo.LIST, look)])
    return Screen(str(fit_lines(lines)), keyboard([*rows, [tap(order, Do.CARD, t)]]))


def gift_list(look: Look, listed: Sequence[Listed]) -> Screen:
    """The list: a tap on a gift removes it."""
    t = look.t
    lines = [t("gift-list"), t("gift-list-how" if listed else "gift-list-empty")]
    rows: list[Row] = [
        [_button(t.plain("gift-do-remove", gift=_label(one, t)), GiftDo.REMOVE, look, one[0])]
        for one in listed
    ]
    if len(listed) < MOST_GIFTS:
        rows.append([_button(t.plain("gift-do-add"), GiftDo.ADD, look)])
    return Screen(str(fit_lines(lines)), keyboard([*rows, [tap(look.order, Do.CARD, t)]]))


def card_lines(look: Look) -> list[Markup]:
    """The gifts of the order; only chiefs see their cost."""
    return [
        _given(one.name, one.cost if look.is_chief else None, look.t, is_card=one.is_card)
        for one in look.order.gifts
    ]


def _given(name: str, cost: Money | None, t: Translator, *, is_card: bool) -> Markup:
    line = t("card-any-card") if is_card else t("gift-given", name=clean(name, limits.PERSON))
    return line if cost is None else t("joined", first=line, second=money(cost, t))


def _label(one: Iterable[object], t: Translator, *, with_cost: bool = True) -> str:
    _id, name, cost = one
    label = clean(str(name), limits.PERSON)
    if with_cost and isinstance(cost, Money):
        return t.plain("gift-label", name=label, cost=money(cost, t).unescape())
    return label


def _button(label: str, do: GiftDo, look: Look, gift: int = 0) -> InlineKeyboardButton:
    data = GiftTap(do=do, order=look.order.id, gift=gift).pack()
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)
