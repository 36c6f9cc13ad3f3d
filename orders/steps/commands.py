"""Commands: what an actor asks for; the flow allows or refuses it. Named in the imperative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from orders.model.after_delivery import DisputeCommand
from orders.model.details import Details, Person, Window
from orders.model.gifts import GiftCommand
from orders.model.order import DoubtKind, Handover, Topic
from orders.model.phone_access import PhoneCommand
from orders.model.photo import Item
from orders.model.status import Status, Step
from orders.steps.delivery_commands import DeliveryCommand

_UNKNOWN = Person()


@dataclass(frozen=True, slots=True)
class Accept:
    """Accept the order (R18)."""

    step: ClassVar[Step] = Step.ACCEPT


@dataclass(frozen=True, slots=True)
class Decline:
    """The shop cannot fulfil the order (R58); a reason is required, since support asks for it (R71)."""

    step: ClassVar[Step] = Step.DECLINE
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cancel:
    """The client cancels the order (R21, R46-R48). Staff do so only at the client's request."""

    step: ClassVar[Step] = Step.CANCEL
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AssignSeller:
    """Assign the order to a member of staff to assemble (R20)."""

    step: ClassVar[Step] = Step.ASSIGN_SELLER
    staff_id: int
    name: str
    heard: bool = True
    """Whether the seller hears it; of several orders assigned at once only the first is heard (X14)."""


@dataclass(frozen=True, slots=True)
class AssignCourier:
    """Assign the order to one of the shop's couriers (R40)."""

    step: ClassVar[Step] = Step.ASSIGN_COURIER
    staff_id: int
    name: str
    two_couriers: str = ""
    """As in `Dispatch`."""


@dataclass(frozen=True, slots=True)
class Release:
    """Unassign a person who no longer works here; the order has to be assigned again (R14).

    Chiefs release anybody, others only themselves.
    """

    step: ClassVar[Step] = Step.RELEASE
    staff_id: int


@dataclass(frozen=True, slots=True)
class AttachPhoto:
    """Add a photo that is already stored on disk (R23)."""

    step: ClassVar[Step] = Step.ATTACH_PHOTO
    sha256: str
    path: str
    album: str = ""


@dataclass(frozen=True, slots=True)
class TakePhotosAway:
    """These versions show another order, the one with this number."""

    step: ClassVar[Step] = Step.TAKE_PHOTOS_AWAY
    versions: tuple[int, ...]
    to_number: str


@dataclass(frozen=True, slots=True)
class CheckOff:
    """Everything on the checklist before the photo is there and good (R34, R36, R67)."""

    step: ClassVar[Step] = Step.CHECK
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """The client's rating of the photo (R26, R32)."""

    step: ClassVar[Step] = Step.RATE
    liked: bool
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The order leaves the shop (R38), with the actor or with the assigned courier.

    `reason` is required if a photo is due and missing.
    """

    step: ClassVar[Step] = Step.DISPATCH
    by_self: bool
    reason: str = ""
    two_couriers: str = ""
    """Why no second courier will come while the marketplace searches for one (R87)."""
    without_address: str = ""
    """Why it leaves without a known address (X24)."""


@dataclass(frozen=True, slots=True)
class HandToThirdParty:
    """A third-party courier will deliver it; the status "courier left" is skipped (R41, R43).

    A phone or a tracking link is required, or the statement that there is neither.
    """

    step: ClassVar[Step] = Step.HAND_TO_THIRD_PARTY
    name: str
    phone: str = ""
    link: str = ""
    has_no_contact: bool = False
    two_couriers: str = ""
    """As in `Dispatch`."""


@dataclass(frozen=True, slots=True)
class PickUp:
    """The third-party courier has taken the order out of the shop (R38, R41).

    `reason` is required if a photo is due and missing.
    """

    step: ClassVar[Step] = Step.PICK_UP
    reason: str = ""
    without_address: str = ""
    """As in `Dispatch`."""


@dataclass(frozen=True, slots=True)
class Complete:
    """The order was handed over (R50-R57).

    A third person needs the client's agreement and a comment; actors other than the carrier give a reason.
    `without_photo`: why a pickup or a third-party delivery ends without the photo that is due (R38).
    """

    step: ClassVar[Step] = Step.COMPLETE
    handover: Handover
    comment: str = ""
    agreed_with_client: bool = False
    reason: str = ""
    without_photo: str = ""
    early: str = ""
    """The client's consent to a hand-over long before the window (R66)."""
    agreed_words: str = ""
    """The client's agreement to a third person, if not on record yet (R56)."""
    code: str = ""
    """The code that was told; the caller gives `SayCode` before this command (X25)."""
    without_proof: str = ""
    """A chief's reason for a hand-over without proof (X25)."""


@dataclass(frozen=True, slots=True)
class RecipientRefused:
    """The recipient refuses the order; it goes back to the shop (R90)."""

    step: ClassVar[Step] = Step.RECIPIENT_REFUSED
    note: str = ""


@dataclass(frozen=True, slots=True)
class Redispatch:
    """Send it to another recipient, or to the same one again, as agreed with the client (R91).

    `agreed_change` has the full words; the other fields are what was read in them. An address is required, or
    the statement that it is the same.
    """

    step: ClassVar[Step] = Step.REDISPATCH
    agreed_change: str
    address: str = ""
    courier_note: str = ""
    recipient: Person = _UNKNOWN
    window: Window | None = None
    is_time_unclear: bool = False
    same_address: bool = False
    same_recipient: bool = False
    same_time: bool = False


@dataclass(frozen=True, slots=True)
class Hide:
    """Remove a cancelled or declined order from the list; the archive keeps it (R22)."""

    step: ClassVar[Step] = Step.HIDE


@dataclass(frozen=True, slots=True)
class Amend:
    """Replace the details: the marketplace changed them, or another source knows more (X1)."""

    step: ClassVar[Step] = Step.AMEND
    details: Details


@dataclass(frozen=True, slots=True)
class FlagLine:
    """Mark a line of the notes as important, or remove the mark (X16)."""

    step: ClassVar[Step] = Step.FLAG_LINE
    text: str
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class MarketplaceHas:
    """The marketplace has this status: it accepted a call, reports it, or a person marked it in its app."""

    step: ClassVar[Step] = Step.MARKETPLACE_HAS
    status: Status


@dataclass(frozen=True, slots=True)
class PhotoShown:
    """The bot has shown this photo in the client's chat; the time to answer starts now (X20, R29)."""

    step: ClassVar[Step] = Step.PHOTO_SHOWN
    sha256: str


@dataclass(frozen=True, slots=True)
class RaiseDoubt:
    """The marketplace's answer leaves open whether the order is cancelled; a person has to decide."""

    step: ClassVar[Step] = Step.RAISE_DOUBT
    kind: DoubtKind
    code: str = ""


@dataclass(frozen=True, slots=True)
class CarryOn:
    """The order is not cancelled, which settles the doubt; if it is, `Cancel` is used."""

    step: ClassVar[Step] = Step.CARRY_ON


@dataclass(frozen=True, slots=True)
class Propose:
    """Ask the client to agree (R56, R59, R66, R70): `words` say to what, `replaced` names the old goods."""

    step: ClassVar[Step] = Step.PROPOSE
    topic: Topic
    words: str = ""
    replaced: str = ""


@dataclass(frozen=True, slots=True)
class AnswerProposal:
    """The client's answer: given in the bot, or quoted from the marketplace's chat."""

    step: ClassVar[Step] = Step.ANSWER
    number: int
    agreed: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class AgreedInApp:
    """The agreement was entered in the marketplace's app; for a surcharge, its bill was sent."""

    step: ClassVar[Step] = Step.AGREED_IN_APP
    number: int


@dataclass(frozen=True, slots=True)
class ExtraPaid:
    """The client has paid the surcharge, so that the order may leave (R70)."""

    step: ClassVar[Step] = Step.EXTRA_PAID
    number: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Withdraw a proposal, an unpaid surcharge or a wrongly noted answer, with a reason."""

    step: ClassVar[Step] = Step.WITHDRAW
    number: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SeeStop:
    """The carrier of a cancelled order confirms that they have stopped (R21)."""

    step: ClassVar[Step] = Step.SEE_STOP


@dataclass(frozen=True, slots=True)
class Undo:
    """Undo the last step (X4)."""

    step: ClassVar[Step] = Step.UNDO
    reason: str


Command = (
    Accept
    | Decline
    | Cancel
    | AssignSeller
    | AssignCourier
    | Release
    | AttachPhoto
    | TakePhotosAway
    | CheckOff
    | Rate
    | Dispatch
    | HandToThirdParty
    | PickUp
    | Complete
    | RecipientRefused
    | Redispatch
    | DeliveryCommand
    | Hide
    | Amend
    | FlagLine
    | MarketplaceHas
    | PhotoShown
    | RaiseDoubt
    | CarryOn
    | Propose
    | AnswerProposal
    | AgreedInApp
    | ExtraPaid
    | Withdraw
    | SeeStop
    | PhoneCommand
    | GiftCommand
    | DisputeCommand
    | Undo
)
