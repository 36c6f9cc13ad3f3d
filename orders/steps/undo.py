"""The last step is undone (X4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from orders.model.order import Mark, Order, Progress
from orders.model.people import Role
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status, Step, is_further


@dataclass(frozen=True, slots=True)
class Undo:
    """Undo the last step (X4)."""

    step: ClassVar[Step] = Step.UNDO
    reason: str


@dataclass(frozen=True, slots=True)
class Undone:
    """The last step was undone, with a reason (X4)."""

    step: ClassVar[Step] = Step.UNDO
    mark: Mark
    undone: Step
    reason: str
    restored: Progress

    def applied_to(self, _before: Progress) -> Progress:
        return self.restored


def undo(order: Order, command: Undo, mark: Mark, rules: ShopRules) -> Undone:
    """Decides without the status table. Raises Refusal when this person can no longer undo the step."""
    point = order.undo
    if point is None:
        raise Refusal(Reason.NOTHING_TO_UNDO, order.status)
    is_own = mark.staff_id is not None and mark.staff_id == point.mark.staff_id
    if not is_own and mark.role is not Role.DIRECTOR:
        raise Refusal(Reason.UNDO_NOT_YOURS, order.status, point.mark)
    if mark.at - point.mark.at > rules.undo_within:
        raise Refusal(Reason.UNDO_TOO_LATE, order.status, point.mark)
    if _marketplace_is_past(order, point.before.status):
        raise Refusal(Reason.MARKETPLACE_KNOWS, order.status)
    if not command.reason.strip():
        raise Refusal(Reason.REASON_NEEDED, order.status)
    return Undone(mark, point.step, command.reason.strip(), point.before)


def _marketplace_is_past(order: Order, status: Status) -> bool:
    """Whether the marketplace's status would be further than the order's after going back to this status."""
    known = order.marketplace_status
    return known is not None and status is not order.status and is_further(known, status)


Command = Undo
Event = Undone

__all__ = [
    "Undo",
    "Undone",
]
