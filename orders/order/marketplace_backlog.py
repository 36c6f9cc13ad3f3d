"""What the marketplace has still to be told of an order, by an API call or by a person in its app."""

from __future__ import annotations

from datetime import datetime

from orders.model.order import Mark, Order
from orders.model.people import STAFF_ROLES, Actor
from orders.model.rules import ShopRules
from orders.model.status import Status, Step, is_further
from orders.schedule.deadlines import accept_by

_CALLED = (Status.ACCEPTED, Status.COURIER_LEFT, Status.DONE)
"""The statuses that the seller API has calls for, in the order in which the marketplace expects them."""

_BY_HAND = frozenset({Status.PHOTO, Status.CANCELLED, Status.DECLINED})
"""The statuses without an API call."""

OF_CHIEFS = frozenset({Status.CANCELLED, Status.DECLINED})
"""The statuses that only chiefs may mark in the marketplace's app."""


def next_call(order: Order, *, skipping: bool = True) -> Status | None:
    """The next status to send by an API call; None if there is nothing to send.

    `skipping`: leaves out "courier left" for an order that never had this status (third party, pickup; R41).
    """
    known = order.marketplace_status
    if known is None or order.status in {Status.CANCELLED, Status.DECLINED}:
        return None
    skipped = {Status.COURIER_LEFT} if skipping and order.progress.dispatched is None else set()
    lacking = (
        status
        for status in _CALLED
        if is_further(status, known) and not is_further(status, order.status) and status not in skipped
    )
    return next(lacking, None)


def told_from(order: Order, status: Status, rules: ShopRules) -> datetime | None:
    """From when the marketplace and the client may be told that the order reached `status` (X18).

    An undo before that time takes the step back everywhere. The delay ends at the latest when the step itself
    is due. None if nothing is delayed: the order has not reached the status, or staff did not take the step.
    """
    mark = _mark_of(order, status)
    if mark is None or mark.role not in STAFF_ROLES:
        return None
    until = mark.at + rules.call_delay
    due = _due(order, status, rules)
    return until if due is None else min(until, max(mark.at, due))


def _due(order: Order, status: Status, rules: ShopRules) -> datetime | None:
    """When the step itself is due."""
    if status is Status.ACCEPTED:
        return accept_by(order, rules)
    return order.details.window.end if order.details.window else None


def _mark_of(order: Order, status: Status) -> Mark | None:
    progress = order.progress
    completed = progress.completion.done if progress.completion else None
    return {
        Status.ACCEPTED: progress.accepted,
        Status.COURIER_LEFT: progress.dispatched,
        Status.DONE: completed,
    }.get(status)


def quiet_until(order: Order, rules: ShopRules) -> datetime | None:
    """Until when the newest steps are withheld from marketplace and client; None if none is."""
    moments = (told_from(order, status, rules) for status in _CALLED)
    return max((moment for moment in moments if moment is not None), default=None)


_TAKEN_BACK_AT_ONCE = frozenset({Step.ACCEPT, Step.DISPATCH, Step.COMPLETE})


def can_take_back(order: Order, actor: Actor, now: datetime, rules: ShopRules) -> bool:
    """Whether this person can take back their newest step with one tap, before anybody outside is told."""
    point = order.undo
    if point is None or point.step not in _TAKEN_BACK_AT_ONCE or point.mark.staff_id != actor.staff_id:
        return False
    until = told_from(order, order.status, rules)
    return actor.staff_id is not None and until is not None and now < until


def by_hand(order: Order) -> bool:
    """Whether somebody has to mark the order's status in the marketplace's app."""
    return (order.is_ahead and order.status in _BY_HAND) or lacks_newer_photo(order)


def lacks_newer_photo(order: Order) -> bool:
    """Whether the marketplace has an older photo only, and the client cannot see the newest one (X20)."""
    return order.marketplace_status is Status.PHOTO and order.is_photo_unseen


def to_mark(order: Order) -> Status:
    """The status to mark in the marketplace's app: the order's own, or PHOTO if a photo is missing there."""
    return Status.PHOTO if lacks_photo_still(order) else order.status


def lacks_photo_still(order: Order) -> bool:
    """Whether an order is past its photo, but nobody has uploaded it to the marketplace (R23)."""
    known = order.marketplace_status
    is_past = order.status in {Status.COURIER_LEFT, Status.DONE}
    is_unseen = bool(order.progress.photos) and order.photo_seen_from is None
    return known is not None and is_past and is_unseen


def shows_by_itself(order: Order) -> bool:
    """Whether the marketplace reports it back once a person has marked it: a photo, but no cancellation."""
    return order.is_ahead and order.status is Status.PHOTO
