"""When things are due. Deadlines are computed from the order alone, so that a restart loses none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count

from orders.delivery.address import lacks_address
from orders.delivery.courier_search import is_waiting, spares_from, told_at
from orders.delivery.stop_after_cancel import must_stop
from orders.model.after_delivery import pending
from orders.model.delivery_facts import CallAnswer
from orders.model.details import DeliveryKind
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.model.status import IN_THE_SHOP, Status
from orders.photo.checklist import valid_check

LATE_TIMES = 8
"""How many reminders a late order gets at most."""
PHONE_NOTE_MINUTES = 10.0
"""How long after the client's phone was shown a note of the call is asked for (R82)."""
UNSEEN_MINUTES = 5.0
"""How long after a photo the bot reminds people to show it to the client."""


class DeadlineKind(StrEnum):
    """What a deadline reminds of, the most urgent first."""

    STOP = "stop"
    IN_DOUBT = "in_doubt"
    ACCEPT_OVERDUE = "accept_overdue"
    ACCEPT_SOON = "accept_soon"
    COURIER_SEARCH = "courier_search"
    LATE = "late"
    LEAVE_NOW = "leave_now"
    PHOTO_DUE = "photo_due"
    ADDRESS_UNKNOWN = "address_unknown"
    OFFER_OPEN = "offer_open"
    RETURN_OPEN = "return_open"
    PHOTO_UNSEEN = "photo_unseen"
    RATING_OVERDUE = "rating_overdue"
    ANSWER_OVERDUE = "answer_overdue"
    THIRD_PARTY_CHECK = "third_party_check"
    DISPUTE_DUE = "dispute_due"
    PHONE_NOTE = "phone_note"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The next time at which something is due."""

    kind: DeadlineKind
    due_at: datetime


def deadlines(order: Order, rules: ShopRules, fired: Mapping[DeadlineKind, datetime]) -> tuple[Deadline, ...]:
    """The next deadline of each kind that applies.

    `fired`: when each kind last fired. Occurrences up to then are done, so that of those missed while the
    bot was down one fires, at once. Occurrences before the order reached this stage are skipped: an order
    accepted 20 minutes before its window gets no photo reminder for 30. Only acceptance is always overdue.
    """
    found = []
    for kind in DeadlineKind:
        last = fired.get(kind)
        moments = _moments(kind, order, rules)
        due_at = next((moment for moment in moments if last is None or moment > last), None)
        if due_at is not None:
            found.append(Deadline(kind, due_at))
    return tuple(found)


def all_due(order: Order, rules: ShopRules, now: datetime) -> tuple[DeadlineKind, ...]:
    """What is due at `now` and not done, the most urgent first."""
    first = {kind: next(_moments(kind, order, rules), None) for kind in DeadlineKind}
    return tuple(kind for kind, moment in first.items() if moment is not None and moment <= now)


def accept_by(order: Order, rules: ShopRules) -> datetime:
    """The time by which a new order must be accepted (R16: 15 minutes)."""
    return order.placed_at + rules.accept_within


def leave_by(order: Order, rules: ShopRules) -> datetime | None:
    """When the order must leave the shop (R31); if it is on a route, by the route (X26).

    None if unknown, or if the shop does not deliver it.
    """
    window, trip = order.details.window, order.on_route
    if window is None or order.left_with_third_party or order.details.delivery is DeliveryKind.PICKUP:
        return None
    if trip is not None and trip.leave_by is not None:
        return trip.leave_by
    return window.start - timedelta(minutes=rules.travel_minutes)


def photo_by(order: Order, rules: ShopRules) -> datetime | None:
    """When the photo is due, so that the client can answer before the order must leave (R29, R31)."""
    starts_at = _delivery_starts(order, rules)
    if starts_at is None or not order.details.has_photo_step:
        return None
    return starts_at - timedelta(minutes=rules.rating_minutes)


def assemble_by(order: Order, rules: ShopRules) -> datetime | None:
    """When the goods must be assembled: in time for the photo, or for leaving if there is no photo."""
    needed_at = photo_by(order, rules) or _delivery_starts(order, rules)
    return needed_at - timedelta(minutes=rules.assemble_minutes) if needed_at else None


def answer_by(order: Order, rules: ShopRules) -> datetime | None:
    """15 minutes after the client can see the newest photo (R29, X20); None once a third party has it."""
    seen_from = order.photo_seen_from
    waits = order.status is Status.PHOTO and not order.progress.rating and not order.is_photo_outdated
    if not waits or order.left_with_third_party or not seen_from:
        return None
    return seen_from + timedelta(minutes=rules.rating_minutes)


class Task(StrEnum):
    """The shop's tasks before the delivery, in this order."""

    ASSEMBLE = "assemble"
    PHOTO = "photo"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Due:
    """The shop's next task.

    `is_at_once`: it was overdue when the order reached this stage, so it is due now.
    """

    task: Task
    at: datetime
    is_at_once: bool


def next_due(order: Order, rules: ShopRules, now: datetime) -> Due | None:
    """The shop's next task and its time; None if nothing is left to do, or no time is known.

    Only a checklist or photo shows that it is assembled; after its assembly time the photo is next.
    """
    task, at = _next_task(order, rules, now)
    if at is None or order.status not in IN_THE_SHOP:
        return None
    since = _since(order)
    return Due(task, at, is_at_once=since is not None and at <= since)


def _next_task(order: Order, rules: ShopRules, now: datetime) -> tuple[Task, datetime | None]:
    ready_at = assemble_by(order, rules)
    if ready_at is not None and now < ready_at and not is_assembled(order):
        return Task.ASSEMBLE, ready_at
    if order.lacks_photo:
        return Task.PHOTO, photo_by(order, rules)
    return Task.LEAVE, leave_by(order, rules)


def is_assembled(order: Order) -> bool:
    """Whether a photo or the checklist shows that the goods are assembled, or a third party carries them."""
    has_photo = order.details.has_photo_step and not order.lacks_photo
    is_shown = has_photo or bool(order.progress.photos) or valid_check(order) is not None
    return is_shown or order.with_third_party


def _delivery_starts(order: Order, rules: ShopRules) -> datetime | None:
    """When it leaves the shop; if the shop does not deliver it, when its window starts."""
    window = order.details.window
    return leave_by(order, rules) or (window.start if window else None)


def step_of(kind: DeadlineKind, order: Order, rules: ShopRules, moment: datetime) -> int:
    """How many reminders of acceptance (R16) or of the photo (R27) come before `moment`.

    Skipped reminders count too: who is told depends on how near the deadline is, not on how often it rang.
    """
    ladder = _photo_reminders(order, rules) if kind is DeadlineKind.PHOTO_DUE else _reminders(order, rules)
    return sum(at < moment for at in ladder)


def _moments(kind: DeadlineKind, order: Order, rules: ShopRules) -> Iterator[datetime]:
    """All occurrences of a kind in order; none if the kind does not apply."""
    occurrences = _OCCURRENCES[kind](order, rules)
    since = None if kind in _OF_THEIR_OWN else _since(order)
    return (moment for moment in occurrences if since is None or moment > since)


def _since(order: Order) -> datetime | None:
    """Since when the order has been at its present stage; None while it waits for acceptance."""
    progress = order.progress
    if order.status is Status.NEW:
        return None
    reached = progress.dispatched if order.status is Status.COURIER_LEFT else progress.accepted
    return reached.at if reached else progress.since


def _to_accept(order: Order, rules: ShopRules) -> Iterable[datetime]:
    return _reminders(order, rules) if order.status is Status.NEW else ()


def _accept_overdue(order: Order, rules: ShopRules) -> Iterable[datetime]:
    """At the limit, then repeatedly until somebody accepts the order (R16)."""
    if order.status is not Status.NEW:
        return ()
    return _every(rules.accept_repeat_minutes, accept_by(order, rules))


def _photo_due(order: Order, rules: ShopRules) -> Iterable[datetime]:
    waits = order.status in IN_THE_SHOP and order.lacks_photo and not order.left_with_third_party
    return _photo_reminders(order, rules) if waits else ()


def _rating_overdue(order: Order, rules: ShopRules) -> Iterable[datetime]:
    due_at = answer_by(order, rules)
    return () if due_at is None else (due_at,)


def _photo_unseen(order: Order, rules: ShopRules) -> Iterable[datetime]:
    """Some minutes after the newest photo, while the client cannot see it (X20)."""
    if not order.is_photo_unseen or order.left_with_third_party:
        return ()
    pause = min(UNSEEN_MINUTES, rules.rating_minutes)
    return (order.progress.photos[-1].taken.at + timedelta(minutes=pause),)


def _answer_overdue(order: Order, rules: ShopRules) -> Iterable[datetime]:
    """Once for each unanswered proposal, as long after it as after a photo."""
    if order.is_final:
        return ()
    asked = (one.asked.at for one in order.agreements if one.is_open)
    return sorted(at + timedelta(minutes=rules.rating_minutes) for at in asked)


def _leave_now(order: Order, rules: ShopRules) -> Iterable[datetime]:
    moment = leave_by(order, rules)
    return (moment,) if moment is not None and order.status in IN_THE_SHOP else ()


def _late(order: Order, rules: ShopRules) -> Iterator[datetime]:
    """At the window's end, then some more times (R52); a pickup only once, since the client is late."""
    window, lateness, trip = order.details.window, order.progress.lateness, order.on_route
    if window is None or order.status not in IN_THE_SHOP | {Status.COURIER_LEFT}:
        return
    # Somebody who said how late they are, or learned it from the route (X26), is not asked before that.
    said = (lateness.until if lateness else None, trip.promised if trip else None)
    first = max([window.end, *filter(None, said)])
    times = 1 if order.details.delivery is DeliveryKind.PICKUP else LATE_TIMES
    for number in range(times):
        yield first + timedelta(minutes=rules.late_repeat_minutes) * number


def _in_doubt(order: Order, rules: ShopRules) -> Iterator[datetime]:
    """At once, then some more times until somebody decides."""
    if order.doubt is not None and order.is_in_doubt:
        for number in range(LATE_TIMES):
            yield order.doubt.raised.at + timedelta(minutes=rules.late_repeat_minutes) * number


def _stop(order: Order, rules: ShopRules) -> Iterator[datetime]:
    """The card tells it at once; then repeatedly until the carrier confirms the stop (R21)."""
    closing = order.progress.closing
    if closing is not None and must_stop(order) is not None:
        for number in range(1, LATE_TIMES + 1):
            yield closing.closed.at + timedelta(minutes=rules.stop_repeat_minutes) * number


def _phone_note(order: Order, rules: ShopRules) -> Iterable[datetime]:
    """Twice, while nobody has noted what the client said on the phone (R82)."""
    last = order.phone_accesses[-1] if order.phone_accesses else None
    if order.is_final or last is None or not last.lacks_note or last.allowed is None or last.until is None:
        return ()
    pause = min(PHONE_NOTE_MINUTES, rules.phone_minutes)
    return sorted({last.allowed.at + timedelta(minutes=pause), last.until})


def _third_party_check(order: Order, rules: ShopRules) -> Iterable[datetime]:
    """Every 30 minutes after the hand-over until they report, from the window's start (R43, R54)."""
    handed = order.progress.handed_over
    if handed is None or not order.with_third_party or order.status not in IN_THE_SHOP:
        return ()
    pause = timedelta(minutes=rules.third_party_minutes)
    said = [call.noted.at for call in order.calls if call.answer is CallAnswer.ON_THE_WAY]
    first, window = max([handed.at, *said]) + pause, order.details.window
    return _every(rules.third_party_minutes, max(first, window.start) if window else first)


def _address_unknown(order: Order, rules: ShopRules) -> Iterable[datetime]:
    """Twice before the order must leave; if both times had passed at acceptance, soon after it (X24)."""
    accepted, leave_at = order.progress.accepted, leave_by(order, rules)
    if order.status not in IN_THE_SHOP or accepted is None or not lacks_address(order):
        return ()
    soon = accepted.at + timedelta(minutes=min(UNSEEN_MINUTES, rules.address_minutes))
    if leave_at is None:
        return (soon,)
    pauses = (rules.address_minutes, rules.address_minutes / 2)
    before = [leave_at - timedelta(minutes=pause) for pause in pauses]
    return [moment for moment in before if moment > accepted.at] or (soon,)


def _courier_search(order: Order, rules: ShopRules) -> Iterator[datetime]:
    """When the search takes too long, and at each next step: support, spare couriers, the shop (R86)."""
    first, start = told_at(order, rules), spares_from(order, rules)
    if first is None or start is None or not is_waiting(order):
        return
    yield first
    if start > first:
        yield start
    noted = [call.noted.at for call in order.calls if call.noted.at > start]
    for number in range(1, LATE_TIMES + 1):
        yield max([start, *noted]) + timedelta(minutes=rules.spare_minutes) * number


def _offer_open(order: Order, rules: ShopRules) -> Iterable[datetime]:
    """Once, some minutes after the couriers were asked; the next reminder is the one to leave."""
    offered = order.progress.offered
    if offered is None or not order.is_offered:
        return ()
    return (offered.at + timedelta(minutes=rules.offer_minutes),)


def _return_open(order: Order, rules: ShopRules) -> Iterator[datetime]:
    """Repeatedly, until the chiefs decide what to do with an order that is brought back (R90, R91)."""
    if order.status is Status.RETURNING and order.returning is not None:
        for number in range(1, LATE_TIMES + 1):
            yield order.returning.at + timedelta(minutes=rules.return_minutes) * number


def _dispute_due(order: Order, rules: ShopRules) -> Iterable[datetime]:
    """24 and 4 hours before the marketplace decides for the client, while nobody has answered (X30)."""
    dispute = pending(order.disputes)
    if dispute is None or dispute.answered is not None:
        return ()
    left = {rules.dispute_first_hours, rules.dispute_last_hours}
    moments = sorted(dispute.answer_by - timedelta(hours=hours) for hours in left)
    return [moment for moment in moments if moment > dispute.opened.at]


def _reminders(order: Order, rules: ShopRules) -> Iterator[datetime]:
    """After 5 and 10 minutes (R16), as far as they come before the limit."""
    for minutes in sorted(rules.accept_reminders):
        if minutes < rules.accept_minutes:
            yield order.placed_at + timedelta(minutes=minutes)


def _photo_reminders(order: Order, rules: ShopRules) -> Iterator[datetime]:
    """30 and 10 minutes before the order must leave (R27), the first at the latest when the photo is due.

    If all of them had passed when the order came, the same before the window.
    """
    window, due, starts_at = order.details.window, photo_by(order, rules), _delivery_starts(order, rules)
    if window is None or due is None or starts_at is None or not rules.photo_before_minutes:
        return
    pauses = [timedelta(minutes=one) for one in sorted(rules.photo_before_minutes, reverse=True)]
    since = _since(order) or order.placed_at
    first, *others = (starts_at - pause for pause in pauses)
    in_time = sorted([first if since < first <= due else due, *others])
    yield from in_time if in_time[-1] > since else [window.start - pause for pause in pauses]


def _every(minutes: float, first: datetime) -> Iterator[datetime]:
    return (first + timedelta(minutes=minutes) * number for number in count())


_OF_THEIR_OWN = frozenset(
    {
        DeadlineKind.STOP,
        DeadlineKind.IN_DOUBT,
        DeadlineKind.ANSWER_OVERDUE,
        DeadlineKind.DISPUTE_DUE,
        DeadlineKind.PHONE_NOTE,
    }
)
"""These kinds count from their own event, not from the order's stage."""

_OCCURRENCES: Mapping[DeadlineKind, Callable[[Order, ShopRules], Iterable[datetime]]] = {
    DeadlineKind.STOP: _stop,
    DeadlineKind.IN_DOUBT: _in_doubt,
    DeadlineKind.ACCEPT_OVERDUE: _accept_overdue,
    DeadlineKind.ACCEPT_SOON: _to_accept,
    DeadlineKind.COURIER_SEARCH: _courier_search,
    DeadlineKind.ADDRESS_UNKNOWN: _address_unknown,
    DeadlineKind.LATE: _late,
    DeadlineKind.PHOTO_DUE: _photo_due,
    DeadlineKind.LEAVE_NOW: _leave_now,
    DeadlineKind.OFFER_OPEN: _offer_open,
    DeadlineKind.RETURN_OPEN: _return_open,
    DeadlineKind.PHOTO_UNSEEN: _photo_unseen,
    DeadlineKind.RATING_OVERDUE: _rating_overdue,
    DeadlineKind.ANSWER_OVERDUE: _answer_overdue,
    DeadlineKind.THIRD_PARTY_CHECK: _third_party_check,
    DeadlineKind.DISPUTE_DUE: _dispute_due,
    DeadlineKind.PHONE_NOTE: _phone_note,
}
