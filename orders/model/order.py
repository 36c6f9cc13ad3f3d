"""The order: what was ordered (details) and how far it is (progress)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from orders.model import delivery_facts as way
from orders.model.after_delivery import Dispute
from orders.model.details import Destination, Details, Flag, Line, Window
from orders.model.gifts import Gift
from orders.model.money import Money
from orders.model.numbers import is_trial
from orders.model.people import Mark as Mark  # noqa: PLC0414 - re-export: most import it with what it signs
from orders.model.phone_access import PhoneAccess
from orders.model.photo import Check, Photo, Rating, Seen
from orders.model.rules import HandoverProof
from orders.model.status import FINAL, Status, Step, is_further


class CarrierKind(StrEnum):
    """Who takes the order to the recipient (seed: three ways of delivery)."""

    SELF = "self"
    COURIER = "courier"
    THIRD_PARTY = "third_party"


class Handover(StrEnum):
    """How the order was handed over (R55, R56)."""

    IN_PERSON = "in_person"
    THIRD_PERSON = "third_person"
    IN_APP = "in_app"  # finished in the marketplace's app, which does not say how


@dataclass(frozen=True, slots=True)
class Seller:
    """The member of staff who assembles the order (R20)."""

    staff_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who takes the order to the recipient. A third party has no staff id (R43).

    Only third parties have `phone` and `link` (to track the courier); if both are empty, the shop has said
    that there is no contact.
    """

    kind: CarrierKind
    name: str
    staff_id: int | None = None
    phone: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """How the order was handed over (R55-R57), and why somebody other than the carrier says so (R53).

    `early`: the client's words that it may come before its window (R66).
    """

    handover: Handover
    comment: str
    reason: str
    done: Mark
    early: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """Why the order was cancelled or declined, and what the client gets back (R46, R47)."""

    reason: str
    closed: Mark
    refund: Money | None = None
    kept: Money | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the order is: everything that commands change and an undo restores."""

    status: Status = Status.NEW
    since: datetime | None = None
    accepted: Mark | None = None
    seller: Seller | None = None
    carrier: Carrier | None = None
    offered: Mark | None = None
    """Since when any courier of the shop may take it; in force while it has no carrier."""
    taken: Mark | None = None
    given_back: way.Handback | None = None
    """The last courier who gave it back; another one may carry it by now."""
    photos: tuple[Photo, ...] = ()
    rating: Rating | None = None
    handed_over: Mark | None = None
    """When a third party was named, and by whom; in force while the carrier is a third party."""
    search: way.CourierSearch | None = None
    second: way.SecondCourier | None = None
    address_asked: way.AddressAsk | None = None
    address_found: way.FoundAddress | None = None
    picked_up: Mark | None = None
    """When a third-party courier took it out of the shop; in force while the carrier is a third party."""
    dispatched: Mark | None = None
    left_without_photo: str = ""
    arrived: Mark | None = None
    lateness: way.Lateness | None = None
    nobody_there: Mark | None = None
    brought_back: Mark | None = None
    return_reason: str = ""
    back_in_shop: Mark | None = None
    refused: Mark | None = None
    refusal_note: str = ""
    agreed_change: str = ""
    went_to: Destination | None = None
    """Where it was going before it was redirected to another recipient; the details have the new one."""
    completion: Completion | None = None
    closing: Closing | None = None
    hidden: bool = False

    @property
    def next_photo(self) -> int:
        """The version of the next photo; versions that were taken away leave gaps."""
        return self.photos[-1].version + 1 if self.photos else 1

    @property
    def complaint(self) -> Rating | None:
        """The newest complaint about a photo, answered or not, since further pictures answer it too (R33)."""
        if self.rating is not None:
            return None if self.rating.liked else self.rating
        return self.photos[-1].answers if self.photos else None


@dataclass(frozen=True, slots=True)
class UndoPoint:
    """What an undo restores: the step, the progress before it, and who took the step (X4)."""

    step: Step
    before: Progress
    mark: Mark


class DoubtKind(StrEnum):
    """Why the client may have cancelled: the marketplace's lists and views do not show cancellations."""

    GONE = "gone"
    """The marketplace no longer returns the order."""
    NEVER_SHOWN = "never_shown"
    """It has named the order, but answers that it does not exist (X13)."""
    STRANGE = "strange"
    """It returns an unknown status."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that only a person can clarify. `code`: the marketplace's number of an unknown status."""

    kind: DoubtKind
    code: str
    raised: Mark
    settled: Mark | None = None
    """When it was decided to carry on, and by whom."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """The last change of the details: the details before it, and before the first change."""

    mark: Mark
    before: Details
    original: Details


class Topic(StrEnum):
    """What needs the client's agreement (R56, R59, R66, R70)."""

    WINDOW = "window"
    SUBSTITUTION = "substitution"
    SURCHARGE = "surcharge"
    THIRD_PERSON = "third_person"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the client is asked to agree to, in the words of the person who asks.

    Old and new values are both stored, so that both can be read later.
    """

    topic: Topic
    words: str
    window: Window | None = None
    instead_of: Window | None = None
    replaced: Line | None = None
    replacement: Line | None = None
    extra: Money | None = None
    """What the client pays extra; negative for a refund."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A proposal and its outcome. `number` counts within the order, from 1.

    `answered`: by the client, or by a member of staff who passes on their answer. `in_app`: when somebody
    entered it in the marketplace's app, since the API has no call for it; for a surcharge, when the bill was
    sent.
    """

    number: int
    proposal: Proposal
    asked: Mark
    answered: Mark | None = None
    agreed: bool = False
    words: str = ""
    in_app: Mark | None = None
    paid: Mark | None = None
    withdrawn: Mark | None = None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the client has not answered yet."""
        return self.answered is None and self.withdrawn is None

    @property
    def holds(self) -> bool:
        return self.agreed and self.withdrawn is None

    def held_at(self, at: datetime) -> bool:
        """Whether it was in force at this time."""
        is_answered = self.agreed and self.answered is not None and self.answered.at <= at
        return is_answered and (self.withdrawn is None or self.withdrawn.at > at)

    @property
    def is_unpaid(self) -> bool:
        """Whether the client agreed to a payment and has not made it (R70)."""
        extra = self.proposal.extra
        return self.holds and extra is not None and extra.minor > 0 and self.paid is None


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one shop.

    `number` is the marketplace's or the shop's own; every change increments `version`.
    """

    id: int
    shop_id: int
    number: str
    placed_at: datetime
    received_at: datetime
    details: Details
    progress: Progress = field(default_factory=Progress)
    version: int = 1
    undo: UndoPoint | None = None
    marketplace_status: Status | None = None
    """The furthest status the marketplace is known to have; it cannot be taken back there.

    None: the marketplace does not have the order, or not from us.
    """
    amendment: Amendment | None = None
    doubt: Doubt | None = None
    agreements: tuple[Agreement, ...] = ()
    erased_at: datetime | None = None
    """When its personal data was erased (R63)."""
    stopped: Mark | None = None
    """When the carrier of the cancelled order confirmed that they stopped (R21)."""
    checked: Check | None = None
    """The last check before a photo; `orders.photo.checklist.valid_check` says whether it is still valid."""
    photo_seen: Seen | None = None
    """The last photo that the client could see, in the linked chat or the marketplace's (X20)."""
    photos_seen_before: tuple[Seen, ...] = ()
    """Photos that the client could see before; they stay seen when the photo after them is undone."""
    proofs: tuple[Photo, ...] = ()
    """Photos of the hand-over (X8)."""
    calls: tuple[way.Call, ...] = ()  # which couriers from outside were called, and their answers
    support_told: Mark | None = None  # that no courier comes, so that support sends no second one (R87)
    remarks: tuple[way.Remark, ...] = ()
    """Notes of those who work on the order, the newest last (X19)."""
    phone_accesses: tuple[PhoneAccess, ...] = ()  # requests for the client's phone, oldest first (R82)
    gifts: tuple[Gift, ...] = ()  # free gifts (R77, R85)
    flags: tuple[Flag, ...] = ()  # lines of the notes that a chief has marked as important (X16)
    disputes: tuple[Dispute, ...] = ()  # complaints after the delivery, the newest last (X30)
    code: str = ""
    """The hand-over code, if the shop requires one; the client passes it on (X25)."""
    proof: HandoverProof | None = None  # overrides the shop's rule for this order
    wrong_codes: int = 0
    code_said: Mark | None = None  # when the right code was entered, or the marketplace's pick-up code
    trip: way.Trip | None = None
    """Written by the route calculation without an event; `on_route` says whether it is still valid."""

    @property
    def status(self) -> Status:
        return self.progress.status

    @property
    def on_route(self) -> way.Trip | None:
        """The trip, as long as carrier and window are those it was calculated for; otherwise None."""
        trip, carrier = self.trip, self.progress.carrier
        if trip is None or carrier is None or trip.staff_id != carrier.staff_id:
            return None
        return trip if trip.window == self.details.window else None

    @property
    def is_trial(self) -> bool:
        """Whether it is a trial order; see `orders.model.numbers.is_trial`."""
        return is_trial(self.number)

    @property
    def is_final(self) -> bool:
        return self.status in FINAL

    @property
    def is_ahead(self) -> bool:
        """Whether the order's status is further than the one that the marketplace is known to have."""
        known = self.marketplace_status
        return known is not None and is_further(self.status, known)

    @property
    def is_in_doubt(self) -> bool:
        """Whether a person still has to decide if work on the order goes on."""
        return self.doubt is not None and self.doubt.settled is None and not self.is_final

    @property
    def lacks_photo(self) -> bool:
        """Whether a photo is due (R24) but missing, here and at the marketplace.

        An order in status PHOTO without a photo here had one of another order, which was moved; the
        marketplace may still have that photo, so its status does not count.
        """
        is_theirs = self.marketplace_status is Status.PHOTO and self.status is not Status.PHOTO
        has_one = is_theirs or (bool(self.progress.photos) and not self.is_photo_outdated)
        return self.details.has_photo_step and not has_one

    @property
    def is_photo_outdated(self) -> bool:
        """Whether the goods ordered differ from those on the newest photo (R33, R59).

        The client has since agreed to a substitution, one was withdrawn, or the marketplace changed the
        goods.
        """
        if not self.progress.photos:
            return False
        goods, taken = self.progress.photos[-1].goods, self.progress.photos[-1].taken.at
        if goods and self.details.goods and goods != self.details.goods:
            return True
        replaced = (one for one in self.agreements if one.proposal.topic is Topic.SUBSTITUTION)
        return any(one.holds != one.held_at(taken) for one in replaced)

    @property
    def lacks_new_photo(self) -> bool:
        """Whether a photo exists but a new one is due: the client asks for it (R33), or the goods changed."""
        rating = self.progress.rating
        is_disliked = rating is not None and not rating.liked
        has_one = bool(self.progress.photos) and self.details.has_photo_step
        return has_one and (is_disliked or self.is_photo_outdated)

    @property
    def photo_seen_from(self) -> datetime | None:
        """Since when the client can see the newest photo; None if they cannot (X20)."""
        progress = self.progress
        if not progress.photos:
            return None
        newest = progress.photos[-1]
        seen = self.seen(newest.sha256)
        if seen is not None:
            return seen.mark.at
        is_rated = progress.rating is not None and progress.rating.photo_version == newest.version
        return progress.rating.given.at if progress.rating is not None and is_rated else None

    def seen(self, sha256: str) -> Seen | None:
        """The record that the client can see this photo; None if they cannot."""
        shown = (self.photo_seen, *self.photos_seen_before)
        return next((one for one in shown if one is not None and one.sha256 == sha256), None)

    @property
    def is_photo_unseen(self) -> bool:
        """Whether the order waits in status PHOTO while the client cannot see the newest photo."""
        is_new = bool(self.progress.photos) and not self.is_photo_outdated
        return self.status is Status.PHOTO and is_new and self.photo_seen_from is None

    @property
    def with_third_party(self) -> bool:
        carrier = self.progress.carrier
        return carrier is not None and carrier.kind is CarrierKind.THIRD_PARTY

    @property
    def left_with_third_party(self) -> bool:
        """Whether a third-party courier has taken it out of the shop, which skips "courier left" (R41)."""
        return self.with_third_party and self.progress.picked_up is not None

    @property
    def is_offered(self) -> bool:
        """Whether any courier of the shop may take it now."""
        is_free = self.progress.offered is not None and self.progress.carrier is None
        return is_free and self.status in {Status.ACCEPTED, Status.PHOTO}

    @property
    def returning(self) -> Mark | None:
        """Who last sent it back to the shop, and when."""
        marks = [mark for mark in (self.progress.refused, self.progress.brought_back) if mark]
        return max(marks, key=lambda mark: mark.at, default=None)

    @property
    def deliver_from(self) -> datetime:
        """The time by which the board sorts and filters: the window's start, or else when it was placed."""
        return self.details.window.start if self.details.window else self.placed_at

    def with_details(self, details: Details, mark: Mark) -> Order:
        """The same order with new details; the amendment stores the old ones."""
        original = self.amendment.original if self.amendment else self.details
        return replace(self, details=details, amendment=Amendment(mark, self.details, original))
