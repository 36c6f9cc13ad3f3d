"""What happens on the way: at the door, late, back in the shop, calls to couriers from outside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar

from orders.model.delivery_facts import Call, CallAnswer, Lateness, rounded_up
from orders.model.order import Mark, Order, Progress
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status, Step
from orders.steps.decisions import BesideProgress, Rows, decided_by

LATE_CHOICES = (10, 15, 30, 45, 60)
"""Choices of minutes by which a delivery is late; more is a new time, to be agreed with the client."""


@dataclass(frozen=True, slots=True)
class Arrive:
    """The carrier is at the door."""

    step: ClassVar[Step] = Step.ARRIVE


@dataclass(frozen=True, slots=True)
class Arrived:
    """The carrier is at the door."""

    step: ClassVar[Step] = Step.ARRIVE
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, arrived=self.mark)


def _arrive(order: Order, _command: Arrive, mark: Mark, _rules: ShopRules) -> Arrived:
    if order.progress.arrived is not None:
        raise Refusal(Reason.ALREADY, order.status)
    return Arrived(mark)


@dataclass(frozen=True, slots=True)
class SayLate:
    """It will be late by this many minutes, one of LATE_CHOICES (R52)."""

    step: ClassVar[Step] = Step.SAY_LATE
    minutes: int


@dataclass(frozen=True, slots=True)
class SaidLate:
    """It will come later than agreed (R52)."""

    step: ClassVar[Step] = Step.SAY_LATE
    mark: Mark
    lateness: Lateness

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, lateness=self.lateness)


def _say_late(order: Order, command: SayLate, mark: Mark, _rules: ShopRules) -> SaidLate:
    """Counted from the end of the window, or from now if that has passed; rounded up as people see it."""
    if command.minutes not in LATE_CHOICES:
        raise Refusal(Reason.MINUTES_NEEDED, order.status)
    window, before = order.details.window, order.progress.lateness
    agreed = max(window.end, mark.at) if window else mark.at
    until = rounded_up(agreed + timedelta(minutes=command.minutes))
    if before is not None and before.until == until:
        raise Refusal(Reason.ALREADY, order.status)
    return SaidLate(mark, Lateness(command.minutes, until, mark))


@dataclass(frozen=True, slots=True)
class FindNobody:
    """Nobody opens the door; the chiefs ask the client what to do."""

    step: ClassVar[Step] = Step.FIND_NOBODY


@dataclass(frozen=True, slots=True)
class NobodyFound:
    """Nobody opened the door."""

    step: ClassVar[Step] = Step.FIND_NOBODY
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, nobody_there=self.mark)


def _find_nobody(order: Order, _command: FindNobody, mark: Mark, _rules: ShopRules) -> NobodyFound:
    if order.progress.nobody_there is not None:
        raise Refusal(Reason.ALREADY, order.status)
    return NobodyFound(mark)


@dataclass(frozen=True, slots=True)
class BringBack:
    """Bring it back to the shop without a refusal (R90); if nobody was there, no other reason is needed."""

    step: ClassVar[Step] = Step.BRING_BACK
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """It goes back to the shop without a refusal (R90)."""

    step: ClassVar[Step] = Step.BRING_BACK
    mark: Mark
    reason: str

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, status=Status.RETURNING, brought_back=self.mark, return_reason=self.reason)


def _bring_back(order: Order, command: BringBack, mark: Mark, _rules: ShopRules) -> BroughtBack:
    reason = command.reason.strip()
    if not reason and order.progress.nobody_there is None:
        raise Refusal(Reason.RETURN_REASON_NEEDED, order.status)
    return BroughtBack(mark, reason)


@dataclass(frozen=True, slots=True)
class ComeBack:
    """The flowers are in the shop again (R90)."""

    step: ClassVar[Step] = Step.COME_BACK


@dataclass(frozen=True, slots=True)
class CameBack:
    """The flowers are in the shop again (R90)."""

    step: ClassVar[Step] = Step.COME_BACK
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, back_in_shop=self.mark)


def _come_back(order: Order, _command: ComeBack, mark: Mark, _rules: ShopRules) -> CameBack:
    if order.progress.back_in_shop is not None:
        raise Refusal(Reason.ALREADY, order.status)
    return CameBack(mark)


@dataclass(frozen=True, slots=True)
class NoteCall:
    """Record what a courier from outside said on the phone (R43, R45, R89)."""

    step: ClassVar[Step] = Step.NOTE_CALL
    name: str
    phone: str
    answer: CallAnswer


@dataclass(frozen=True, slots=True)
class CallNoted(BesideProgress):
    """A courier from outside was called; an undo keeps their answer (R45, R89)."""

    step: ClassVar[Step] = Step.NOTE_CALL
    mark: Mark
    call: Call

    def recorded_in(self, order: Order) -> Order:
        return replace(order, calls=(*order.calls, self.call))


def _note_call(_order: Order, command: NoteCall, mark: Mark, _rules: ShopRules) -> CallNoted:
    return CallNoted(mark, Call(command.name.strip(), command.phone, command.answer, mark))


Command = Arrive | SayLate | FindNobody | BringBack | ComeBack | NoteCall
Event = Arrived | SaidLate | NobodyFound | BroughtBack | CameBack | CallNoted

DECISIONS: Rows[Event] = (
    decided_by(Arrive, _arrive),
    decided_by(SayLate, _say_late),
    decided_by(FindNobody, _find_nobody),
    decided_by(BringBack, _bring_back),
    decided_by(ComeBack, _come_back),
    decided_by(NoteCall, _note_call),
)

__all__ = [
    "Arrive",
    "Arrived",
    "BringBack",
    "BroughtBack",
    "CallNoted",
    "CameBack",
    "ComeBack",
    "FindNobody",
    "NobodyFound",
    "NoteCall",
    "SaidLate",
    "SayLate",
]
