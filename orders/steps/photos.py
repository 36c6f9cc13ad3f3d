"""Decides on steps about photos; called by `orders.steps.flow`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from orders.model.numbers import is_own
from orders.model.order import Order
from orders.model.people import Mark
from orders.model.photo import Check, Photo, Rating, Seen
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import IN_THE_SHOP, Status, is_further
from orders.photo.checklist import checklist, valid_check
from orders.steps import commands as do
from orders.steps import events as happened


def attach_photo(
    order: Order, command: do.AttachPhoto, mark: Mark, _rules: ShopRules
) -> happened.PhotoAttached:
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
    return happened.PhotoAttached(mark, photo)


def take_photos_away(
    order: Order, command: do.TakePhotosAway, mark: Mark, _rules: ShopRules
) -> happened.PhotosTakenAway:
    """Moves photos to another order. Without any photo left, the order returns to its status before.

    If the marketplace has a photo, nothing can be taken back there: the status stays and a new photo is due.
    """
    known = {photo.version for photo in order.progress.photos}
    if not command.versions or not known.issuperset(command.versions):
        raise Refusal(Reason.PHOTO_NOT_HERE, order.status)
    is_left = known != set(command.versions)
    stays = is_left or order.marketplace_status is Status.PHOTO
    status = Status.PHOTO if stays else Status.ACCEPTED
    return happened.PhotosTakenAway(mark, command.versions, command.to_number, status)


def check(order: Order, command: do.CheckOff, mark: Mark, _rules: ShopRules) -> happened.CheckedOff:
    """Everything on the present checklist was ticked (R34, R36)."""
    _check_photo_step(order)
    if command.items != checklist(order.details, order.gifts):
        raise Refusal(Reason.LIST_CHANGED, order.status)
    made = valid_check(order)
    if made is not None:
        raise Refusal(Reason.ALREADY, order.status, made.made)
    return happened.CheckedOff(mark, Check(command.items, mark))


def gone_elsewhere(events: Iterable[happened.Event]) -> frozenset[str]:
    """The paths of photos that were moved to another order; this order's history leaves them out."""
    here: dict[int, str] = {}
    gone: set[str] = set()
    for event in events:
        if isinstance(event, happened.PhotoAttached):
            here[event.photo.version] = event.photo.path
            gone.discard(event.photo.path)
        elif isinstance(event, happened.PhotosTakenAway):
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


def rate(order: Order, command: do.Rate, mark: Mark, _rules: ShopRules) -> happened.Rated:
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
    return happened.Rated(mark, Rating(command.liked, complaint, mark, version))


def photo_shown(order: Order, command: do.PhotoShown, mark: Mark, _rules: ShopRules) -> happened.PhotoSeen:
    """Records the first time that the newest photo was shown; raises Refusal otherwise."""
    photos = order.progress.photos
    if not photos or photos[-1].sha256 != command.sha256:
        raise Refusal(Reason.PHOTO_NOT_HERE, order.status)
    shown = order.seen(command.sha256)
    if shown is not None:
        raise Refusal(Reason.ALREADY, order.status, shown.mark)
    return happened.PhotoSeen(mark, command.sha256)


def seen(order: Order, event: happened.MarketplaceTold | happened.PhotoSeen) -> Order:
    """The client can see the newest photo: in the linked chat, or because the marketplace has it (X20)."""
    if isinstance(event, happened.PhotoSeen):
        return _with_seen(order, Seen(event.sha256, event.mark))
    photos = order.progress.photos
    is_told_later = order.marketplace_status is not None and is_further(
        order.marketplace_status, event.status
    )
    known = order if is_told_later else replace(order, marketplace_status=event.status)
    if event.status is not Status.PHOTO or not photos or order.photo_seen_from is not None:
        return known
    return _with_seen(known, Seen(photos[-1].sha256, event.mark))


def _with_seen(order: Order, seen: Seen) -> Order:
    before = (order.photo_seen,) if order.photo_seen is not None else ()
    return replace(order, photo_seen=seen, photos_seen_before=(*order.photos_seen_before, *before))


def _check_photo_step(order: Order) -> None:
    if not order.details.has_photo_step:
        raise Refusal(Reason.NO_PHOTO_STEP, order.status)
