"""What happened to an order between the shop and the door. Past tense, as all events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orders.model.delivery_facts import Call, Handback, Lateness, Remark
from orders.model.order import Carrier, Mark, Progress
from orders.model.photo import Photo
from orders.model.status import Status, Step


@dataclass(frozen=True, slots=True)
class OfferedToCouriers:
    """Any courier of the shop may take it; whoever had it has it no more (R40)."""

    step: ClassVar[Step] = Step.OFFER
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, offered=self.mark, taken=None, carrier=None)


@dataclass(frozen=True, slots=True)
class OfferTaken:
    """One of the couriers took it (R40)."""

    step: ClassVar[Step] = Step.TAKE
    mark: Mark
    carrier: Carrier

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, taken=self.mark, carrier=self.carrier)


@dataclass(frozen=True, slots=True)
class GaveBack:
    """The courier cannot deliver it; it is the chiefs' again, and no longer offered to all (R40)."""

    step: ClassVar[Step] = Step.GIVE_BACK
    mark: Mark
    reason: str

    def applied_to(self, before: Progress) -> Progress:
        given_back = Handback(self.reason, self.mark)
        return replace(before, offered=None, taken=None, carrier=None, given_back=given_back)


@dataclass(frozen=True, slots=True)
class Arrived:
    """The carrier stands at the door."""

    step: ClassVar[Step] = Step.ARRIVE
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, arrived=self.mark)


@dataclass(frozen=True, slots=True)
class SaidLate:
    """It comes later than agreed (R52)."""

    step: ClassVar[Step] = Step.SAY_LATE
    mark: Mark
    lateness: Lateness

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, lateness=self.lateness)


@dataclass(frozen=True, slots=True)
class NobodyFound:
    """Nobody opened the door."""

    step: ClassVar[Step] = Step.FIND_NOBODY
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, nobody_there=self.mark)


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """On the way back, though nobody refused it (R90)."""

    step: ClassVar[Step] = Step.BRING_BACK
    mark: Mark
    reason: str

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, status=Status.RETURNING, brought_back=self.mark, return_reason=self.reason)


@dataclass(frozen=True, slots=True)
class CameBack:
    """The flowers are in the shop again (R90)."""

    step: ClassVar[Step] = Step.COME_BACK
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, back_in_shop=self.mark)


@dataclass(frozen=True, slots=True)
class ProofAttached:
    """A photo of the hand-over. It stands beside the progress: an undo takes no proof away (X8)."""

    step: ClassVar[Step] = Step.ATTACH_PROOF
    mark: Mark
    proof: Photo


@dataclass(frozen=True, slots=True)
class CallNoted:
    """A courier from outside was called. What was said stays, whatever is undone (R45, R89)."""

    step: ClassVar[Step] = Step.NOTE_CALL
    mark: Mark
    call: Call


@dataclass(frozen=True, slots=True)
class Remarked:
    """Words between the courier and the shop. They stay, whatever is undone (X19)."""

    step: ClassVar[Step] = Step.SAY
    mark: Mark
    remark: Remark


DeliveryChange = (
    OfferedToCouriers
    | OfferTaken
    | GaveBack
    | Arrived
    | SaidLate
    | NobodyFound
    | BroughtBack
    | CameBack
    | ProofAttached
    | CallNoted
    | Remarked
)
