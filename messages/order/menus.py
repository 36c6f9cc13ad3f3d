"""Questions and lists shown in place of a card; its first lines stay, and each leads back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.order import Do
from messages.client.agreements import agreement_line
from messages.delivery.courier_search import SEARCH_STEPS
from messages.delivery.spare_couriers import spare_button
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, copied, fit_lines
from messages.order.history.history import history
from messages.order.layout import menus_of
from messages.ui import limits
from messages.ui.available_actions import offered
from messages.ui.buttons import keyboard, labelled, pairs, step_button, tap
from messages.ui.formatting import sentence
from messages.ui.heading import opening
from messages.ui.names import person_name
from messages.ui.order_view import Look
from messages.ui.refusals import refusal
from messages.ui.screen import Screen
from messages.ui.sums import money
from orders.client.agreements import on_record
from orders.model.numbers import is_own
from orders.model.order import Order, Topic
from orders.model.people import Actor
from orders.model.rules import ShopRules
from orders.money.balance import settle
from orders.money.cost_of_declining import (
    decline_cost,
    decline_percent,
    declines_for_free,
    declines_left,
)
from orders.steps.mishaps.proofs import choices, has_marketplace_code, proof_of

__all__ = [
    "cancel",
    "cancel_reasons",
    "complete",
    "couriers",
    "decline",
    "history",
    "more",
    "proof",
    "sellers",
    "third_person",
]

Choices = Sequence[tuple[int, str, int]]
"""Staff id, name, number of unfinished orders."""


def more(
    order: Order, viewer: Actor, rules: ShopRules, now: datetime, t: Translator, *, still: bool = False
) -> Screen:
    """The rare steps in two columns; `still`: those that do not fit the first menu."""
    look = Look(order, viewer, rules, now, t)
    rows = pairs([step_button(look, do) for do in menus_of(look)[-1 if still else 0]])
    lines = opening(order, rules, now, t)
    too_far = None if still else look.steps.told_too_far
    if too_far is not None:
        lines += [Markup(), t("said", text=refusal(too_far, order, rules, now, t))]
    return Screen(str(fit_lines(lines)), keyboard([*rows, [tap(order, Do.CARD, t)]]))


def sellers(order: Order, choices: Choices, now: datetime, rules: ShopRules, t: Translator) -> Screen:
    """Ask who assembles it (R20)."""
    question = t("menu-sellers") if choices else t("menu-sellers-none")
    return _menu(order, [question], _people(order, Do.ASSIGN_TO, choices, t), rules, now, t)


def couriers(
    order: Order, choices: Choices, viewer: Actor, now: datetime, rules: ShopRules, t: Translator
) -> Screen:
    """Ask who carries it: a certain courier, or an offer to all of them (R40)."""
    question = t("menu-couriers") if choices else t("menu-couriers-none")
    can = offered(order, viewer, rules, now)
    to_all = [tap(order, Do.OFFER, t)] if choices and Do.OFFER in can else []
    spare = [spare_button(order, t), tap(order, Do.THIRD_PARTY, t)] if Do.THIRD_PARTY in can else []
    spare += [tap(order, do, t) for do in SEARCH_STEPS if do in can]
    people = _people(order, Do.COURIER_IS, choices, t)
    return _menu(order, [question], [*to_all, *people, *spare], rules, now, t)


def decline(order: Order, rules: ShopRules, now: datetime, t: Translator, declined: int = 0) -> Screen:
    """The cost of declining, before the tap (R58); `declined`: orders declined this month."""
    buttons = [tap(order, Do.DECLINE_YES, t)]
    if is_own(order.number):
        return _menu(order, [t("menu-decline"), t("menu-decline-own")], buttons, rules, now, t)
    cost, percent = decline_cost(order, rules), decline_percent(order, rules)
    is_free = declines_for_free(declined, rules)
    usual = "yes" if is_free else "no"
    price = t("menu-decline-percent", percent=percent, usual=usual)
    if cost is not None:
        price = t("menu-decline-cost", percent=percent, cost=money(cost, t), usual=usual)
    free = [t("menu-decline-free", free=rules.declines_free, used=declined)] if is_free else []
    lines = [
        t("menu-decline"),
        *free,
        price,
        *_price_beside_money(rules, declined, t),
        t("menu-decline-advice"),
    ]
    return _menu(order, lines, buttons, rules, now, t)


def _price_beside_money(rules: ShopRules, declined: int, t: Translator) -> list[Markup]:
    """The rating that declining counts as, and the declines left this month (X30)."""
    left = declines_left(declined, rules)
    stars = [t("menu-decline-stars", stars=rules.decline_stars)] if rules.decline_stars else []
    return [*stars, t("menu-decline-left", used=declined, most=rules.declines_most, left=left)]


def cancel(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """Ask whether the client wants it (R48), with refund and kept sum (R46, R47)."""
    settled = settle(order, rules)
    if order.details.paid is None:
        sums = t("menu-cancel-paid-unknown")
    elif settled.refund is None:
        sums = t("menu-cancel-unknown")
    elif settled.kept is not None and settled.kept.minor:
        sums = t("menu-cancel-minus-delivery", refund=money(settled.refund, t), kept=money(settled.kept, t))
    else:
        sums = t("menu-cancel-full", refund=money(settled.refund, t))
    buttons = [tap(order, Do.CANCEL_YES, t), *_reasons(order, t)]
    if is_own(order.number):
        known = [sums] if settled.refund is not None else []
        return _menu(order, [t("menu-cancel-own"), *known], buttons, rules, now, t)
    asked_elsewhere = [t("menu-cancel-not-in-chat"), copied(t.plain("client-cancel"))]
    lines = [t("menu-cancel"), sums, t("menu-cancel-advice"), *asked_elsewhere]
    return _menu(order, lines, buttons, rules, now, t)


def cancel_reasons(t: Translator) -> list[str]:
    """Clients' reasons to cancel, which support asks for (R71): one tap gives the reason, too."""
    return t.plain("cancel-reasons").splitlines()


def _reasons(order: Order, t: Translator) -> list[InlineKeyboardButton]:
    labels = (
        (index, t.plain("do-cancel-because", reason=why)) for index, why in enumerate(cancel_reasons(t))
    )
    return [labelled(label, order, Do.CANCEL_YES, str(index)) for index, label in labels]


def complete(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """Ask how it was handed over; a person who is not sure should go back (R51, R55, R56)."""
    rows = [[tap(order, Do.IN_PERSON, t), tap(order, Do.THIRD_PERSON, t)]]
    back = [labelled(t.plain("do-card-not-handed"), order, Do.CARD)]
    text = _text(order, [t("menu-complete"), t("menu-complete-sure")], rules, now, t)
    return Screen(text, keyboard([*rows, back]))


def proof(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """The proof that this order's hand-over needs (X25), and the alternatives."""
    wanted = proof_of(order, rules)
    named = {one: t(f"rule-choice-handover-proof-{one.value}") for one in choices(order)}
    buttons = [
        labelled(str(sentence(words)), order, Do.PROOF_IS, one.value)
        for one, words in named.items()
        if one is not wanted
    ]
    lines = [t("menu-proof", proof=t(f"rule-choice-handover-proof-{wanted.value}"))]
    if has_marketplace_code(order):
        lines.append(t("menu-proof-pickup"))
    return _menu(order, lines, buttons, rules, now, t)


def third_person(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """Only as agreed with the client before (R56)."""
    back = labelled(t.plain("do-card-not-agreed"), order, Do.CARD)
    agreed = on_record(order, Topic.THIRD_PERSON)
    lines = [t("menu-third-person"), t("menu-third-person-rule")]
    if agreed is None:
        return Screen(_text(order, lines, rules, now, t), keyboard([[tap(order, Do.AGREED, t)], [back]]))
    lines = [agreement_line(order, agreed, rules, now, t)]
    whom = clean(agreed.proposal.words, limits.REASON)
    given = labelled(t.plain("do-as-agreed", whom=whom), order, Do.AS_AGREED)
    other = labelled(t.plain("do-given-otherwise"), order, Do.AGREED)
    not_yet = labelled(t.plain("do-card-not-handed"), order, Do.CARD)
    return Screen(_text(order, lines, rules, now, t), keyboard([[given], [other, not_yet]]))


def _people(order: Order, do: Do, choices: Choices, t: Translator) -> list[InlineKeyboardButton]:
    found = []
    for staff_id, name, live in choices:
        load = t.plain("menu-person-load", count=live)
        room = limits.BUTTON - len(load) - len(" · ")
        label = t.plain("menu-person", name=person_name(name, t, room), load=load)
        found.append(labelled(label, order, do, str(staff_id)))
    return found


def _menu(
    order: Order,
    lines: list[Markup],
    buttons: list[InlineKeyboardButton],
    rules: ShopRules,
    now: datetime,
    t: Translator,
) -> Screen:
    rows = [[button] for button in buttons]
    return Screen(_text(order, lines, rules, now, t), keyboard([*rows, [tap(order, Do.CARD, t)]]))


def _text(order: Order, lines: list[Markup], rules: ShopRules, now: datetime, t: Translator) -> str:
    return str(fit_lines([*opening(order, rules, now, t), Markup(), *lines]))
