"""Events: what happened to an order, and how each changes its progress. Named in the past tense."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orders.model.after_delivery import DisputeEvent
from orders.model.details import Destination, Details
from orders.model.gifts import GiftEvent
from orders.model.money import Money
from orders.model.order import (
    Carrier,
    Closing,
    Completion,
    DoubtKind,
    Handover,
    Mark,
    Progress,
    Proposal,
    Seller,
)
from orders.model.phone_access import PhoneEvent
from orders.model.photo import Check, Photo, Rating
from orders.model.status import Status, Step
from orders.steps.delivery_events import DeliveryChange, sent_anyway


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
class Accepted:
    """The order was accepted (R18)."""

    step: ClassVar[Step] = Step.ACCEPT
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, status=Status.ACCEPTED, accepted=self.mark)


@dataclass(frozen=True, slots=True)
class Declined:
    """The shop cannot fulfil the order (R58)."""

    step: ClassVar[Step] = Step.DECLINE
    mark: Mark
    reason: str

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, status=Status.DECLINED, closing=Closing(self.reason, self.mark))


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


@dataclass(frozen=True, slots=True)
class SellerAssigned:
    """A member of staff was assigned to assemble it (R20)."""

    step: ClassVar[Step] = Step.ASSIGN_SELLER
    mark: Mark
    seller: Seller
    heard: bool = True
    """False: one of several assigned at once, of which another one makes the sound (X14)."""

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, seller=self.seller)


@dataclass(frozen=True, slots=True)
class CourierAssigned:
    """One of the shop's couriers was assigned (R40)."""

    step: ClassVar[Step] = Step.ASSIGN_COURIER
    mark: Mark
    carrier: Carrier
    two_couriers: str = ""

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, carrier=self.carrier, search=sent_anyway(before.search, self.two_couriers))


@dataclass(frozen=True, slots=True)
class Released:
    """A person who no longer works here was unassigned (R14)."""

    step: ClassVar[Step] = Step.RELEASE
    mark: Mark
    staff_id: int
    name: str

    def applied_to(self, before: Progress) -> Progress:
        seller = None if before.seller and before.seller.staff_id == self.staff_id else before.seller
        carrier = None if before.carrier and before.carrier.staff_id == self.staff_id else before.carrier
        return replace(before, seller=seller, carrier=carrier)


@dataclass(frozen=True, slots=True)
class PhotoAttached:
    """A new version of the photo; a complaint is about an earlier version (R23, R33)."""

    step: ClassVar[Step] = Step.ATTACH_PHOTO
    mark: Mark
    photo: Photo

    def applied_to(self, before: Progress) -> Progress:
        # More pictures at the request of a client who likes the photo do not cancel the rating (R37).
        rating = before.rating if before.rating is not None and before.rating.liked else None
        return replace(before, status=Status.PHOTO, photos=(*before.photos, self.photo), rating=rating)


@dataclass(frozen=True, slots=True)
class PhotosTakenAway:
    """The photos show another order; ratings of them do not count for this one."""

    step: ClassVar[Step] = Step.TAKE_PHOTOS_AWAY
    mark: Mark
    versions: tuple[int, ...]
    to_number: str
    status: Status

    def applied_to(self, before: Progress) -> Progress:
        photos = tuple(photo for photo in before.photos if photo.version not in self.versions)
        is_rated = before.rating is not None and before.rating.photo_version not in self.versions
        rating = before.rating if is_rated else None
        return replace(before, status=self.status, photos=photos, rating=rating)


@dataclass(frozen=True, slots=True)
class CheckedOff:
    """All items of the checklist were ticked (R34, R36)."""

    step: ClassVar[Step] = Step.CHECK
    mark: Mark
    check: Check


@dataclass(frozen=True, slots=True)
class Rated:
    """The client rated the photo (R26)."""

    step: ClassVar[Step] = Step.RATE
    mark: Mark
    rating: Rating

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, rating=self.rating)


@dataclass(frozen=True, slots=True)
class Dispatched:
    """The order left the shop (R38-R40)."""

    step: ClassVar[Step] = Step.DISPATCH
    mark: Mark
    carrier: Carrier | None
    """None if only the marketplace's app knows the carrier."""
    reason: str
    two_couriers: str = ""
    without_address: str = ""

    def applied_to(self, before: Progress) -> Progress:
        return replace(
            before,
            status=Status.COURIER_LEFT,
            carrier=self.carrier,
            search=sent_anyway(before.search, self.two_couriers),
            dispatched=self.mark,
            left_without_photo=self.reason,
        )


@dataclass(frozen=True, slots=True)
class HandedToThirdParty:
    """A third-party courier will deliver it; the status stays (R41).

    New contact data of the same courier keeps `picked_up`.
    """

    step: ClassVar[Step] = Step.HAND_TO_THIRD_PARTY
    mark: Mark
    carrier: Carrier
    two_couriers: str = ""

    def applied_to(self, before: Progress) -> Progress:
        known = before.carrier
        is_same = known is not None and (known.kind, known.name) == (self.carrier.kind, self.carrier.name)
        picked_up = before.picked_up if is_same else None
        after = replace(before, search=sent_anyway(before.search, self.two_couriers))
        return replace(after, carrier=self.carrier, handed_over=self.mark, picked_up=picked_up)


@dataclass(frozen=True, slots=True)
class PickedUp:
    """The third-party courier took the order out of the shop (R38, R41)."""

    step: ClassVar[Step] = Step.PICK_UP
    mark: Mark
    reason: str
    without_address: str = ""

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, picked_up=self.mark, left_without_photo=self.reason)


@dataclass(frozen=True, slots=True)
class Completed:
    """The order was handed over (R50-R57)."""

    step: ClassVar[Step] = Step.COMPLETE
    mark: Mark
    handover: Handover
    comment: str
    reason: str
    agreement_noted: bool = False
    """This step is the record of the client's agreement to a third person (R56)."""
    without_photo: str = ""
    early: str = ""
    """The client's consent to a hand-over long before the window (R66)."""
    agreed_words: str = ""
    without_proof: str = ""

    def applied_to(self, before: Progress) -> Progress:
        completion = Completion(self.handover, self.comment, self.reason, self.mark, self.early)
        why = self.without_photo or before.left_without_photo
        return replace(before, status=Status.DONE, completion=completion, left_without_photo=why)


@dataclass(frozen=True, slots=True)
class RecipientRefusedOrder:
    """The recipient refused it; the flowers go back (R90)."""

    step: ClassVar[Step] = Step.RECIPIENT_REFUSED
    mark: Mark
    note: str

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, status=Status.RETURNING, refused=self.mark, refusal_note=self.note)


@dataclass(frozen=True, slots=True)
class Redispatched:
    """It goes to another recipient, as agreed with the client (R91)."""

    step: ClassVar[Step] = Step.REDISPATCH
    mark: Mark
    agreed_change: str
    to: Destination | None = None
    instead_of: Destination | None = None

    def applied_to(self, before: Progress) -> Progress:
        return replace(
            before,
            status=Status.COURIER_LEFT,
            agreed_change=self.agreed_change,
            went_to=self.instead_of,
            dispatched=self.mark,
            arrived=None,
            lateness=None,
            nobody_there=None,
            back_in_shop=None,
        )


@dataclass(frozen=True, slots=True)
class HiddenFromList:
    """A person removed it from the list; the archive keeps it (R22)."""

    step: ClassVar[Step] = Step.HIDE
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, hidden=True)


@dataclass(frozen=True, slots=True)
class Amended:
    """The details changed (X1); the progress is unchanged."""

    step: ClassVar[Step] = Step.AMEND
    mark: Mark
    details: Details


@dataclass(frozen=True, slots=True)
class MarketplaceTold:
    """The marketplace is now known to have this status."""

    step: ClassVar[Step] = Step.MARKETPLACE_HAS
    mark: Mark
    status: Status


@dataclass(frozen=True, slots=True)
class PhotoSeen:
    """The client can see this photo in the linked chat (X20)."""

    step: ClassVar[Step] = Step.PHOTO_SHOWN
    mark: Mark
    sha256: str


@dataclass(frozen=True, slots=True)
class DoubtRaised:
    """The marketplace does not return the order, or returns an unknown status."""

    step: ClassVar[Step] = Step.RAISE_DOUBT
    mark: Mark
    doubt: DoubtKind
    code: str


@dataclass(frozen=True, slots=True)
class CarriedOn:
    """A person decided to carry on."""

    step: ClassVar[Step] = Step.CARRY_ON
    mark: Mark


@dataclass(frozen=True, slots=True)
class LineFlagged:
    """A line of the notes was marked as important, or the mark was removed (X16)."""

    step: ClassVar[Step] = Step.FLAG_LINE
    mark: Mark
    text: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """The client was asked to agree (R56, R59, R66, R70)."""

    step: ClassVar[Step] = Step.PROPOSE
    mark: Mark
    number: int
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class ProposalAnswered:
    """The client's answer. `details`: the new details, if the answer changes them."""

    step: ClassVar[Step] = Step.ANSWER
    mark: Mark
    number: int
    agreed: bool
    words: str
    details: Details | None


@dataclass(frozen=True, slots=True)
class AgreementInApp:
    """The agreement was entered in the marketplace's app; for a surcharge, its bill was sent."""

    step: ClassVar[Step] = Step.AGREED_IN_APP
    mark: Mark
    number: int


@dataclass(frozen=True, slots=True)
class SurchargePaid:
    """The client has paid the surcharge (R70)."""

    step: ClassVar[Step] = Step.EXTRA_PAID
    mark: Mark
    number: int


@dataclass(frozen=True, slots=True)
class ProposalWithdrawn:
    """The agreement no longer applies. `details`: the restored details, if it had changed them."""

    step: ClassVar[Step] = Step.WITHDRAW
    mark: Mark
    number: int
    reason: str
    details: Details | None


@dataclass(frozen=True, slots=True)
class StopSeen:
    """The carrier of the cancelled order has stopped (R21)."""

    step: ClassVar[Step] = Step.SEE_STOP
    mark: Mark


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


Change = (
    Accepted
    | Declined
    | Cancelled
    | SellerAssigned
    | CourierAssigned
    | Released
    | PhotoAttached
    | PhotosTakenAway
    | CheckedOff
    | Rated
    | Dispatched
    | HandedToThirdParty
    | PickedUp
    | Completed
    | RecipientRefusedOrder
    | Redispatched
    | DeliveryChange
    | HiddenFromList
    | Amended
    | MarketplaceTold
    | PhotoSeen
    | DoubtRaised
    | CarriedOn
    | LineFlagged
    | Proposed
    | ProposalAnswered
    | AgreementInApp
    | SurchargePaid
    | ProposalWithdrawn
    | StopSeen
    | PhoneEvent
    | GiftEvent
    | DisputeEvent
    | Undone
)

Event = Received | Change
