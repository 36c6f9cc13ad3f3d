"""An order: what was ordered (details) and how far it is (progress)."""

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
from orders.model.people import Mark as Mark  # noqa: PLC0414 - handed on: most look for it beside what it signs
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
    """The note at the end (R55, R56)."""

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

    `phone` and `link` (to follow the courier on the way) are of third parties only; both empty: the shop said
    that there is no contact.
    """

    kind: CarrierKind
    name: str
    staff_id: int | None = None
    phone: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """How the order was handed over (R55-R57), and why someone else than the carrier says so (R53).

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
    """How far the order is: everything that commands change, and that an undo brings back."""

    status: Status = Status.NEW
    since: datetime | None = None
    accepted: Mark | None = None
    seller: Seller | None = None
    carrier: Carrier | None = None
    offered: Mark | None = None
    """Since when every courier of the shop may take it; it holds as long as nobody carries it."""
    taken: Mark | None = None
    given_back: way.Handback | None = None
    """The last courier who could not; another one may carry it by now."""
    photos: tuple[Photo, ...] = ()
    rating: Rating | None = None
    handed_over: Mark | None = None
    """When a third party was named, and by whom; it holds as long as the carrier is one."""
    search: way.CourierSearch | None = None
    second: way.SecondCourier | None = None
    address_asked: way.AddressAsk | None = None
    address_found: way.FoundAddress | None = None
    picked_up: Mark | None = None
    """When a third-party courier took it out of the shop; it holds as long as the carrier is one."""
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
    """Where it was going before it was sent to another recipient; the details say where it goes now (R91)."""
    completion: Completion | None = None
    closing: Closing | None = None
    hidden: bool = False

    @property
    def next_photo(self) -> int:
        """The version of the photo that comes next; what was taken away may leave a gap before it."""
        return self.photos[-1].version + 1 if self.photos else 1

    @property
    def complaint(self) -> Rating | None:
        """The newest complaint about a photo, answered or not: further pictures answer it too (R33)."""
        if self.rating is not None:
            return None if self.rating.liked else self.rating
        return self.photos[-1].answers if self.photos else None


@dataclass(frozen=True, slots=True)
class UndoPoint:
    """What an undo brings back, of which step, and whose step it was (X4)."""

    step: Step
    before: Progress
    mark: Mark


class DoubtKind(StrEnum):
    """Why it may be that the client has cancelled: of a cancellation a list or a view says nothing."""

    GONE = "gone"
    """The marketplace does not show the order any more."""
    NEVER_SHOWN = "never_shown"
    """It has named the order, and answers ever since that it has no such order (X13)."""
    STRANGE = "strange"
    """It shows a status that nobody here knows."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that only a person can explain. `code` is the marketplace's number of a strange status."""

    kind: DoubtKind
    code: str
    raised: Mark
    settled: Mark | None = None
    """When it was decided to work on, and by whom."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """The last change of the details, what they were before it, and before the first change of all."""

    mark: Mark
    before: Details
    original: Details


class Topic(StrEnum):
    """What happens only with the client's agreement (R56, R59, R66, R70)."""

    WINDOW = "window"
    SUBSTITUTION = "substitution"
    SURCHARGE = "surcharge"
    THIRD_PERSON = "third_person"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the client is asked to agree to, in the words of the one who asks.

    What would change stands beside what would take its place, so that both can be read ever after.
    """

    topic: Topic
    words: str
    window: Window | None = None
    instead_of: Window | None = None
    replaced: Line | None = None
    replacement: Line | None = None
    extra: Money | None = None
    """What the client pays on top; below zero he gets it back."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A proposal and what became of it. `number` counts within the order, from 1.

    `answered` says who: the client himself, or somebody of the staff on his word. `in_app`: done in the
    marketplace's app, for which no call is known; of a surcharge that the bill was sent.
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
        """Whether the client has still to answer."""
        return self.answered is None and self.withdrawn is None

    @property
    def holds(self) -> bool:
        return self.agreed and self.withdrawn is None

    def held_at(self, at: datetime) -> bool:
        """Whether it held at this moment."""
        is_answered = self.agreed and self.answered is not None and self.answered.at <= at
        return is_answered and (self.withdrawn is None or self.withdrawn.at > at)

    @property
    def is_unpaid(self) -> bool:
        """Whether the client agreed to pay something and has not yet (R70)."""
        extra = self.proposal.extra
        return self.holds and extra is not None and extra.minor > 0 and self.paid is None


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one shop. `number` is the marketplace's; `version` grows by one with every change."""

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

    None: the marketplace has no such order, or not from us.
    """
    amendment: Amendment | None = None
    doubt: Doubt | None = None
    agreements: tuple[Agreement, ...] = ()
    erased_at: datetime | None = None
    """When what was personal in it was erased (R63)."""
    stopped: Mark | None = None
    """Who had it under way when it was cancelled, and says that he has stopped (R21)."""
    checked: Check | None = None
    """The last check before a photo; whether it still holds says `orders.photo.checklist.valid_check`."""
    photo_seen: Seen | None = None
    """The last photo that the client could see, in the linked chat or in the marketplace's (X20)."""
    photos_seen_before: tuple[Seen, ...] = ()
    """Those that the client could see before it: an undone photo does not make the older one unseen."""
    proofs: tuple[Photo, ...] = ()
    """Photos of the hand-over (X8)."""
    calls: tuple[way.Call, ...] = ()  # who of the couriers from outside was called, and what they said
    support_told: Mark | None = None  # that no courier comes, so that no second one is sent (R87)
    remarks: tuple[way.Remark, ...] = ()
    """Notes: what those who work on it said about it, the newest last (X19)."""
    phone_accesses: tuple[PhoneAccess, ...] = ()  # who asked for the client's phone, oldest first (R82)
    gifts: tuple[Gift, ...] = ()  # what goes with it free of charge (R77, R85)
    flags: tuple[Flag, ...] = ()  # lines of the notes that a chief has marked as important (X16)
    disputes: tuple[Dispute, ...] = ()  # complaints after the delivery, the newest last (X30)
    code: str = ""
    """Proves the hand-over where the shop wants a code; the client passes it on (X25)."""
    proof: HandoverProof | None = None  # chosen for this order in place of the shop's rule
    wrong_codes: int = 0
    code_said: Mark | None = None  # who was told the right code, or the marketplace's of a pick-up
    trip: way.Trip | None = None
    """By the route as it was worked out last, without an event; whether it still holds says `on_route`."""

    @property
    def status(self) -> Status:
        return self.progress.status

    @property
    def on_route(self) -> way.Trip | None:
        """What the route says, while the same person carries the order in the same window."""
        trip, carrier = self.trip, self.progress.carrier
        if trip is None or carrier is None or trip.staff_id != carrier.staff_id:
            return None
        return trip if trip.window == self.details.window else None

    @property
    def is_trial(self) -> bool:
        """Whether it is made up: `orders.model.numbers.is_trial` says what that means."""
        return is_trial(self.number)

    @property
    def is_final(self) -> bool:
        return self.status in FINAL

    @property
    def is_ahead(self) -> bool:
        """Whether the order is further than the marketplace is known to know."""
        known = self.marketplace_status
        return known is not None and is_further(self.status, known)

    @property
    def is_in_doubt(self) -> bool:
        """Whether a person has still to say if the order is to be worked on."""
        return self.doubt is not None and self.doubt.settled is None and not self.is_final

    @property
    def lacks_photo(self) -> bool:
        """Whether a photo is due (R24) and there is none, neither here nor at the marketplace.

        An order at the step of the photo that has none here was sent one of another order: that one was
        taken away, and the marketplace may have it still.
        """
        is_theirs = self.marketplace_status is Status.PHOTO and self.status is not Status.PHOTO
        has_one = is_theirs or (bool(self.progress.photos) and not self.is_photo_outdated)
        return self.details.has_photo_step and not has_one

    @property
    def is_photo_outdated(self) -> bool:
        """Whether other goods are ordered than on the newest photo (R33, R59).

        The client agreed to a replacement since, or one was withdrawn, or the marketplace changed the goods.
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
        """Whether there is a photo, and the client asks for another one (R33), or other goods were agreed."""
        rating = self.progress.rating
        is_disliked = rating is not None and not rating.liked
        has_one = bool(self.progress.photos) and self.details.has_photo_step
        return has_one and (is_disliked or self.is_photo_outdated)

    @property
    def photo_seen_from(self) -> datetime | None:
        """Since when the client can see the newest photo; None while they cannot (X20)."""
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
        """Since when the client can see this photo."""
        shown = (self.photo_seen, *self.photos_seen_before)
        return next((one for one in shown if one is not None and one.sha256 == sha256), None)

    @property
    def is_photo_unseen(self) -> bool:
        """Whether the order waits at the photo and the client cannot see the newest one."""
        is_new = bool(self.progress.photos) and not self.is_photo_outdated
        return self.status is Status.PHOTO and is_new and self.photo_seen_from is None

    @property
    def with_third_party(self) -> bool:
        carrier = self.progress.carrier
        return carrier is not None and carrier.kind is CarrierKind.THIRD_PARTY

    @property
    def left_with_third_party(self) -> bool:
        """Whether a third-party courier has taken it out of the shop: "courier left" is skipped (R41)."""
        return self.with_third_party and self.progress.picked_up is not None

    @property
    def is_offered(self) -> bool:
        """Whether any courier of the shop may take it now."""
        is_free = self.progress.offered is not None and self.progress.carrier is None
        return is_free and self.status in {Status.ACCEPTED, Status.PHOTO}

    @property
    def returning(self) -> Mark | None:
        """Who sent it back to the shop the last time, and when."""
        marks = [mark for mark in (self.progress.refused, self.progress.brought_back) if mark]
        return max(marks, key=lambda mark: mark.at, default=None)

    @property
    def deliver_from(self) -> datetime:
        """The moment the board sorts and filters by: the window's start, else when it was placed."""
        return self.details.window.start if self.details.window else self.placed_at

    def with_details(self, details: Details, mark: Mark) -> Order:
        """The same order with other details, and what they were before."""
        original = self.amendment.original if self.amendment else self.details
        return replace(self, details=details, amendment=Amendment(mark, self.details, original))
