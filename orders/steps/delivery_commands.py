"""What can be asked of an order between the shop and the door. Imperative, as all commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from orders.model.delivery_facts import CallAnswer
from orders.model.status import Step


@dataclass(frozen=True, slots=True)
class OfferToCouriers:
    """Let any courier of the shop take the order (R40)."""

    step: ClassVar[Step] = Step.OFFER


@dataclass(frozen=True, slots=True)
class TakeOffer:
    """I take the order that was offered to all; of two at once one gets it (R40)."""

    step: ClassVar[Step] = Step.TAKE


@dataclass(frozen=True, slots=True)
class GiveBack:
    """I cannot deliver what I took or was given; the chiefs find somebody else (R40)."""

    step: ClassVar[Step] = Step.GIVE_BACK
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Arrive:
    """I stand at the door."""

    step: ClassVar[Step] = Step.ARRIVE


@dataclass(frozen=True, slots=True)
class SayLate:
    """It will be late by so many minutes, one of LATE_CHOICES (R52)."""

    step: ClassVar[Step] = Step.SAY_LATE
    minutes: int


@dataclass(frozen=True, slots=True)
class FindNobody:
    """Nobody opens the door; the chiefs ask the client what to do."""

    step: ClassVar[Step] = Step.FIND_NOBODY


@dataclass(frozen=True, slots=True)
class BringBack:
    """It was not refused, but it goes back to the shop (R90); where nobody was there, that is the reason."""

    step: ClassVar[Step] = Step.BRING_BACK
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ComeBack:
    """The flowers are in the shop again (R90)."""

    step: ClassVar[Step] = Step.COME_BACK


@dataclass(frozen=True, slots=True)
class AttachProof:
    """Add a photo of the hand-over that is already kept on disk (X8)."""

    step: ClassVar[Step] = Step.ATTACH_PROOF
    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class NoteCall:
    """Keep what a courier from outside said on the phone (R43, R45, R89)."""

    step: ClassVar[Step] = Step.NOTE_CALL
    name: str
    phone: str
    answer: CallAnswer


@dataclass(frozen=True, slots=True)
class Say:
    """Words between whoever is on the way and the shop (X19)."""

    step: ClassVar[Step] = Step.SAY
    words: str = ""


DeliveryCommand = (
    OfferToCouriers
    | TakeOffer
    | GiveBack
    | Arrive
    | SayLate
    | FindNobody
    | BringBack
    | ComeBack
    | AttachProof
    | NoteCall
    | Say
)
