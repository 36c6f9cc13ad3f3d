"""Rows for the order's client, and which of them make a sound, if somebody has opened the order's link (X7).

To notify the client of a new kind of event, add a function to `messages.client.notifications.NEWS`. The event
comes through the desk; the row is stored in its transaction, and is sent after the commit. Where no client is
linked, there is no row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from messages.client.notifications import NEWS
from orders.model.order import Order
from orders.model.people import CHIEFS, Role
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.order.marketplace_backlog import quiet_until
from orders.schedule.deadlines import DeadlineKind
from orders.steps import events as happened
from orders.steps.delivery_events import Arrived, ProofAttached
from orders.steps.mishaps.proofs import client_code
from orders.steps.photos import gathering
from storage.client.positions import ShownPosition
from storage.sending.outbox import Channel, Kind, Outgoing, Priority
from storage.team.staff import Member

MAP_EVERY = timedelta(seconds=15)
"""Minimum interval between two updates of a courier's position in the client's chat."""
ALOUD = (happened.Accepted, happened.Dispatched, happened.Completed, happened.Cancelled, happened.Declined)
"""The client gets these with sound: order in work, on its way, finished. Other changes are silent edits."""


_NUDGES = {
    DeadlineKind.RATING_OVERDUE: Kind.CLIENT_NUDGE,
    DeadlineKind.ANSWER_OVERDUE: Kind.CLIENT_ANSWER_NUDGE,
}


def of_change(order: Order, event: happened.Event, chat: int | None, rules: ShopRules) -> list[Outgoing]:
    """The client's rows for a change: the card, a photo to be rated, other news.

    Clients get no news of their own steps.
    """
    if chat is None:
        return []
    now, is_own = event.mark.at, event.mark.role is Role.CLIENT
    rows = [_card(order, event, chat, rules)]
    if isinstance(event, happened.PhotoAttached):
        rows.append(_row(order, Kind.CLIENT_PHOTO, chat, now + gathering(rules), sound=True))
    if isinstance(event, happened.PhotosTakenAway):
        rows.append(_row(order, Kind.CLIENT_PHOTO_AWAY, chat, now))
    if isinstance(event, happened.Completed | ProofAttached):
        rows += _of_handover(order, chat, max(now, quiet_until(order, rules) or now))
    if type(event) in NEWS and not is_own:
        rows.append(_row(order, Kind.CLIENT_NEWS, chat, now, subject=order.version, sound=True))
    return rows


def _of_handover(order: Order, chat: int, at: datetime) -> list[Outgoing]:
    """The photos of the hand-over follow the final card, without another sound (X23)."""
    if order.status is not Status.DONE or not order.proofs:
        return []
    return [_row(order, Kind.CLIENT_HANDOVER, chat, at)]


def _card(order: Order, event: happened.Event, chat: int, rules: ShopRules) -> Outgoing:
    """The client's card waits while the step may still be undone (X18)."""
    now = event.mark.at
    until = quiet_until(order, rules)
    if until is not None and now < until:
        return _row(order, Kind.CLIENT_STEP, chat, until, sound=True)
    asks_code = isinstance(event, Arrived) and bool(client_code(order, rules))  # needed now (X25)
    aloud = (isinstance(event, ALOUD) or asks_code) and event.mark.role is not Role.CLIENT
    return _row(order, Kind.CLIENT_CARD, chat, now, sound=aloud)


def of_deadline(order: Order, kind: DeadlineKind, chat: int | None, now: datetime) -> list[Outgoing]:
    """Ask a client again who has not rated the photo, or not answered a proposal (R29, R30, R66)."""
    if chat is not None and kind is DeadlineKind.LATE:  # the arrival time on the card has passed
        return [_row(order, Kind.CLIENT_CARD, chat, now)]
    nudge = _NUDGES.get(kind)
    if chat is None or nudge is None:
        return []
    return [_row(order, nudge, chat, now, sound=True)]


def of_opening(order: Order, chat: int, now: datetime) -> list[Outgoing]:
    """Show the order's state, and its photo if there is one, to a client who opens the link."""
    rows = [_row(order, Kind.CLIENT_CARD, chat, now, sound=True)]
    if order.progress.photos and not order.is_final:
        rows.append(_row(order, Kind.CLIENT_PHOTO, chat, now))
    return rows + _of_handover(order, chat, now)


def of_map(shown: ShownPosition, now: datetime) -> Outgoing:
    """Update the courier's position, at most once per `MAP_EVERY` and without sound (X23)."""
    at = now if shown.sent_at is None else max(now, shown.sent_at + MAP_EVERY)
    return _map_row(Kind.CLIENT_MAP, shown.order_id, shown.client_chat, at)


def of_map_end(shown: ShownPosition) -> Outgoing:
    """Check the map again when the courier's sharing time ends."""
    return _map_row(Kind.MAP_OVER, shown.order_id, shown.client_chat, shown.until)


def of_map_over(shown: ShownPosition, now: datetime) -> list[Outgoing]:
    """Delete the map from the client's chat, and change the bot's note in the courier's."""
    rows = []
    if shown.map_id is not None:
        rows.append(_map_row(Kind.MAP_OVER, shown.order_id, shown.client_chat, now, shown.map_id))
    if shown.note_id is not None:
        rows.append(_map_row(Kind.MAP_NOTE_OVER, shown.order_id, shown.courier_chat, now, shown.note_id))
    return rows


def _map_row(kind: Kind, order_id: int, chat: int, at: datetime, subject: int = 0) -> Outgoing:
    return Outgoing(
        Channel.TELEGRAM, kind, order_id, Priority.CARD, at, target=chat, sound=False, subject=subject
    )


def of_thumbs(order: Order, chat: int, now: datetime) -> Outgoing:
    """The rating buttons below an album, which cannot have its own; silent, as the album made a sound."""
    return _row(order, Kind.CLIENT_THUMBS, chat, now)


def of_talk(order_id: int, said_id: int, chat: int, now: datetime) -> Outgoing:
    """Pass one side's words to the other."""
    return Outgoing(
        Channel.TELEGRAM,
        Kind.CLIENT_TALK,
        order_id,
        Priority.CARD,
        now,
        target=chat,
        sound=True,
        subject=said_id,
    )


def of_second(order: Order, chat: int, now: datetime) -> Outgoing:
    """Notify one of the staff that a second person opened the client's link."""
    return _row(order, Kind.CLIENT_SECOND, chat, now, sound=True)


def of_photo(order: Order, kind: Kind, members: Iterable[Member], now: datetime) -> list[Outgoing]:
    """Rows for the seller, who deals with it; where the seller is not connected, for the chiefs."""
    seller = order.progress.seller
    connected = [(member, member.telegram_id) for member in members if member.telegram_id is not None]
    sellers = [chat for member, chat in connected if seller and member.staff_id == seller.staff_id]
    chiefs = [chat for member, chat in connected if member.role in CHIEFS]
    return [_row(order, kind, chat, now, sound=True) for chat in sellers or chiefs]


def _row(
    order: Order, kind: Kind, chat: int, now: datetime, *, sound: bool = False, subject: int = 0
) -> Outgoing:
    return Outgoing(
        Channel.TELEGRAM, kind, order.id, Priority.CARD, now, target=chat, sound=sound, subject=subject
    )
