"""The status flow: a table of which step leads from which status to which, and which parties may take it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orders.model.people import Party


class Status(StrEnum):
    """The statuses of an order, in the marketplace's order; `RETURNING` is ours (R90)."""

    NEW = "new"
    ACCEPTED = "accepted"
    PHOTO = "photo"
    COURIER_LEFT = "courier_left"
    RETURNING = "returning"
    DONE = "done"
    CANCELLED = "cancelled"
    DECLINED = "declined"


FINAL = frozenset({Status.DONE, Status.CANCELLED, Status.DECLINED})
"""Only an undo leads out of these statuses."""

IN_THE_SHOP = frozenset({Status.ACCEPTED, Status.PHOTO})

_RANKS = {status: rank for rank, status in enumerate(Status)}
_RANKS[Status.RETURNING] = _RANKS[Status.COURIER_LEFT]
_RANKS[Status.DECLINED] = _RANKS[Status.CANCELLED]


def is_further(status: Status, than: Status) -> bool:
    """Whether the marketplace counts it as further: it has no "returning", and declined is cancelled."""
    return _RANKS[status] > _RANKS[than]


class Step(StrEnum):
    """The kinds of command, as the status table names them."""

    ACCEPT = "accept"
    DECLINE = "decline"
    CANCEL = "cancel"
    ASSIGN_SELLER = "assign_seller"
    ASSIGN_COURIER = "assign_courier"
    RELEASE = "release"
    ATTACH_PHOTO = "attach_photo"
    TAKE_PHOTOS_AWAY = "take_photos_away"
    CHECK = "check"
    RATE = "rate"
    DISPATCH = "dispatch"
    HAND_TO_THIRD_PARTY = "hand_to_third_party"
    PICK_UP = "pick_up"
    COMPLETE = "complete"
    RECIPIENT_REFUSED = "recipient_refused"
    REDISPATCH = "redispatch"
    OFFER = "offer"
    TAKE = "take"
    GIVE_BACK = "give_back"
    ARRIVE = "arrive"
    SAY_LATE = "say_late"
    FIND_NOBODY = "find_nobody"
    BRING_BACK = "bring_back"
    COME_BACK = "come_back"
    ATTACH_PROOF = "attach_proof"
    CHOOSE_PROOF = "choose_proof"
    SAY_CODE = "say_code"
    NOTE_CALL = "note_call"
    SAY = "say"
    NOTE = "note"
    HIDE = "hide"
    AMEND = "amend"
    MARKETPLACE_HAS = "marketplace_has"
    PHOTO_SHOWN = "photo_shown"
    RAISE_DOUBT = "raise_doubt"
    CARRY_ON = "carry_on"
    PROPOSE = "propose"
    ANSWER = "answer"
    AGREED_IN_APP = "agreed_in_app"
    EXTRA_PAID = "extra_paid"
    WITHDRAW = "withdraw"
    SEE_STOP = "see_stop"
    ASK_PHONE = "ask_phone"
    ALLOW_PHONE = "allow_phone"
    REFUSE_PHONE = "refuse_phone"
    GIVE_GIFT = "give_gift"
    TAKE_GIFT_OUT = "take_gift_out"
    FLAG_LINE = "flag_line"
    DISPUTE = "dispute"
    ANSWER_DISPUTE = "answer_dispute"
    SETTLE_DISPUTE = "settle_dispute"
    SEARCH = "search"
    CALL_OFF = "call_off"
    TELL_SUPPORT = "tell_support"
    COURIER_CAME = "courier_came"
    NOTE_COST = "note_cost"
    ASK_ADDRESS = "ask_address"
    FIND_ADDRESS = "find_address"
    CHECK_ZONE = "check_zone"
    NOTE_PHONE_CALL = "note_phone_call"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Move:
    """A row of the table: the status to which the step leads, and which parties may take it."""

    to: Status
    parties: frozenset[Party]


_CHIEFS = frozenset({Party.DIRECTOR, Party.MANAGER})
_WORKERS = _CHIEFS | {Party.ASSIGNED_SELLER}
_ON_THE_WAY = _CHIEFS | {Party.CARRIER}
_CANCELLERS = _CHIEFS | {Party.CLIENT, Party.MARKETPLACE}

_LIVING = tuple(status for status in Status if status not in FINAL)

TABLE: dict[tuple[Status, Step], Move] = {
    (Status.NEW, Step.ACCEPT): Move(Status.ACCEPTED, _CHIEFS | {Party.MARKETPLACE}),
    **{
        (status, Step.DECLINE): Move(Status.DECLINED, _CHIEFS)
        for status in (Status.NEW, Status.ACCEPTED, Status.PHOTO)
    },
    **{
        (status, Step.CANCEL): Move(Status.CANCELLED, _CANCELLERS)
        for status in (Status.NEW, Status.ACCEPTED, Status.PHOTO, Status.COURIER_LEFT, Status.RETURNING)
    },
    **{(status, Step.ASSIGN_SELLER): Move(status, _CHIEFS) for status in (Status.ACCEPTED, Status.PHOTO)},
    **{
        (status, step): Move(to, _WORKERS)
        for status in (Status.ACCEPTED, Status.PHOTO)
        for step, to in (
            (Step.ASSIGN_COURIER, status),
            (Step.ATTACH_PHOTO, Status.PHOTO),
            (Step.CHECK, status),
            (Step.HAND_TO_THIRD_PARTY, status),
            (Step.PICK_UP, status),
            (Step.OFFER, status),
            (Step.NOTE_CALL, status),
            (Step.GIVE_GIFT, status),
            (Step.TAKE_GIFT_OUT, status),
            (Step.SEARCH, status),
            (Step.CALL_OFF, status),
            (Step.ASK_ADDRESS, status),
            (Step.FIND_ADDRESS, status),
            (Step.CHECK_ZONE, status),
        )
    },
    **{
        (status, step): Move(to, _WORKERS | also | {Party.MARKETPLACE})  # also in the marketplace's app
        for status in (Status.ACCEPTED, Status.PHOTO)
        for step, to, also in (
            (Step.DISPATCH, Status.COURIER_LEFT, {Party.CARRIER}),  # the courier takes it along (R53)
            (Step.COMPLETE, Status.DONE, frozenset[Party]()),
        )
    },
    **{
        (status, Step.SAY): Move(status, _WORKERS | {Party.CARRIER})
        for status in (Status.ACCEPTED, Status.PHOTO, Status.COURIER_LEFT, Status.RETURNING)
    },
    **{
        (status, step): Move(status, _WORKERS)
        for status in (Status.ACCEPTED, Status.PHOTO, Status.COURIER_LEFT)
        for step in (Step.TELL_SUPPORT, Step.COURIER_CAME)
    },
    **{(status, Step.NOTE): Move(status, _WORKERS | {Party.CARRIER}) for status in Status},
    (Status.COURIER_LEFT, Step.FIND_ADDRESS): Move(Status.COURIER_LEFT, _WORKERS | {Party.CARRIER}),
    **{
        (status, Step.NOTE_COST): Move(status, _WORKERS)
        for status in (Status.ACCEPTED, Status.PHOTO, Status.COURIER_LEFT, Status.RETURNING, Status.DONE)
    },
    # The order stays in status PHOTO if another photo is left, or if the marketplace has one.
    (Status.PHOTO, Step.TAKE_PHOTOS_AWAY): Move(Status.ACCEPTED, _WORKERS),
    **{
        (status, Step.RELEASE): Move(status, _WORKERS | {Party.CARRIER})
        for status in (Status.ACCEPTED, Status.PHOTO)
    },
    (Status.PHOTO, Step.RATE): Move(Status.PHOTO, _WORKERS | {Party.CLIENT, Party.MARKETPLACE}),
    (Status.COURIER_LEFT, Step.COMPLETE): Move(Status.DONE, _WORKERS | {Party.CARRIER, Party.MARKETPLACE}),
    (Status.RETURNING, Step.COMPLETE): Move(Status.DONE, frozenset({Party.MARKETPLACE})),
    **{
        (status, Step.TAKE): Move(status, frozenset({Party.INVITED}))
        for status in (Status.ACCEPTED, Status.PHOTO)
    },
    **{
        (status, Step.GIVE_BACK): Move(status, frozenset({Party.CARRIER}))
        for status in (Status.ACCEPTED, Status.PHOTO)
    },
    (Status.COURIER_LEFT, Step.ARRIVE): Move(Status.COURIER_LEFT, frozenset({Party.CARRIER})),
    (Status.COURIER_LEFT, Step.SAY_LATE): Move(Status.COURIER_LEFT, _ON_THE_WAY),
    (Status.COURIER_LEFT, Step.FIND_NOBODY): Move(Status.COURIER_LEFT, _ON_THE_WAY),
    (Status.COURIER_LEFT, Step.BRING_BACK): Move(Status.RETURNING, _ON_THE_WAY),
    (Status.COURIER_LEFT, Step.ATTACH_PROOF): Move(Status.COURIER_LEFT, _ON_THE_WAY),
    (Status.DONE, Step.ATTACH_PROOF): Move(Status.DONE, _WORKERS | {Party.CARRIER}),
    **{(status, Step.CHOOSE_PROOF): Move(status, _CHIEFS) for status in _LIVING},
    (Status.COURIER_LEFT, Step.SAY_CODE): Move(Status.COURIER_LEFT, _WORKERS | {Party.CARRIER}),
    **{(status, Step.SAY_CODE): Move(status, _WORKERS) for status in IN_THE_SHOP},
    (Status.COURIER_LEFT, Step.RECIPIENT_REFUSED): Move(Status.RETURNING, _ON_THE_WAY),
    (Status.RETURNING, Step.COME_BACK): Move(Status.RETURNING, _WORKERS | {Party.CARRIER}),
    (Status.RETURNING, Step.ASSIGN_COURIER): Move(Status.RETURNING, _CHIEFS),
    (Status.RETURNING, Step.REDISPATCH): Move(Status.COURIER_LEFT, _CHIEFS),
    **{(status, Step.HIDE): Move(status, _CHIEFS) for status in (Status.CANCELLED, Status.DECLINED)},
    **{
        (status, step): Move(status, _CHIEFS | {Party.MARKETPLACE})
        for status in _LIVING
        for step in (Step.AMEND, Step.CARRY_ON)
    },
    **{(status, Step.FLAG_LINE): Move(status, _CHIEFS) for status in _LIVING},
    # Details that could not be read while the order was open are filled in after its end.
    **{(status, Step.AMEND): Move(status, frozenset({Party.MARKETPLACE})) for status in FINAL},
    **{(status, Step.RAISE_DOUBT): Move(status, frozenset({Party.MARKETPLACE})) for status in _LIVING},
    **{
        (status, step): Move(status, who)
        for status in (Status.ACCEPTED, Status.PHOTO, Status.COURIER_LEFT, Status.RETURNING)
        for step, who in (
            (Step.ASK_PHONE, _WORKERS),
            (Step.ALLOW_PHONE, _CHIEFS),
            (Step.REFUSE_PHONE, _CHIEFS),
            (Step.PROPOSE, _WORKERS),
            (Step.ANSWER, _WORKERS | {Party.CLIENT}),
            (Step.WITHDRAW, _WORKERS),
        )
    },
    **{
        (status, step): Move(status, _WORKERS)
        for status in (Status.ACCEPTED, Status.PHOTO, Status.COURIER_LEFT, Status.RETURNING, Status.DONE)
        for step in (Step.AGREED_IN_APP, Step.EXTRA_PAID, Step.NOTE_PHONE_CALL)
    },
    (Status.DONE, Step.DISPUTE): Move(Status.DONE, _CHIEFS | {Party.CLIENT}),
    (Status.DONE, Step.ANSWER_DISPUTE): Move(Status.DONE, _CHIEFS),
    (Status.DONE, Step.SETTLE_DISPUTE): Move(Status.DONE, _CHIEFS),
    (Status.CANCELLED, Step.SEE_STOP): Move(Status.CANCELLED, _WORKERS | {Party.CARRIER}),
    **{
        (status, Step.PHOTO_SHOWN): Move(status, frozenset({Party.CLIENT}))
        for status in (Status.PHOTO, Status.COURIER_LEFT, Status.RETURNING)
    },
    (Status.NEW, Step.MARKETPLACE_HAS): Move(Status.NEW, frozenset({Party.MARKETPLACE})),
    **{
        (status, Step.MARKETPLACE_HAS): Move(status, _WORKERS | {Party.CARRIER, Party.MARKETPLACE})
        for status in Status
        if status is not Status.NEW
    },
}
"""Undo is not in the table: it leads from any status to the previous one (X4)."""
