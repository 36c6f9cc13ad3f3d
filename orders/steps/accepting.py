"""An order is received, accepted (R18), declined (R58) or cancelled (R21), and hidden from the list (R22)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orders.model.details import Details
from orders.model.money import Money
from orders.model.order import Closing, Mark, Order, Progress
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status, Step
from orders.money.balance import settle
from orders.steps.decisions import Rows, decided_by


@dataclass(frozen=True, slots=True)
class Received:
    """The order came in; the first event of every order."""

    mark: Mark
    number: str
    details: Details
    handover_code: str = ""

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, since=self.mark.at)


@dataclass(frozen=True, slots=True)
class Accept:
    """Accept the order (R18)."""

    step: ClassVar[Step] = Step.ACCEPT


@dataclass(frozen=True, slots=True)
class Accepted:
    """The order was accepted (R18)."""

    step: ClassVar[Step] = Step.ACCEPT
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, status=Status.ACCEPTED, accepted=self.mark)


def _accept(_order: Order, _command: Accept, mark: Mark, _rules: ShopRules) -> Accepted:
    return Accepted(mark)


@dataclass(frozen=True, slots=True)
class Decline:
    """The shop cannot fulfil the order (R58); a reason is required, since support asks for it (R71)."""

    step: ClassVar[Step] = Step.DECLINE
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Declined:
    """The shop cannot fulfil the order (R58)."""

    step: ClassVar[Step] = Step.DECLINE
    mark: Mark
    reason: str

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, status=Status.DECLINED, closing=Closing(self.reason, self.mark))


def _decline(order: Order, command: Decline, mark: Mark, _rules: ShopRules) -> Declined:
    if order.left_with_third_party:
        raise Refusal(Reason.WITH_THIRD_PARTY, order.status)
    reason = command.reason.strip()
    if not reason:
        raise Refusal(Reason.DECLINE_REASON_NEEDED, order.status)
    return Declined(mark, reason)


@dataclass(frozen=True, slots=True)
class Cancel:
    """The client cancels the order (R21, R46-R48). Staff do so only at the client's request."""

    step: ClassVar[Step] = Step.CANCEL
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The client cancelled; refund and kept sum were settled at that time (R46, R47)."""

    step: ClassVar[Step] = Step.CANCEL
    mark: Mark
    reason: str
    refund: Money | None
    kept: Money | None

    def applied_to(self, before: Progress) -> Progress:
        closing = Closing(self.reason, self.mark, self.refund, self.kept)
        return replace(before, status=Status.CANCELLED, closing=closing)


def _cancel(order: Order, command: Cancel, mark: Mark, rules: ShopRules) -> Cancelled:
    settlement = settle(order, rules)
    return Cancelled(mark, command.reason.strip(), settlement.refund, settlement.kept)


@dataclass(frozen=True, slots=True)
class Hide:
    """Remove a cancelled or declined order from the list; the archive keeps it (R22)."""

    step: ClassVar[Step] = Step.HIDE


@dataclass(frozen=True, slots=True)
class HiddenFromList:
    """A person removed it from the list; the archive keeps it (R22)."""

    step: ClassVar[Step] = Step.HIDE
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, hidden=True)


def _hide(order: Order, _command: Hide, mark: Mark, _rules: ShopRules) -> HiddenFromList:
    if order.progress.hidden:
        raise Refusal(Reason.ALREADY, order.status)
    return HiddenFromList(mark)


Command = Accept | Decline | Cancel | Hide
Event = Accepted | Declined | Cancelled | HiddenFromList

DECISIONS: Rows[Event] = (
    decided_by(Accept, _accept),
    decided_by(Decline, _decline),
    decided_by(Cancel, _cancel),
    decided_by(Hide, _hide),
)

__all__ = [
    "Accept",
    "Accepted",
    "Cancel",
    "Cancelled",
    "Decline",
    "Declined",
    "HiddenFromList",
    "Hide",
    "Received",
]
