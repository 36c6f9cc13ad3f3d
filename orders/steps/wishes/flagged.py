"""A chief marks a line of the notes as important, or removes the mark (X16)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orders.model.details import Flag
from orders.model.order import Mark, Order
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Step
from orders.parsing.urgent_words import is_among, sentences
from orders.steps.decisions import BesideProgress, Rows, decided_by

MOST_FLAGS = 10


@dataclass(frozen=True, slots=True)
class FlagLine:
    """Mark a line of the notes as important, or remove the mark (X16)."""

    step: ClassVar[Step] = Step.FLAG_LINE
    text: str
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class LineFlagged(BesideProgress):
    """A line of the notes was marked as important, or the mark was removed (X16)."""

    step: ClassVar[Step] = Step.FLAG_LINE
    mark: Mark
    text: str
    is_on: bool

    def recorded_in(self, order: Order) -> Order:
        others = tuple(one for one in order.flags if not is_among(one.text, [self.text]))
        return replace(order, flags=(*others, Flag(self.text, self.mark)) if self.is_on else others)


def _flag(order: Order, command: FlagLine, mark: Mark, _rules: ShopRules) -> LineFlagged:
    known = next((one for one in order.flags if is_among(one.text, [command.text])), None)
    if command.is_on is (known is not None):
        raise Refusal(Reason.ALREADY, order.status, known.mark if known else None)
    if command.is_on and not is_among(command.text, sentences(order.details.notes)):
        raise Refusal(Reason.LINE_CHANGED, order.status)
    if command.is_on and len(order.flags) >= MOST_FLAGS:
        raise Refusal(Reason.NOT_NOW, order.status)
    return LineFlagged(mark, command.text, command.is_on)


Command = FlagLine
Event = LineFlagged

DECISIONS: Rows[Event] = (decided_by(FlagLine, _flag),)

__all__ = [
    "FlagLine",
    "LineFlagged",
]
