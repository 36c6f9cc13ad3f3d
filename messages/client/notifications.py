"""What an event tells the client whom the order's card alone would not tell enough.

A proposal with its buttons, a delay: each is a screen made from the event and from the order as it is when
the message leaves. None: it is over by then, and is not told any more. Nothing of the staff and nothing of
the recipient belongs here; a button has a callback of its own, whose handler asks `client_for` of
`handlers.client.reception` whether the order is this chat's.
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
"""Given the order, the event, the shop's rules, the moment, and the client's language."""


def _late(order: Order, event: SaidLate, rules: ShopRules, now: datetime, t: Translator) -> Screen | None:
    """When it will be there; whoever has said another time since, or is there, told that instead (R52)."""
    is_over = order.status is not Status.COURIER_LEFT or order.progress.arrived is not None
    if is_over or order.progress.lateness != event.lateness:
        return None
    when = moment(event.lateness.until, now, rules.zone, t)
    return _with_answer(order, t("client-news-late", number=number(order), when=when), t)


def _nobody(
    order: Order, _event: NobodyFound, _rules: ShopRules, _now: datetime, t: Translator
) -> Screen | None:
    """Only the client can say what becomes of it while nobody opens the door."""
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
