"""A chief marks a line of the notes as important, or removes the mark (X16)."""

from __future__ import annotations

from dataclasses import replace

from orders.model.details import Flag
from orders.model.order import Mark, Order
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.parsing.urgent_words import is_among, sentences
from orders.steps.commands import FlagLine
from orders.steps.decisions import decided_by
from orders.steps.events import LineFlagged

MOST_FLAGS = 10


def with_flag(order: Order, event: LineFlagged) -> Order:
    """The order with the mark added or removed."""
    others = tuple(one for one in order.flags if not is_among(one.text, [event.text]))
    return replace(order, flags=(*others, Flag(event.text, event.mark)) if event.is_on else others)


def _flag(order: Order, command: FlagLine, mark: Mark, _rules: ShopRules) -> LineFlagged:
    known = next((one for one in order.flags if is_among(one.text, [command.text])), None)
    if command.is_on is (known is not None):
        raise Refusal(Reason.ALREADY, order.status, known.mark if known else None)
    if command.is_on and not is_among(command.text, sentences(order.details.notes)):
        raise Refusal(Reason.LINE_CHANGED, order.status)
    if command.is_on and len(order.flags) >= MOST_FLAGS:
        raise Refusal(Reason.NOT_NOW, order.status)
    return LineFlagged(mark, command.text, command.is_on)


DECISIONS = (decided_by(FlagLine, _flag),)
