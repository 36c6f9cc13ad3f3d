"""Photos of the bouquet: the checklist, the versions, the client's rating (R23-R37)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from orders.model.numbers import is_own
from orders.model.order import Mark, Order, Progress
from orders.model.photo import Check, Item, Photo, Rating, Seen
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import IN_THE_SHOP, Status, Step
from orders.photo.checklist import checklist, valid_check
from orders.steps.decisions import BesideProgress, Rows, decided_by


@dataclass(frozen=True, slots=True)
class AttachPhoto:
    """Add a photo that is already stored on disk (R23)."""

    step: ClassVar[Step] = Step.ATTACH_PHOTO
    sha256: str
    path: str
    album: str = ""


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


def _attach_photo(order: Order, command: AttachPhoto, mark: Mark, _rules: ShopRules) -> PhotoAttached:
    """Adds the next version; it answers the complaint about the previous one (R33)."""
    _check_photo_step(order)
    photos = order.progress.photos
    if photos and photos[-1].sha256 == command.sha256:
        raise Refusal(Reason.SAME_PHOTO, order.status, photos[-1].taken)
    version, answers = order.progress.next_photo, order.progress.complaint
    # Goods that were entered by hand may have another name for the same thing.
    is_sure = order.marketplace_status is not None or is_own(order.number)
    goods = order.details.goods if is_sure and not order.details.unread else ()
    photo = Photo(version, command.sha256, command.path, mark, answers, command.album, goods)
    return PhotoAttached(mark, photo)


@dataclass(frozen=True, slots=True)
class TakePhotosAway:
    """These versions show another order, the one with this number."""

    step: ClassVar[Step] = Step.TAKE_PHOTOS_AWAY
    versions: tuple[int, ...]
    to_number: str


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


def _take_photos_away(
    order: Order, command: TakePhotosAway, mark: Mark, _rules: ShopRules
) -> PhotosTakenAway:
    """Moves photos to another order. Without any photo left, the order returns to its status before.

    If the marketplace has a photo, nothing can be taken back there: the status stays and a new photo is due.
    """
    known = {photo.version for photo in order.progress.photos}
    if not command.versions or not known.issuperset(command.versions):
        raise Refusal(Reason.PHOTO_NOT_HERE, order.status)
    is_left = known != set(command.versions)
    stays = is_left or order.marketplace_status is Status.PHOTO
    status = Status.PHOTO if stays else Status.ACCEPTED
    return PhotosTakenAway(mark, command.versions, command.to_number, status)


@dataclass(frozen=True, slots=True)
class CheckOff:
    """Everything on the checklist before the photo is there and good (R34, R36, R67)."""

    step: ClassVar[Step] = Step.CHECK
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class CheckedOff(BesideProgress):
    """All items of the checklist were ticked (R34, R36)."""

    step: ClassVar[Step] = Step.CHECK
    mark: Mark
    check: Check

    def recorded_in(self, order: Order) -> Order:
        return replace(order, checked=self.check)


def _check(order: Order, command: CheckOff, mark: Mark, _rules: ShopRules) -> CheckedOff:
    """Everything on the present checklist was ticked (R34, R36)."""
    _check_photo_step(order)
    if command.items != checklist(order.details, order.gifts):
        raise Refusal(Reason.LIST_CHANGED, order.status)
    made = valid_check(order)
    if made is not None:
        raise Refusal(Reason.ALREADY, order.status, made.made)
    return CheckedOff(mark, Check(command.items, mark))


@dataclass(frozen=True, slots=True)
class Rate:
    """The client's rating of the photo (R26, R32)."""

    step: ClassVar[Step] = Step.RATE
    liked: bool
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class Rated:
    """The client rated the photo (R26)."""

    step: ClassVar[Step] = Step.RATE
    mark: Mark
    rating: Rating

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, rating=self.rating)


def _rate(order: Order, command: Rate, mark: Mark, _rules: ShopRules) -> Rated:
    """The client's rating of the newest photo (R26); a complaint says what is wrong (R32)."""
    if not order.progress.photos:
        raise Refusal(Reason.NO_PHOTO_YET, order.status)
    complaint = command.complaint.strip()
    if not command.liked and not complaint:
        raise Refusal(Reason.COMPLAINT_NEEDED, order.status)
    version, before = order.progress.photos[-1].version, order.progress.rating
    said = (command.liked, complaint, version)
    if before is not None and said == (before.liked, before.complaint, before.photo_version):
        raise Refusal(Reason.ALREADY, order.status)
    return Rated(mark, Rating(command.liked, complaint, mark, version))


@dataclass(frozen=True, slots=True)
class PhotoShown:
    """The bot has shown this photo in the client's chat; the time to answer starts now (X20, R29)."""

    step: ClassVar[Step] = Step.PHOTO_SHOWN
    sha256: str


@dataclass(frozen=True, slots=True)
class PhotoSeen(BesideProgress):
    """The client can see this photo in the linked chat (X20)."""

    step: ClassVar[Step] = Step.PHOTO_SHOWN
    mark: Mark
    sha256: str

    def recorded_in(self, order: Order) -> Order:
        return with_seen(order, Seen(self.sha256, self.mark))


def _photo_shown(order: Order, command: PhotoShown, mark: Mark, _rules: ShopRules) -> PhotoSeen:
    """Records the first time that the newest photo was shown; raises Refusal otherwise."""
    photos = order.progress.photos
    if not photos or photos[-1].sha256 != command.sha256:
        raise Refusal(Reason.PHOTO_NOT_HERE, order.status)
    shown = order.seen(command.sha256)
    if shown is not None:
        raise Refusal(Reason.ALREADY, order.status, shown.mark)
    return PhotoSeen(mark, command.sha256)


def gone_elsewhere(events: Iterable[object]) -> frozenset[str]:
    """The paths of photos that were moved to another order; this order's history leaves them out."""
    here: dict[int, str] = {}
    gone: set[str] = set()
    for event in events:
        if isinstance(event, PhotoAttached):
            here[event.photo.version] = event.photo.path
            gone.discard(event.photo.path)
        elif isinstance(event, PhotosTakenAway):
            gone |= {here[version] for version in event.versions if version in here}
    return frozenset(gone)


LEAST_GATHERING, MOST_GATHERING = 2.0, 5.0
"""In seconds: the pictures of an album need the first; the client may wait for the second."""


def gathering(rules: ShopRules) -> timedelta:
    """How long a photo waits for further ones, so that the client gets all in one message.

    It is part of the delay of every step (X18).
    """
    return timedelta(seconds=min(max(rules.call_delay_seconds, LEAST_GATHERING), MOST_GATHERING))


def newest_together(order: Order, rules: ShopRules) -> tuple[Photo, ...]:
    """The newest photo and those sent with it: in the same album, or shortly before.

    Photos that answer a complaint are never grouped with others (R33, R37).
    """
    *earlier, newest = order.progress.photos
    together = [newest]
    for photo in reversed(earlier):
        if not _belong_together(photo, together[0], rules):
            break
        together.insert(0, photo)
    return tuple(together)


def _belong_together(earlier: Photo, later: Photo, rules: ShopRules) -> bool:
    is_album = bool(later.album) and earlier.album == later.album
    is_soon = later.taken.at - earlier.taken.at <= gathering(rules)
    return earlier.answers == later.answers and (is_album or is_soon)


def newer_photo(order: Order, since: datetime, album: str) -> Photo | None:
    """The first photo taken after `since`; pictures of the same album are not newer (X20)."""
    photos = order.progress.photos
    return next((one for one in photos if one.taken.at > since and not (album and one.album == album)), None)


def list_is_over(order: Order, version: int) -> bool:
    """Whether the checklist below this version of the photo (0: before any) is obsolete (X20)."""
    if order.status not in IN_THE_SHOP or not order.progress.photos:
        return order.status not in IN_THE_SHOP
    newest = order.progress.photos[-1]
    own = next((one for one in order.progress.photos if one.version == version), None)
    is_of_album = own is not None and bool(own.album) and own.album == newest.album
    return newest.version > version and not is_of_album


def with_seen(order: Order, seen: Seen) -> Order:
    """The order with the time from which the client can see its newest photo (X20)."""
    before = (order.photo_seen,) if order.photo_seen is not None else ()
    return replace(order, photo_seen=seen, photos_seen_before=(*order.photos_seen_before, *before))


def _check_photo_step(order: Order) -> None:
    if not order.details.has_photo_step:
        raise Refusal(Reason.NO_PHOTO_STEP, order.status)


Command = AttachPhoto | TakePhotosAway | CheckOff | Rate | PhotoShown
Event = PhotoAttached | PhotosTakenAway | CheckedOff | Rated | PhotoSeen

DECISIONS: Rows[Event] = (
    decided_by(AttachPhoto, _attach_photo),
    decided_by(TakePhotosAway, _take_photos_away),
    decided_by(CheckOff, _check),
    decided_by(Rate, _rate),
    decided_by(PhotoShown, _photo_shown),
)

__all__ = [
    "AttachPhoto",
    "CheckOff",
    "CheckedOff",
    "PhotoAttached",
    "PhotoSeen",
    "PhotoShown",
    "PhotosTakenAway",
    "Rate",
    "Rated",
    "TakePhotosAway",
]
