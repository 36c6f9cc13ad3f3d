"""What can be asked of an order between the shop and the door. Imperative, as all commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from orders.model.delivery_facts import AddressSource, CallAnswer, RemarkKind
from orders.model.rules import HandoverProof
from orders.model.status import Step


@dataclass(frozen=True, slots=True)
class OfferToCouriers:
    """Let any courier of the shop take the order (R40)."""

    step: ClassVar[Step] = Step.OFFER
    two_couriers: str = ""
    """As of `Dispatch`."""


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
class ChooseProof:
    """What proves the hand-over of this one order, whatever the shop's rule says (X25)."""

    step: ClassVar[Step] = Step.CHOOSE_PROOF
    proof: HandoverProof


@dataclass(frozen=True, slots=True)
class SayCode:
    """The code that was named at the door or at the counter (X25)."""

    step: ClassVar[Step] = Step.SAY_CODE
    code: str


@dataclass(frozen=True, slots=True)
class NoteCall:
    """Keep what a courier from outside said on the phone (R43, R45, R89)."""

    step: ClassVar[Step] = Step.NOTE_CALL
    name: str
    phone: str
    answer: CallAnswer


@dataclass(frozen=True, slots=True)
class Say:
    """Words between the shop and its courier, or an answer to whoever wrote a note last (X19)."""

    step: ClassVar[Step] = Step.SAY
    words: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Keep what somebody said about the order for those who work on it; the fields are those of `Remark`."""

    step: ClassVar[Step] = Step.NOTE
    words: str = ""
    kind: RemarkKind = RemarkKind.TEXT
    file_id: str = ""
    path: str = ""
    seconds: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """The marketplace looks for a courier from now on (R86)."""

    step: ClassVar[Step] = Step.SEARCH


@dataclass(frozen=True, slots=True)
class CallOff:
    """Support has called the marketplace's courier off: nobody comes from there (R87)."""

    step: ClassVar[Step] = Step.CALL_OFF


@dataclass(frozen=True, slots=True)
class TellSupport:
    """Support was written to that no courier comes (R87)."""

    step: ClassVar[Step] = Step.TELL_SUPPORT


@dataclass(frozen=True, slots=True)
class CourierCame:
    """The marketplace's courier has turned up after all."""

    step: ClassVar[Step] = Step.COURIER_CAME


@dataclass(frozen=True, slots=True)
class NoteCost:
    """What the courier cost who was sent away (R88)."""

    step: ClassVar[Step] = Step.NOTE_COST
    cost: str = ""


@dataclass(frozen=True, slots=True)
class AskAddress:
    """Somebody was asked where the order goes (X24)."""

    step: ClassVar[Step] = Step.ASK_ADDRESS
    whom: AddressSource


@dataclass(frozen=True, slots=True)
class FindAddress:
    """The address is known at last (X24)."""

    step: ClassVar[Step] = Step.FIND_ADDRESS
    address: str = ""


@dataclass(frozen=True, slots=True)
class CheckZone:
    """Whether the address lies in another zone than the client has paid for (R70)."""

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
