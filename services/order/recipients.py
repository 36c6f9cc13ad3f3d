"""Outbox rows for the recipients of a change; `orders.bell.table` defines who gets a sound for what.

Nothing is sent here: the rows go into the outbox in the transaction of the change itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from orders.access.order_access import can_see
from orders.bell.ringing import NOT_KNOWN, Hearing, group_rings, rings_in_private
from orders.bell.table import Recipient, ears, rings_in_quiet_hours
from orders.bell.table import call as call_of
from orders.bell.table import must_ring as must_ring_of
from orders.client.agreements import last_asker
from orders.model.order import Order
from orders.model.people import CHIEFS, Role
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.order.marketplace_backlog import quiet_until
from orders.schedule.deadlines import DeadlineKind
from orders.schedule.reminders import FOR_ACCEPTANCE
from orders.steps import delivery_events as delivered
from orders.steps import events as happened
from orders.steps.events import PhoneAllowed
from services.order import client_recipients
from storage.sending.outbox import Channel, Kind, Outgoing, Priority
from storage.sending.shop_notifications import News, NewsKind, to_all
from storage.shop.shops import Shop
from storage.team.staff import Member

_TOLD = (happened.Accepted, happened.PhotoAttached, happened.Dispatched, happened.Completed)
"""Events after which the marketplace may lack something: a call reports it, or it finds out by itself."""

LADDER = 1
"""The `subject` of a bell that reminds of an order that already waits."""

STILL_TOLD = timedelta(days=2)
"""How long after an order's end the marketplace is still called about it."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody whom a change of one order may concern: its shop and all who work there."""

    shop: Shop
    members: Sequence[Member]
    card_chats: frozenset[int] = frozenset()
    """Chats that hold a live card or will soon, including those of former sellers and couriers."""
    alarm_chats: frozenset[int] = frozenset()
    """Chats that show an alarm of the order, or will soon."""
    client_chat: int | None = None
    """The chat of the client who has opened the order's link, if it is not revoked."""
    lost_chats: frozenset[int] = frozenset()
    """Chats that permanently refused a message of this order, such as a group that removed the bot.

    They are still tried, but stand-ins are notified as if these chats did not exist.
    """

    waiting_chats: frozenset[int] = frozenset()
    """Chats whose message of waiting orders names this order, or will soon."""
    hearing: Mapping[int, Hearing] = field(default_factory=dict)
    """By staff id: what is known of how each of the staff can be reached."""

    def rings(self, chat: int, now: datetime, *, in_group_too: bool = False, must_ring: bool) -> bool:
        """Whether a message that should make a sound may make one in this chat."""
        if chat == self.shop.group_chat_id:
            return group_rings(self.hearing.values())
        ids = [member.staff_id for member in self.members if member.telegram_id == chat]
        hearing = self.hearing.get(ids[0], NOT_KNOWN) if ids else NOT_KNOWN
        local = now.astimezone(self.shop.rules.zone).time()
        in_group_too = in_group_too and group_rings(self.hearing.values())
        return rings_in_private(hearing, local, in_group_too=in_group_too, must_ring=must_ring)

    def chats(self, order: Order, ear: Recipient) -> Iterator[int]:
        """The chats of a kind of recipient, for people who are connected."""
        if ear is Recipient.GROUP:
            if self.shop.group_chat_id is not None:
                yield self.shop.group_chat_id
            return
        for member in self.members:
            if member.telegram_id is not None and _is_meant(order, member, ear):
                yield member.telegram_id


def _is_meant(order: Order, member: Member, ear: Recipient) -> bool:
    progress = order.progress
    if ear is Recipient.MANAGERS:
        return member.role is Role.MANAGER
    if ear is Recipient.CHIEFS:
        return member.role in CHIEFS
    if ear is Recipient.COURIERS:
        return member.role is Role.COURIER
    if ear in {Recipient.HANDER, Recipient.ASKER, Recipient.PHONE_ASKER} and not can_see(
        order, member.actor
    ):  # no longer works on this order
        return False
    one = {
        Recipient.SELLER: progress.seller,
        Recipient.CARRIER: progress.carrier,
        Recipient.HANDER: progress.handed_over,
        Recipient.ASKER: last_asker(order),
        Recipient.PHONE_ASKER: order.phone_accesses[-1].asked if order.phone_accesses else None,
    }[ear]
    return one is not None and one.staff_id == member.staff_id


def of_change(order: Order, event: happened.Event, audience: Audience) -> list[Outgoing]:
    """All rows that this event causes: cards, updates of alarms, calls, the copy."""
    now = event.mark.at
    doer = {member.telegram_id for member in audience.members if member.staff_id == event.mark.staff_id}
    rows = _waiting_rows(order, event, doer, audience)
    heard = set() if isinstance(event, happened.Received) else _heard(order, event, audience) - doer
    must_ring = rings_in_quiet_hours(order, event)
    aloud = {chat for chat in heard if audience.rings(chat, now, must_ring=must_ring)}
    rows += [_card(order, chat, sound=chat in aloud, now=now) for chat in sorted(aloud | audience.card_chats)]
    in_quiet = sorted(heard - aloud)
    rows += [replace(_card(order, chat, sound=False, now=now), kind=Kind.CARD_ANEW) for chat in in_quiet]
    rows += [_alarm(order, chat, sound=False, now=now) for chat in sorted(audience.alarm_chats)]
    rows += _cards_again(order, event, audience.card_chats & doer, audience.shop.rules)
    rows += _without_phone(order, event, audience)
    rows += client_recipients.of_change(order, event, audience.client_chat, audience.shop.rules)
    if isinstance(event, _TOLD) and order.is_ahead:
        rows.append(_call_out(order, max(now, quiet_until(order, audience.shop.rules) or now)))
    if not order.is_trial:
        rows.append(Outgoing(Channel.COPY, Kind.RECORD, order.id, Priority.COPY, now, version=order.version))
    return rows


def of_other_times(
    order: Order, cards: Iterable[int], alarms: Iterable[int], now: datetime
) -> list[Outgoing]:
    """Silent updates of cards and reminders, because the route has moved the order's times (X26)."""
    rows = [_card(order, chat, sound=False, now=now) for chat in sorted(cards)]
    return rows + [_alarm(order, chat, sound=False, now=now) for chat in sorted(alarms)]


def freed(order: Order, event: happened.Event, audience: Audience) -> list[News]:
    """Tells the shop's own courier, who no longer sees the order, that they need not come for it (R87)."""
    if not isinstance(event, delivered.MarketplaceCourierCame) or event.second is None:
        return []
    theirs = [one for one in audience.members if one.staff_id == event.second.staff_id]
    return to_all(theirs, NewsKind.COURIER_FREED, order.id, event.mark.at, sound=True)


def _waiting_rows(
    order: Order, event: happened.Event, doer: set[int | None], audience: Audience
) -> list[Outgoing]:
    """Rows that add the order to the message of waiting orders, or remove it there (X14)."""
    now = event.mark.at
    if isinstance(event, happened.Received):
        return _bells(order, _heard(order, event, audience) - doer, audience, now, must_ring=False)
    if isinstance(event, happened.Undone) and order.status is Status.NEW:
        readers = _chats(order, {Recipient.GROUP, Recipient.CHIEFS}, audience)
        bells = _bells(order, readers, audience, now, must_ring=False)
        return [replace(bell, sound=False) for bell in bells]
    return [_waiting(order, chat, now) for chat in sorted(audience.waiting_chats)]


def _bells(
    order: Order, chats: set[int], audience: Audience, now: datetime, *, must_ring: bool, subject: int = 0
) -> list[Outgoing]:
    """One bell per chat; it is silent in private for those who hear it in the group."""
    in_group_too = bool(chats & {audience.shop.group_chat_id} - audience.lost_chats)
    return [
        Outgoing(
            Channel.TELEGRAM,
            Kind.BELL,
            order.id,
            Priority.ALARM,
            now,
            target=chat,
            sound=audience.rings(chat, now, in_group_too=in_group_too, must_ring=must_ring),
            subject=subject,
        )
        for chat in sorted(chats)
    ]


def _cards_again(
    order: Order, event: happened.Event, chats: Iterable[int], rules: ShopRules
) -> list[Outgoing]:
    """Redraw the card of the person who did the step when its undo button expires (X18)."""
    until = quiet_until(order, rules)
    if until is None or until <= event.mark.at:
        return []
    return [
        replace(_card(order, chat, sound=False, now=until), kind=Kind.CARD_AGAIN) for chat in sorted(chats)
    ]


def _without_phone(order: Order, event: happened.Event, audience: Audience) -> list[Outgoing]:
    """Redraw the cards that show the client's phone when the permission ends (R82).

    The `subject` distinguishes these rows from those of other requests and of an undo: each has its own time.
    """
    if not isinstance(event, PhoneAllowed):
        return []
    readers = {event.asked.staff_id, event.mark.staff_id}
    chats = sorted(
        member.telegram_id
        for member in audience.members
        if member.telegram_id is not None and member.staff_id in readers
    )
    cards = [_card(order, chat, sound=False, now=event.until) for chat in chats]
    count = len(order.phone_accesses)
    return [replace(card, kind=Kind.CARD_AGAIN, subject=count) for card in cards]


def _heard(order: Order, event: happened.Event, audience: Audience) -> set[int]:
    return _chats(order, _with_stand_ins(order, ears(order, event), audience), audience)


def _with_stand_ins(order: Order, ears: frozenset[Recipient], audience: Audience) -> frozenset[Recipient]:
    """Adds the directors where managers are to be notified and none is connected."""
    alone = Recipient.MANAGERS in ears and not _reached(order, {Recipient.MANAGERS}, audience)
    return ears | {Recipient.CHIEFS} if alone else ears


def reaches_anybody(order: Order, kind: DeadlineKind, step: int, audience: Audience) -> bool:
    """Whether a reminder rings for anybody."""
    return bool(_called(order, kind, step, audience) - audience.lost_chats)


def of_deadline(
    order: Order, kind: DeadlineKind, step: int, audience: Audience, now: datetime
) -> list[Outgoing]:
    """The alarm of a deadline that fell due; `step` counts the reminders of its ladder so far."""
    heard = _called(order, kind, step, audience)
    must_ring = must_ring_of(order, kind, audience.shop.rules, now)
    if kind in FOR_ACCEPTANCE:
        alarms = _bells(order, heard, audience, now, must_ring=must_ring, subject=LADDER)
        alarms += [_waiting(order, chat, now) for chat in sorted(audience.waiting_chats - heard)]
    else:
        aloud = {chat for chat in heard if audience.rings(chat, now, must_ring=must_ring)}
        chats = sorted(heard | audience.alarm_chats)
        alarms = [_alarm(order, chat, sound=chat in aloud, now=now) for chat in chats]
    alarms += client_recipients.of_deadline(order, kind, audience.client_chat, now)
    # The cards show how much time is left, so they are redrawn silently.
    return alarms + [_card(order, chat, sound=False, now=now) for chat in sorted(audience.card_chats)]


def _called(order: Order, kind: DeadlineKind, step: int, audience: Audience) -> set[int]:
    call = call_of(order, kind, step)
    choices = (_with_stand_ins(order, ears, audience) for ears in (*call.choices, call.also))
    *in_turn, also = (_chats(order, ears, audience) for ears in choices)
    called = also
    for chats in in_turn:
        called |= chats
        if chats - audience.lost_chats:
            break
    return called


def _reached(order: Order, ears: Iterable[Recipient], audience: Audience) -> set[int]:
    return _chats(order, ears, audience) - audience.lost_chats


def _chats(order: Order, ears: Iterable[Recipient], audience: Audience) -> set[int]:
    return {chat for ear in ears for chat in audience.chats(order, ear)}


def still_to_tell(order: Order, now: datetime) -> list[Outgoing]:
    """The call for an order that was restored or joined, if the marketplace lacks something of it.

    Returns nothing when the order ended long ago.
    """
    is_over = order.is_final and now - (order.progress.since or order.received_at) > STILL_TOLD
    return [_call_out(order, now)] if order.is_ahead and not is_over else []


def _call_out(order: Order, now: datetime) -> Outgoing:
    """One row per order: what to call for is determined when it is sent."""
    return Outgoing(Channel.MARKETPLACE, Kind.CALL, order.id, Priority.CALL, now, target=order.id)


def _card(order: Order, chat: int, *, sound: bool, now: datetime) -> Outgoing:
    return Outgoing(Channel.TELEGRAM, Kind.CARD, order.id, Priority.CARD, now, target=chat, sound=sound)


def _waiting(order: Order, chat: int, now: datetime) -> Outgoing:
    return waiting_again(order.id, chat, now)


def waiting_again(order_id: int, chat: int, now: datetime) -> Outgoing:
    """Redraw the message of all waiting orders; the row belongs to one of the orders in it."""
    return Outgoing(Channel.TELEGRAM, Kind.WAITING, order_id, Priority.ALARM, now, target=chat)


def _alarm(order: Order, chat: int, *, sound: bool, now: datetime) -> Outgoing:
    return Outgoing(Channel.TELEGRAM, Kind.ALARM, order.id, Priority.ALARM, now, target=chat, sound=sound)
