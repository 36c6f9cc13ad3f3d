"""The answer to a refused tap: the reason, and what to do instead."""

from __future__ import annotations

from datetime import datetime

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import TOAST_LIMIT, fit
from messages.ui.people import signed
from orders.model.order import Mark, Order
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules


def refusal(refused: Refusal, order: Order | None, rules: ShopRules, now: datetime, t: Translator) -> str:
    """Plain text for a toast: «Уже принят: 12:03, Анна»."""
    return fit(_text(refused, order, rules, now, t), TOAST_LIMIT)


_SIGNED = frozenset({Reason.UNDO_NOT_YOURS, Reason.PROPOSAL_OVER, Reason.OFFER_TAKEN})
"""Refusals that name the person and time, if known."""


def _text(refused: Refusal, order: Order | None, rules: ShopRules, now: datetime, t: Translator) -> str:
    key = f"refusal-{refused.reason.value}"
    if refused.reason is Reason.ALREADY:
        if refused.mark is None:
            return t.plain(key)
        return t.plain(f"{key}-{_what(refused, order)}", signed=signed(refused.mark, rules, now, t))
    if refused.reason is Reason.NOT_NOW and refused.status is not None:
        return t.plain(f"{key}-{refused.status.value}")
    if refused.reason in _SIGNED and refused.mark is not None:
        return t.plain(f"{key}-signed", signed=signed(refused.mark, rules, now, t))
    said: dict[Reason, dict[str, str | int]] = {
        Reason.UNDO_TOO_LATE: {"minutes": round(rules.undo_minutes)},
        Reason.MARKETPLACE_KNOWS: {"step": order.undo.step.value if order and order.undo else ""},
    }
    return t.plain(key, **said.get(refused.reason, {}))


def _what(refused: Refusal, order: Order | None) -> str:
    """The step to which the mark belongs, as the status alone does not tell."""
    if order is not None:
        progress = order.progress
        deeds: dict[str, Mark | None] = {
            "accepted": progress.accepted,
            "dispatched": progress.dispatched,
            "picked-up": progress.picked_up,
            "refused": progress.refused,
            "checked": order.checked.made if order.checked else None,
            "brought-back": progress.brought_back,
            "completed": progress.completion.done if progress.completion else None,
        }
        for deed, mark in deeds.items():
            if mark is not None and mark == refused.mark:
                return deed
    return "closed"
