"""Who is told of what: one table says which event makes a sound for whom; everybody else sees a silent edit.

Nothing here sends: the rows go into the outbox in the same transaction as the change itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from orders import events as happened
from orders.deadlines import DeadlineKind
from orders.order import Order
from orders.people import CHIEFS, Role
from orders.status import Status
from storage.outbox import Channel, Kind, Outgoing, Priority
from storage.shops import Shop
from storage.staff import Member


class Ear(StrEnum):
    """Those who may be told aloud."""

    GROUP = "group"
    CHIEFS = "chiefs"
    SELLER = "seller"
    CARRIER = "carrier"


_WORKERS = frozenset({Ear.SELLER, Ear.CARRIER})

SOUNDS: dict[type[happened.Event], frozenset[Ear]] = {
    happened.Received: frozenset({Ear.GROUP, Ear.CHIEFS}),
    happened.SellerAssigned: frozenset({Ear.SELLER}),
    happened.CourierAssigned: frozenset({Ear.CARRIER}),
    happened.Cancelled: _WORKERS | {Ear.CHIEFS},
    happened.Declined: _WORKERS,
    happened.RecipientRefusedOrder: frozenset({Ear.CHIEFS}),
    happened.Redispatched: frozenset({Ear.CARRIER}),
    happened.Undone: _WORKERS,
}
"""A sound only where a person must act now (R15, R20, R21, R40, R90). The one who did it hears nothing."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a change of one order may concern: its shop and everybody who works there."""

    shop: Shop
    members: Sequence[Member]
    card_chats: frozenset[int] = frozenset()
    """Chats that hold a live card already, those of former sellers and couriers too."""

    def chats(self, order: Order, ear: Ear) -> Iterator[int]:
        """The chats behind an ear, as far as their people are connected."""
        if ear is Ear.GROUP:
            if self.shop.group_chat_id is not None:
                yield self.shop.group_chat_id
            return
        for member in self.members:
            if member.telegram_id is not None and _is_meant(order, member, ear):
                yield member.telegram_id


def _is_meant(order: Order, member: Member, ear: Ear) -> bool:
    seller, carrier = order.progress.seller, order.progress.carrier
    if ear is Ear.SELLER:
        return seller is not None and seller.staff_id == member.staff_id
    if ear is Ear.CARRIER:
        return carrier is not None and carrier.staff_id == member.staff_id
    return member.role in CHIEFS


def of_change(order: Order, event: happened.Event, audience: Audience) -> list[Outgoing]:
    """Everything that must leave because of this event: cards, alarms to be taken down, the copy."""
    now = event.mark.at
    doer = {member.telegram_id for member in audience.members if member.staff_id == event.mark.staff_id}
    aloud = {
        chat
        for ear in SOUNDS.get(type(event), frozenset())
        for chat in audience.chats(order, ear)
        if chat not in doer
    }
    everyone = aloud | audience.card_chats
    for ear in Ear:
        everyone |= set(audience.chats(order, ear))
    rows = [_card(order, chat, sound=chat in aloud, now=now) for chat in sorted(everyone)]
    if order.status is not Status.NEW:
        rows += [_alarm(order, chat, sound=False, now=now) for chat in sorted(_alarm_chats(order, audience))]
    rows.append(Outgoing(Channel.COPY, Kind.RECORD, order.id, Priority.COPY, now, version=order.version))
    return rows


def of_deadline(
    order: Order, kind: DeadlineKind, step: int, audience: Audience, now: datetime
) -> list[Outgoing]:
    """The alarm of a deadline that fell due; `step` counts the reminders that were due up to now.

    Each step reaches more people (R16): the first reminder the group, the later ones the managers too, the
    overdue alarm the directors as well.
    """
    chats = set(audience.chats(order, Ear.GROUP))
    if kind is DeadlineKind.ACCEPT_OVERDUE:
        chats |= set(audience.chats(order, Ear.CHIEFS))
    elif step > 1:
        managers = (member.telegram_id for member in audience.members if member.role is Role.MANAGER)
        chats |= {chat for chat in managers if chat is not None}
    alarms = [_alarm(order, chat, sound=True, now=now) for chat in sorted(chats)]
    # The cards say how much time is left: they are drawn again, silently.
    return alarms + [_card(order, chat, sound=False, now=now) for chat in sorted(audience.card_chats)]


def _alarm_chats(order: Order, audience: Audience) -> Iterator[int]:
    yield from audience.chats(order, Ear.GROUP)
    yield from audience.chats(order, Ear.CHIEFS)


def _card(order: Order, chat: int, *, sound: bool, now: datetime) -> Outgoing:
    return Outgoing(Channel.TELEGRAM, Kind.CARD, order.id, Priority.CARD, now, target=chat, sound=sound)


def _alarm(order: Order, chat: int, *, sound: bool, now: datetime) -> Outgoing:
    return Outgoing(Channel.TELEGRAM, Kind.ALARM, order.id, Priority.ALARM, now, target=chat, sound=sound)
