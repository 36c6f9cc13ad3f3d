"""Who is told of what: one table says which event makes a sound for whom; everybody else sees a silent edit.

Nothing here sends: the rows go into the outbox in the same transaction as the change itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from orders.access.order_access import can_see
from orders.client.agreements import last_asker
from orders.model.order import Order
from orders.model.people import CHIEFS, Role
from orders.model.phone_access import PhoneAllowed, PhoneAsked, PhoneRefused
from orders.model.rules import ShopRules
from orders.model.status import Status, Step
from orders.order.changes import URGENT, Part, changed
from orders.order.marketplace_backlog import quiet_until
from orders.schedule.deadlines import DeadlineKind
from orders.steps import delivery_events as delivered
from orders.steps import events as happened
from services.order import client_recipients
from storage.sending.outbox import Channel, Kind, Outgoing, Priority
from storage.sending.shop_notifications import News, NewsKind
from storage.shop.shops import Shop
from storage.team.staff import Member


class Recipient(StrEnum):
    """Those who may be told aloud."""

    GROUP = "group"
    CHIEFS = "chiefs"
    MANAGERS = "managers"
    SELLER = "seller"
    CARRIER = "carrier"
    COURIERS = "couriers"
    """All of the shop's couriers."""
    HANDER = "hander"
    """Whoever gave the order to a third party."""
    ASKER = "asker"
    """Whoever asked the client for what he has answered last."""
    PHONE_ASKER = "phone_asker"
    """Whoever asked for the client's phone last (R82)."""


_WORKERS = frozenset({Recipient.SELLER, Recipient.CARRIER})

SOUNDS: dict[type[happened.Event], frozenset[Recipient]] = {
    happened.Received: frozenset({Recipient.GROUP, Recipient.CHIEFS}),
    happened.SellerAssigned: frozenset({Recipient.SELLER}),
    happened.CourierAssigned: frozenset({Recipient.CARRIER}),
    happened.PhotosTakenAway: frozenset({Recipient.SELLER}),
    happened.Rated: frozenset({Recipient.SELLER}),
    happened.Cancelled: _WORKERS | {Recipient.CHIEFS},
    happened.Declined: _WORKERS,
    happened.RecipientRefusedOrder: frozenset({Recipient.CHIEFS}),
    happened.Redispatched: frozenset({Recipient.CARRIER}),
    happened.Undone: _WORKERS,
    happened.Amended: _WORKERS,
    happened.ProposalAnswered: _WORKERS | {Recipient.ASKER},
    happened.ProposalWithdrawn: _WORKERS,
    happened.SurchargePaid: frozenset({Recipient.SELLER}),
    delivered.AddressFound: _WORKERS,
    delivered.OfferedToCouriers: frozenset({Recipient.COURIERS}),
    delivered.GaveBack: frozenset({Recipient.CHIEFS}),
    delivered.SaidLate: frozenset({Recipient.MANAGERS}),
    delivered.NobodyFound: frozenset({Recipient.CHIEFS}),
    delivered.BroughtBack: frozenset({Recipient.CHIEFS}),
    PhoneAsked: frozenset({Recipient.CHIEFS}),
    PhoneAllowed: frozenset({Recipient.PHONE_ASKER}),
    PhoneRefused: frozenset({Recipient.PHONE_ASKER}),
}
"""A sound only where a person must act now (R15, R20, R21, R32, R40, R90). The one who did it hears nothing,
and a photo that the client likes makes no sound at all."""


def _ears(order: Order, event: happened.Event) -> frozenset[Recipient]:
    if isinstance(event, happened.Rated):
        return _ears_of_rating(order, event)
    if isinstance(event, happened.Amended):
        return _ears_of_change(order)
    if isinstance(event, happened.ProposalAnswered | happened.ProposalWithdrawn):
        asker = SOUNDS[type(event)] - _WORKERS
        return asker | (_ears_of_change(order) if event.details is not None else frozenset())
    if isinstance(event, happened.Undone):
        return _ears_of_undo(order, event)
    if isinstance(event, delivered.Remarked):
        return frozenset({Recipient.MANAGERS if event.remark.by_carrier else Recipient.CARRIER})
    return SOUNDS.get(type(event), frozenset())


def _ears_of_undo(order: Order, event: happened.Undone) -> frozenset[Recipient]:
    """Those who heard the step, and the one whose step somebody else took back (X18)."""
    if order.is_offered and event.undone in _BOUND_TO_ONE:
        return SOUNDS[delivered.OfferedToCouriers]
    return SOUNDS[happened.Undone] if event.undone not in _SILENT_STEPS else frozenset()


_SILENT_STEPS = frozenset({Step.ACCEPT, Step.RATE, Step.CHECK})
"""Steps that made no sound for seller or courier and do not change what they have to do."""


def _ears_of_rating(order: Order, event: happened.Rated) -> frozenset[Recipient]:
    """A complaint is the seller's to mend; where there is none yet, the chiefs'."""
    if event.rating.liked:
        return frozenset()
    return SOUNDS[happened.Rated] if order.progress.seller else frozenset({Recipient.CHIEFS})


_BOUND_TO_ONE = frozenset({Step.TAKE, Step.ASSIGN_COURIER, Step.HAND_TO_THIRD_PARTY, Step.DISPATCH})
"""When one of these is undone, an order that was offered to all couriers is free again."""

_TOLD = (happened.Accepted, happened.PhotoAttached, happened.Dispatched, happened.Completed)
"""After these the marketplace may lack something that a call tells, or that it shows by itself."""

STILL_TOLD = timedelta(days=2)
"""How long after its end an order is still worth a call."""


def _ears_of_change(order: Order) -> frozenset[Recipient]:
    """Those who would do the wrong thing if they did not hear of it. On the way nobody asks what is in it."""
    before = order.amendment.before if order.amendment else order.details
    urgent = changed(before, order.details) & URGENT
    if not urgent - {Part.COMPOSITION}:
        return frozenset({Recipient.SELLER}) if urgent else frozenset()
    return SOUNDS[happened.Amended]


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a change of one order may concern: its shop and everybody who works there."""

    shop: Shop
    members: Sequence[Member]
    card_chats: frozenset[int] = frozenset()
    """Chats that hold a live card or are about to, those of former sellers and couriers too."""
    alarm_chats: frozenset[int] = frozenset()
    """Chats in which an alarm of the order stands, or is about to."""
    client_chat: int | None = None
    """The chat of the client, who has opened the order's link and was not locked out."""
    lost_chats: frozenset[int] = frozenset()
    """Chats that refused something of this order for good: a group that threw the bot out, for one.

    They are tried all the same, but others are told as if these were not there.
    """

    def chats(self, order: Order, ear: Recipient) -> Iterator[int]:
        """The chats behind an ear, as far as their people are connected."""
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
    ):  # works on something else by now
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
    """Everything that must leave because of this event: cards, alarms that may be over, calls, the copy."""
    now = event.mark.at
    doer = {member.telegram_id for member in audience.members if member.staff_id == event.mark.staff_id}
    aloud = _heard(order, event, audience) - doer
    rows = [_card(order, chat, sound=chat in aloud, now=now) for chat in sorted(aloud | audience.card_chats)]
    rows += [_alarm(order, chat, sound=False, now=now) for chat in sorted(audience.alarm_chats)]
    rows += _cards_again(order, event, audience.card_chats & doer, audience.shop.rules)
    rows += _without_phone(order, event, audience)
    rows += client_recipients.of_change(order, event, audience.client_chat, audience.shop.rules)
    if isinstance(event, _TOLD) and order.is_ahead:
        rows.append(_call_out(order, max(now, quiet_until(order, audience.shop.rules) or now)))
    rows.append(Outgoing(Channel.COPY, Kind.RECORD, order.id, Priority.COPY, now, version=order.version))
    return rows


def freed(order: Order, event: happened.Event, audience: Audience) -> list[News]:
    """The shop's own courier, who sees the order no more, hears that he need not come for it (R87)."""
    if not isinstance(event, delivered.MarketplaceCourierCame) or event.second is None:
        return []
    return [
        News(
            order.shop_id,
            member.telegram_id,
            NewsKind.COURIER_FREED,
            order.id,
            sound=True,
            not_before=event.mark.at,
        )
        for member in audience.members
        if member.telegram_id is not None and member.staff_id == event.second.staff_id
    ]


def _cards_again(
    order: Order, event: happened.Event, chats: Iterable[int], rules: ShopRules
) -> list[Outgoing]:
    """The card of the one who did it, once the button that takes it back at once is over (X18)."""
    until = quiet_until(order, rules)
    if until is None or until <= event.mark.at:
        return []
    return [
        replace(_card(order, chat, sound=False, now=until), kind=Kind.CARD_AGAIN) for chat in sorted(chats)
    ]


def _without_phone(order: Order, event: happened.Event, audience: Audience) -> list[Outgoing]:
    """The cards that show the client's phone, when the time for it is over (R82).

    The `subject` keeps these rows apart from those of other requests and of an undo: each has its own time.
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
    return _chats(order, _with_stand_ins(order, _ears(order, event), audience), audience)


def _with_stand_ins(order: Order, ears: frozenset[Recipient], audience: Audience) -> frozenset[Recipient]:
    """What managers are to hear, the directors hear where no manager is connected."""
    alone = Recipient.MANAGERS in ears and not _reached(order, {Recipient.MANAGERS}, audience)
    return ears | {Recipient.CHIEFS} if alone else ears


TO_ACCEPT = frozenset({DeadlineKind.ACCEPT_SOON, DeadlineKind.ACCEPT_OVERDUE})
"""The ladder that rings until somebody accepts an order (R16)."""


def reaches_anybody(order: Order, kind: DeadlineKind, step: int, audience: Audience) -> bool:
    """Whether a reminder rings for anybody at all."""
    return bool(_called(order, kind, step, audience) - audience.lost_chats)


def of_deadline(
    order: Order, kind: DeadlineKind, step: int, audience: Audience, now: datetime
) -> list[Outgoing]:
    """The alarm of a deadline that fell due; `step` counts the reminders of its ladder up to now."""
    aloud = _called(order, kind, step, audience)
    alarms = [
        _alarm(order, chat, sound=chat in aloud, now=now) for chat in sorted(aloud | audience.alarm_chats)
    ]
    alarms += client_recipients.of_deadline(order, kind, audience.client_chat, now)
    # The cards say how much time is left: they are drawn again, silently.
    return alarms + [_card(order, chat, sound=False, now=now) for chat in sorted(audience.card_chats)]


@dataclass(frozen=True, slots=True)
class _Call:
    """Who hears a reminder: the first of `choices` that reaches anybody, and `also` in any case."""

    choices: Sequence[frozenset[Recipient]]
    also: frozenset[Recipient] = frozenset()


def _call(order: Order, kind: DeadlineKind, step: int) -> _Call:
    """A sound only for those who must act now; where they cannot be reached, for the chiefs.

    A later step reaches more people. To accept (R16): the first reminder the group, the later ones the
    managers too, the overdue alarm the directors as well; without a group the managers hear the first one.
    The photo (R27): the second the managers. Where no manager is connected, the directors stand in.
    """
    later = frozenset({Recipient.MANAGERS}) if step > 1 else frozenset[Recipient]()
    chiefs = frozenset({Recipient.CHIEFS})
    if kind is DeadlineKind.STOP:
        holder = Recipient.HANDER if order.with_third_party else Recipient.CARRIER
        return _Call((frozenset({holder, Recipient.MANAGERS}), chiefs))
    if kind is DeadlineKind.LATE and order.status is Status.COURIER_LEFT:
        return _Call((frozenset({Recipient.CARRIER, Recipient.MANAGERS}), chiefs))
    return {
        DeadlineKind.IN_DOUBT: _Call((chiefs,)),
        DeadlineKind.ACCEPT_SOON: _Call(
            (frozenset({Recipient.GROUP}), frozenset({Recipient.MANAGERS})), later
        ),
        DeadlineKind.ACCEPT_OVERDUE: _Call((chiefs | {Recipient.GROUP},)),
        DeadlineKind.PHOTO_DUE: _Call((frozenset({Recipient.SELLER}), chiefs), later),
        DeadlineKind.COURIER_SEARCH: _Call((frozenset({Recipient.SELLER, Recipient.MANAGERS}), chiefs)),
        DeadlineKind.ADDRESS_UNKNOWN: _Call((frozenset({Recipient.SELLER, Recipient.MANAGERS}), chiefs)),
        DeadlineKind.OFFER_OPEN: _Call((frozenset({Recipient.SELLER}), chiefs)),
        DeadlineKind.RETURN_OPEN: _Call((chiefs,)),
        DeadlineKind.PHOTO_UNSEEN: _Call((frozenset({Recipient.SELLER}), chiefs)),
        DeadlineKind.RATING_OVERDUE: _Call((frozenset({Recipient.SELLER}), chiefs)),
        DeadlineKind.ANSWER_OVERDUE: _Call((frozenset({Recipient.SELLER}), chiefs)),
        DeadlineKind.PHONE_NOTE: _Call((frozenset({Recipient.PHONE_ASKER}),)),
        DeadlineKind.LEAVE_NOW: _Call((_WORKERS, chiefs)),
        DeadlineKind.LATE: _Call((chiefs | {Recipient.SELLER},)),
        DeadlineKind.THIRD_PARTY_CHECK: _Call(
            (frozenset({Recipient.HANDER}), frozenset({Recipient.SELLER}), chiefs)
        ),
    }[kind]


def _called(order: Order, kind: DeadlineKind, step: int, audience: Audience) -> set[int]:
    call = _call(order, kind, step)
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
    """The call for what the marketplace lacks of an order that came back, or that it did not know until now.

    Nothing when the order is long over.
    """
    is_over = order.is_final and now - (order.progress.since or order.received_at) > STILL_TOLD
    return [_call_out(order, now)] if order.is_ahead and not is_over else []


def _call_out(order: Order, now: datetime) -> Outgoing:
    """One row per order, whatever is to be told: that is found out when it leaves."""
    return Outgoing(Channel.MARKETPLACE, Kind.CALL, order.id, Priority.CALL, now, target=order.id)


def _card(order: Order, chat: int, *, sound: bool, now: datetime) -> Outgoing:
    return Outgoing(Channel.TELEGRAM, Kind.CARD, order.id, Priority.CARD, now, target=chat, sound=sound)


def _alarm(order: Order, chat: int, *, sound: bool, now: datetime) -> Outgoing:
    return Outgoing(Channel.TELEGRAM, Kind.ALARM, order.id, Priority.ALARM, now, target=chat, sound=sound)
