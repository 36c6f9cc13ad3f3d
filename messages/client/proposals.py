"""Proposals in the client's own chat (R56, R59, R66, R70, X7)."""

from __future__ import annotations

from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.agreements import ClientAnswerTap
from messages.client.agreements import question
from messages.i18n.texts import Translator
from messages.ui.buttons import keyboard
from messages.ui.screen import Screen
from orders.client.agreements import find
from orders.model.order import Agreement, Order
from orders.model.rules import ShopRules
from orders.steps import events as happened


def asked(
    order: Order, event: happened.Proposed, rules: ShopRules, now: datetime, t: Translator
) -> Screen | None:
    """The question with both answers; None once it was answered or withdrawn."""
    one = find(order, event.number)
    return proposal(order, one, rules, now, t) if one is not None and one.is_open else None


def withdrawn(
    order: Order, event: happened.ProposalWithdrawn, rules: ShopRules, now: datetime, t: Translator
) -> Screen | None:
    """Says that the proposal was withdrawn; the shop's reason is not shown to the client."""
    one = find(order, event.number)
    return proposal(order, one, rules, now, t) if one is not None else None


def proposal(order: Order, one: Agreement, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """The proposal with the buttons to answer it, or with its result."""
    asked_for = Markup("{}").format(question(order, one.proposal, rules, now, t))
    if one.is_open:
        return Screen(str(asked_for), keyboard([_answers(order, one, t)]))
    return Screen(str(Markup("\n").join([asked_for, Markup(), t(_end(one))])))


def reminded(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Screen | None:
    """Repeat the oldest open question; None when all are answered or withdrawn."""
    one = next((one for one in order.agreements if one.is_open), None)
    if one is None or order.is_final:
        return None
    asked_for = Markup("{}").format(question(order, one.proposal, rules, now, t))
    lines = [asked_for, Markup(), t("client-proposal-nudge")]
    return Screen(str(Markup("\n").join(lines)), keyboard([_answers(order, one, t)]))


def _answers(order: Order, one: Agreement, t: Translator) -> list[InlineKeyboardButton]:
    return [_button(order, one, t, agreed=agreed) for agreed in (True, False)]


def _end(one: Agreement) -> str:
    if one.withdrawn is not None:
        return "client-proposal-withdrawn"
    if one.is_unpaid:
        return "client-proposal-bill"
    return "client-proposal-yes" if one.agreed else "client-proposal-no"


def _button(order: Order, one: Agreement, t: Translator, *, agreed: bool) -> InlineKeyboardButton:
    label = t.plain("client-do-agree" if agreed else "client-do-disagree")
    data = ClientAnswerTap(order=order.id, number=one.number, agreed=agreed).pack()
    return InlineKeyboardButton(text=label, callback_data=data)
