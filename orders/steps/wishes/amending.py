"""The details change: at the marketplace, or because another source knows more (X1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orders.intake.merge import conflicts, merged
from orders.model.details import Details
from orders.model.order import Amendment, Mark, Order
from orders.model.people import Role
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Step
from orders.steps.decisions import BesideProgress, Rows, decided_by
from orders.steps.filling import to_ask, without_settled


@dataclass(frozen=True, slots=True)
class Amend:
    """Replace the details: the marketplace changed them, or another source knows more (X1)."""

    step: ClassVar[Step] = Step.AMEND
    details: Details


@dataclass(frozen=True, slots=True)
class Amended(BesideProgress):
    """The details changed (X1); the progress is unchanged."""

    step: ClassVar[Step] = Step.AMEND
    mark: Mark
    details: Details

    def recorded_in(self, order: Order) -> Order:
        """Of details that arrive late (X13), only contradictions to the staff's words count as a change."""
        if not order.details.unread or self.details.unread:
            return order.with_details(self.details, self.mark)
        if not conflicts(order.details, self.details):
            return replace(order, details=self.details, amendment=None)
        said = replace(merged(order.details, self.details), unread=False)
        return replace(order, details=self.details, amendment=Amendment(self.mark, said, said))


def _amend(order: Order, command: Amend, mark: Mark, rules: ShopRules) -> Amended:
    if command.details == order.details:
        raise Refusal(Reason.ALREADY, order.status)
    if mark.role is not Role.MARKETPLACE and to_ask(order, command.details):
        raise Refusal(Reason.CLIENT_DECIDES, order.status)
    return Amended(mark, without_settled(command.details, rules.zone))


Command = Amend
Event = Amended

DECISIONS: Rows[Event] = (decided_by(Amend, _amend),)

__all__ = [
    "Amend",
    "Amended",
]
