"""The table of sounds: who hears which event and reminder; everybody else gets a silent edit.

Only this table decides who hears. `orders.bell.ringing` decides in which chats, by the group and each
person's own choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import get_args

from orders.model.delivery_facts import RemarkKind
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.model.status import IN_THE_SHOP, Status, Step
from orders.model.tables import whole_table
from orders.order.changes import URGENT, Part, changed
from orders.schedule.deadlines import DeadlineKind, deadlines
from orders.steps import delivery_events as delivered
from orders.steps import events as happened
from orders.steps.events import (
    DisputeAnswered,
    DisputeOpened,
    DisputeSettled,
    GiftGiven,
    GiftTakenOut,
    PhoneAllowed,
    PhoneAsked,
    PhoneCallNoted,
    PhoneRefused,
)
from orders.steps.mishaps.proofs import is_locked


class Recipient(StrEnum):
    """Groups of people who may get a message with sound."""

    GROUP = "group"
    CHIEFS = "chiefs"
    MANAGERS = "managers"
    SELLER = "seller"
    CARRIER = "carrier"
    COURIERS = "couriers"
    """All of the shop's couriers."""
    HANDER = "hander"
    """The member of staff who gave the order to a third party."""
    ASKER = "asker"
    """The member of staff who asked the question that the client answered last."""
    PHONE_ASKER = "phone_asker"
    """The member of staff who last asked for the client's phone (R82)."""


_WORKERS = frozenset({Recipient.SELLER, Recipient.CARRIER})

SILENT = frozenset[Recipient]()

SOUNDS = whole_table(
    get_args(happened.Event),
    [
        (happened.Received, frozenset({Recipient.GROUP, Recipient.CHIEFS})),
        (happened.SellerAssigned, frozenset({Recipient.SELLER})),
        (happened.CourierAssigned, frozenset({Recipient.CARRIER})),
        (happened.PhotosTakenAway, frozenset({Recipient.SELLER})),
        (happened.Rated, frozenset({Recipient.SELLER})),
        (happened.Cancelled, _WORKERS | {Recipient.CHIEFS}),
        (happened.Declined, _WORKERS),
        (happened.RecipientRefusedOrder, frozenset({Recipient.CHIEFS})),
        (happened.Redispatched, frozenset({Recipient.CARRIER})),
        (happened.Undone, _WORKERS),
        (happened.Amended, _WORKERS),
        (happened.ProposalAnswered, _WORKERS | {Recipient.ASKER}),
        (happened.ProposalWithdrawn, _WORKERS),
        (happened.SurchargePaid, frozenset({Recipient.SELLER})),
        (delivered.AddressFound, _WORKERS),
        (delivered.OfferedToCouriers, frozenset({Recipient.COURIERS})),
        (delivered.GaveBack, frozenset({Recipient.CHIEFS})),
        (delivered.SaidLate, frozenset({Recipient.MANAGERS})),
        (delivered.NobodyFound, frozenset({Recipient.CHIEFS})),
        (delivered.BroughtBack, frozenset({Recipient.CHIEFS, Recipient.CARRIER})),
        (PhoneAsked, frozenset({Recipient.CHIEFS})),
        (PhoneAllowed, frozenset({Recipient.PHONE_ASKER})),
        (PhoneRefused, frozenset({Recipient.PHONE_ASKER})),
        (DisputeOpened, frozenset({Recipient.CHIEFS})),
        (happened.Accepted, SILENT),
        (happened.Released, SILENT),
        (happened.PhotoAttached, SILENT),
        (happened.CheckedOff, SILENT),
        (happened.Dispatched, SILENT),
        (happened.HandedToThirdParty, SILENT),
        (happened.PickedUp, SILENT),
        (happened.Completed, SILENT),
        (delivered.OfferTaken, SILENT),
        (delivered.Arrived, SILENT),
        (delivered.CameBack, SILENT),
        (delivered.ProofAttached, SILENT),
        (delivered.ProofChosen, SILENT),
        (delivered.CodeSaid, frozenset({Recipient.CHIEFS})),
        (delivered.CallNoted, SILENT),
        (delivered.Remarked, frozenset({Recipient.MANAGERS, Recipient.SELLER, Recipient.CARRIER})),
        (delivered.SearchStarted, SILENT),
        (delivered.SearchCalledOff, SILENT),
        (delivered.SupportTold, SILENT),
        (delivered.MarketplaceCourierCame, SILENT),
        (delivered.CostNoted, SILENT),
        (delivered.AddressAsked, SILENT),
        (delivered.ZoneChecked, SILENT),
        (happened.HiddenFromList, SILENT),
        (happened.MarketplaceTold, SILENT),
        (happened.PhotoSeen, SILENT),
        (happened.DoubtRaised, SILENT),
        (happened.CarriedOn, SILENT),
        (happened.LineFlagged, SILENT),
        (happened.Proposed, SILENT),
        (happened.AgreementInApp, SILENT),
        (happened.StopSeen, SILENT),
        (PhoneCallNoted, SILENT),
        (GiftGiven, SILENT),
        (GiftTakenOut, SILENT),
        (DisputeAnswered, SILENT),
        (DisputeSettled, SILENT),
    ],
)
"""A row for each event: a sound only for those who must act now (R15, R20, R21, R32, R40, R90).

The actor hears nothing, and a photo that the client likes makes no sound.
"""


def ears(order: Order, event: happened.Event) -> frozenset[Recipient]:
    """The recipients who hear the event; the caller leaves out the actor."""
    if isinstance(event, happened.Rated):
        return _ears_of_rating(order, event)
    if isinstance(event, happened.Amended):
        return _ears_of_change(order)
    if isinstance(event, happened.ProposalAnswered | happened.ProposalWithdrawn):
        asker = SOUNDS[type(event)] - _WORKERS
        return asker | (_ears_of_change(order) if event.details is not None else frozenset())
    if isinstance(event, happened.Undone):
        return _ears_of_undo(order, event)
    return _ears_on_the_way(order, event)


def _ears_on_the_way(order: Order, event: happened.Event) -> frozenset[Recipient]:
    if isinstance(event, delivered.CodeSaid):  # after the last wrong code only a chief can go on
        return SOUNDS[type(event)] if not event.is_right and is_locked(order) else SILENT
    if isinstance(event, delivered.Remarked):
        return _ears_of_note(order, event)
    is_quiet = isinstance(event, happened.SellerAssigned) and not event.heard
    return SILENT if is_quiet else SOUNDS[type(event)]


def _ears_of_note(order: Order, event: delivered.Remarked) -> frozenset[Recipient]:
    """Those who have to act on a note now (X19).

    A note of the courier or the seller goes to the managers. A note of the shop goes to the seller while the
    order is in the shop, and to the courier until it is handed over. A sticker asks for nothing and is
    silent.
    """
    seller, remark = order.progress.seller, event.remark
    if remark.kind is RemarkKind.STICKER:
        return SILENT
    if remark.by_carrier:
        return SOUNDS[type(event)] & {Recipient.MANAGERS}
    by_seller = seller is not None and seller.staff_id == event.mark.staff_id
    heard = {Recipient.MANAGERS} if by_seller else set[Recipient]()
    if order.status in IN_THE_SHOP and not by_seller:
        heard.add(Recipient.SELLER)
    if remark.to_carrier and not order.is_final:
        heard.add(Recipient.CARRIER)
    return SOUNDS[type(event)] & heard


def rings_in_quiet_hours(order: Order, event: happened.Event) -> bool:
    """Whether an event rings in quiet hours too; a note does so only during a delivery."""
    is_note_in_shop = isinstance(event, delivered.Remarked) and order.status in IN_THE_SHOP
    return isinstance(event, MUST_RING_EVENTS) and not is_note_in_shop


def _ears_of_undo(order: Order, event: happened.Undone) -> frozenset[Recipient]:
    """Those who heard the step, and the person whose step somebody else undid (X18)."""
    if order.is_offered and event.undone in _BOUND_TO_ONE:
        return SOUNDS[delivered.OfferedToCouriers]
    return SOUNDS[happened.Undone] if event.undone not in _SILENT_STEPS else frozenset()


_SILENT_STEPS = frozenset({Step.ACCEPT, Step.RATE, Step.CHECK})
"""Steps that made no sound for seller or courier and did not change their work."""


def _ears_of_rating(order: Order, event: happened.Rated) -> frozenset[Recipient]:
    """A complaint is heard by the seller, or by the chiefs if no seller is assigned."""
    if event.rating.liked:
        return frozenset()
    return SOUNDS[happened.Rated] if order.progress.seller else frozenset({Recipient.CHIEFS})


_BOUND_TO_ONE = frozenset({Step.TAKE, Step.ASSIGN_COURIER, Step.HAND_TO_THIRD_PARTY, Step.DISPATCH})
"""Steps whose undo makes an order that was offered to all couriers free again."""


def _ears_of_change(order: Order) -> frozenset[Recipient]:
    """Those who would work with wrong data; a changed composition does not concern the carrier."""
    before = order.amendment.before if order.amendment else order.details
    urgent = changed(before, order.details) & URGENT
    if not urgent - {Part.COMPOSITION}:
        return frozenset({Recipient.SELLER}) if urgent else frozenset()
    return SOUNDS[happened.Amended]


MUST_RING_EVENTS: tuple[type[happened.Event], ...] = (
    happened.Cancelled,
    happened.Declined,
    happened.RecipientRefusedOrder,
    delivered.GaveBack,
    delivered.SaidLate,
    delivered.NobodyFound,
    delivered.CodeSaid,
    delivered.Remarked,
)
_MUST_RING_REMINDERS = frozenset({
    DeadlineKind.STOP,
    DeadlineKind.IN_DOUBT,
    DeadlineKind.ACCEPT_OVERDUE,
    DeadlineKind.LATE,
    DeadlineKind.LEAVE_NOW,
})  # fmt: skip
"""Reminders that ring in quiet hours too: a delivery goes wrong, or an order is about to be lost."""


def must_ring(order: Order, kind: DeadlineKind, rules: ShopRules, now: datetime) -> bool:
    """Whether a reminder rings in quiet hours too.

    Of a dispute only the last reminder does (X30): after it, an answer at the end of the quiet hours may be
    too late. After the first one hours are left.
    """
    if kind is DeadlineKind.DISPUTE_DUE:
        return all(later.kind is not kind for later in deadlines(order, rules, {kind: now}))
    return kind in _MUST_RING_REMINDERS


@dataclass(frozen=True, slots=True)
class Call:
    """Who hears a reminder: the first of `choices` in which somebody can be reached, and always `also`."""

    choices: Sequence[frozenset[Recipient]]
    also: frozenset[Recipient] = frozenset()


def call(order: Order, kind: DeadlineKind, step: int) -> Call:
    """Who hears a reminder: those who must act now, or the chiefs if none of them can be reached.

    Later steps reach more people. Accepting (R16): the group hears the first reminder, the managers the later
    ones too, the directors the overdue alarm as well; without a group the managers hear the first one. Photo
    (R27): the managers hear the second. If no manager is connected, the directors stand in.
    """
    later = frozenset({Recipient.MANAGERS}) if step > 1 else frozenset[Recipient]()
    chiefs = frozenset({Recipient.CHIEFS})
    if kind is DeadlineKind.STOP:
        holder = Recipient.HANDER if order.with_third_party else Recipient.CARRIER
        return Call((frozenset({holder, Recipient.MANAGERS}), chiefs))
    if kind is DeadlineKind.LATE and order.status is Status.COURIER_LEFT:
        return Call((frozenset({Recipient.CARRIER, Recipient.MANAGERS}), chiefs))
    return {
        DeadlineKind.IN_DOUBT: Call((chiefs,)),
        DeadlineKind.ACCEPT_SOON: Call(
            (frozenset({Recipient.GROUP}), frozenset({Recipient.MANAGERS})), later
        ),
        DeadlineKind.ACCEPT_OVERDUE: Call((chiefs | {Recipient.GROUP},)),
        DeadlineKind.PHOTO_DUE: Call((frozenset({Recipient.SELLER}), chiefs), later),
        DeadlineKind.COURIER_SEARCH: Call((frozenset({Recipient.SELLER, Recipient.MANAGERS}), chiefs)),
        DeadlineKind.ADDRESS_UNKNOWN: Call((frozenset({Recipient.SELLER, Recipient.MANAGERS}), chiefs)),
        DeadlineKind.PHONE_NOTE: Call((frozenset({Recipient.PHONE_ASKER}),)),
        DeadlineKind.OFFER_OPEN: Call((frozenset({Recipient.SELLER}), chiefs)),
        DeadlineKind.RETURN_OPEN: Call((chiefs,)),
        DeadlineKind.PHOTO_UNSEEN: Call((frozenset({Recipient.SELLER}), chiefs)),
        DeadlineKind.RATING_OVERDUE: Call((frozenset({Recipient.SELLER}), chiefs)),
        DeadlineKind.ANSWER_OVERDUE: Call((frozenset({Recipient.SELLER}), chiefs)),
        DeadlineKind.LEAVE_NOW: Call((_WORKERS, chiefs)),
        DeadlineKind.DISPUTE_DUE: Call((chiefs,)),
        DeadlineKind.LATE: Call((chiefs | {Recipient.SELLER},)),
        DeadlineKind.THIRD_PARTY_CHECK: Call(
            (frozenset({Recipient.HANDER}), frozenset({Recipient.SELLER}), chiefs)
        ),
    }[kind]
