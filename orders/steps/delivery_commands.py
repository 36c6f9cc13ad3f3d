"""Commands about the delivery, from leaving the shop to the hand-over. Named in the imperative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from orders.model.delivery_facts import AddressSource, CallAnswer, RemarkKind
from orders.model.rules import HandoverProof
from orders.model.status import Step


@dataclass(frozen=True, slots=True)
class OfferToCouriers:
    """Offer the order to all couriers of the shop (R40)."""

    step: ClassVar[Step] = Step.OFFER
    two_couriers: str = ""
    """As in `Dispatch`."""


@dataclass(frozen=True, slots=True)
class TakeOffer:
    """Take an order that was offered to all; if two take it at once, only one gets it (R40)."""

    step: ClassVar[Step] = Step.TAKE


@dataclass(frozen=True, slots=True)
class GiveBack:
    """The courier cannot deliver the order and gives it back; the chiefs find somebody else (R40)."""

    step: ClassVar[Step] = Step.GIVE_BACK
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Arrive:
    """The carrier is at the door."""

    step: ClassVar[Step] = Step.ARRIVE


@dataclass(frozen=True, slots=True)
class SayLate:
    """It will be late by this many minutes, one of LATE_CHOICES (R52)."""

    step: ClassVar[Step] = Step.SAY_LATE
    minutes: int


@dataclass(frozen=True, slots=True)
class FindNobody:
    """Nobody opens the door; the chiefs ask the client what to do."""

    step: ClassVar[Step] = Step.FIND_NOBODY


@dataclass(frozen=True, slots=True)
class BringBack:
    """Bring it back to the shop without a refusal (R90); if nobody was there, no other reason is needed."""

    step: ClassVar[Step] = Step.BRING_BACK
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ComeBack:
    """The flowers are in the shop again (R90)."""

    step: ClassVar[Step] = Step.COME_BACK


@dataclass(frozen=True, slots=True)
class AttachProof:
    """Add a photo of the hand-over that is already stored on disk (X8)."""

    step: ClassVar[Step] = Step.ATTACH_PROOF
    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class ChooseProof:
    """Choose the proof of the hand-over for this order, in place of the shop's rule (X25)."""

    step: ClassVar[Step] = Step.CHOOSE_PROOF
    proof: HandoverProof


@dataclass(frozen=True, slots=True)
class SayCode:
    """A code that was told at the door or at the counter (X25)."""

    step: ClassVar[Step] = Step.SAY_CODE
    code: str


@dataclass(frozen=True, slots=True)
class NoteCall:
    """Record what a courier from outside said on the phone (R43, R45, R89)."""

    step: ClassVar[Step] = Step.NOTE_CALL
    name: str
    phone: str
    answer: CallAnswer


@dataclass(frozen=True, slots=True)
class Say:
    """A message between the shop and its courier, or an answer to the author of the last note (X19)."""

    step: ClassVar[Step] = Step.SAY
    words: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Record what somebody said about the order for those who work on it; fields as in `Remark`."""

    step: ClassVar[Step] = Step.NOTE
    words: str = ""
    kind: RemarkKind = RemarkKind.TEXT
    file_id: str = ""
    path: str = ""
    seconds: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """The marketplace starts to search for a courier (R86)."""

    step: ClassVar[Step] = Step.SEARCH


@dataclass(frozen=True, slots=True)
class CallOff:
    """Support has called off the marketplace's courier (R87)."""

    step: ClassVar[Step] = Step.CALL_OFF


@dataclass(frozen=True, slots=True)
class TellSupport:
    """Support was told that no courier comes (R87)."""

    step: ClassVar[Step] = Step.TELL_SUPPORT


@dataclass(frozen=True, slots=True)
class CourierCame:
    """The marketplace's courier has come after all."""

    step: ClassVar[Step] = Step.COURIER_CAME


@dataclass(frozen=True, slots=True)
class NoteCost:
    """Record the cost of the courier whom the shop has to pay (R88)."""

    step: ClassVar[Step] = Step.NOTE_COST
    cost: str = ""


@dataclass(frozen=True, slots=True)
class AskAddress:
    """Record who was asked for the address (X24)."""

    step: ClassVar[Step] = Step.ASK_ADDRESS
    whom: AddressSource


@dataclass(frozen=True, slots=True)
class FindAddress:
    """Record the address that was found (X24)."""

    step: ClassVar[Step] = Step.FIND_ADDRESS
    address: str = ""


@dataclass(frozen=True, slots=True)
class CheckZone:
    """Record whether the address is in another zone than the client paid for (R70)."""

    step: ClassVar[Step] = Step.CHECK_ZONE
    other: bool


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
    | ChooseProof
    | SayCode
    | NoteCall
    | Say
    | Note
    | Search
    | CallOff
    | TellSupport
    | CourierCame
    | NoteCost
    | AskAddress
    | FindAddress
    | CheckZone
)
