"""Notifications to the client about events that the order's card does not show clearly enough.

Each screen is built from the event and the order as it is when the message is sent; None if it is no longer
relevant. It contains nothing of the staff or the recipient. Each button has its own callback, whose handler
checks with `client_for` of `handlers.client.reception` that the order belongs to this chat.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from messages.callbacks.client import ClientDo
from messages.client import proposals
from messages.client.card import client_button, for_the_client
from messages.i18n.texts import Translator
from messages.ui.buttons import keyboard
from messages.ui.formatting import moment
from messages.ui.heading import number
from messages.ui.screen import Screen
from orders.client.agreements import on_record
from orders.model.order import Order, Topic
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.steps.delivery_events import NobodyFound, SaidLate
from orders.steps.events import Event, ProposalWithdrawn, Proposed

Teller = Callable[[Order, Any, ShopRules, datetime, Translator], Screen | None]
"""Arguments: the order, the event, the shop's rules, the current time, the client's language."""


def _late(order: Order, event: SaidLate, rules: ShopRules, now: datetime, t: Translator) -> Screen | None:
    """The new arrival time; None if the courier has since arrived or given another time (R52)."""
    is_over = order.status is not Status.COURIER_LEFT or order.progress.arrived is not None
    if is_over or order.progress.lateness != event.lateness:
        return None
    when = moment(event.lateness.until, now, rules.zone, t)
    return _with_answer(order, t("client-news-late", number=number(order), when=when), t)


def _nobody(
    order: Order, _event: NobodyFound, _rules: ShopRules, _now: datetime, t: Translator
) -> Screen | None:
    """Nobody opens the door: only the client can say what to do."""
    if order.status is not Status.COURIER_LEFT:
        return None
    agreed = on_record(order, Topic.THIRD_PERSON)
    if agreed is not None:
        whom = for_the_client(agreed.proposal.words)
        return _with_answer(order, t("client-news-nobody-agreed", number=number(order), whom=whom), t)
    return _with_answer(order, t("client-news-nobody", number=number(order)), t)


def _with_answer(order: Order, text: str, t: Translator) -> Screen:
    return Screen(text, keyboard([[client_button(order, ClientDo.WRITE, t)]]))


NEWS: Mapping[type[Event], Teller] = {
    SaidLate: _late,
    NobodyFound: _nobody,
    Proposed: proposals.asked,
    ProposalWithdrawn: proposals.withdrawn,
}
