"""Callback data of orders. Telegram allows 64 bytes, so it contains ids only."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from orders.order.board import Day, Section

RowId = Annotated[int, Field(ge=-(2**63), lt=2**63)]
"""An id that fits the database's column: larger ids in forged data are rejected.

Trial orders have negative ids.
"""


class Do(StrEnum):
    """The action of a card's button; its label is the text `do-<value>`."""

    OPEN = "open"
    CARD = "card"
    MORE = "more"
    MORE_STILL = "more-still"
    DETAILS = "details"
    ACCEPT = "accept"
    DECLINE = "decline"
    DECLINE_YES = "decline-yes"
    ASSIGN = "assign"
    ASSIGN_TO = "assign-to"
    PHOTO = "photo"
    SHOW_PHOTO = "show-photo"
    LIKED = "liked"
    DISLIKED = "disliked"
    SELF = "self"
    FIND_COURIER = "find-courier"
    COURIER_IS = "courier-is"
    THIRD_PARTY = "third-party"
    LEFT = "left"
    PICKED_UP = "picked-up"
    COURIER_TEXT = "courier-text"
    DONE = "done"
    IN_PERSON = "in-person"
    THIRD_PERSON = "third-person"
    AGREED = "agreed"
    AS_AGREED = "as-agreed"
    REFUSED = "refused"
    REFUSED_YES = "refused-yes"
    REDISPATCH = "redispatch"
    CANCEL = "cancel"
    CANCEL_YES = "cancel-yes"
    UNDO = "undo"
    TAKE_BACK = "take-back"
    HIDE = "hide"
    HISTORY = "history"
    WHOLE = "whole"
    PRINT = "print"
    CONTACT = "contact"
    IN_APP = "in-app"
    CARRY_ON = "carry-on"
    PAPERS = "papers"
    AGREEMENTS = "agreements"
    STOPPED = "stopped"
    HISTORY_FILE = "history-file"
    OFFER = "offer"
    TAKE = "take"
    CANNOT = "cannot"
    ON_WAY = "on-way"
    ARRIVED = "arrived"
    LATE = "late"
    LATE_BY = "late-by"
    NOBODY = "nobody"
    BACK = "back"
    IN_SHOP = "in-shop"
    PROOF = "proof"
    SHOW_PROOF = "show-proof"
    CHOOSE_PROOF = "choose-proof"
    PROOF_IS = "proof-is"
    SHOW_WHERE = "show-where"
    HIDE_WHERE = "hide-where"
    STILL = "still"
    SAY = "say"
    NOTES = "notes"
    GIVE_TO = "give-to"
    WAIT = "wait"
    ASK_PHONE = "ask-phone"
    ALLOW_PHONE = "allow-phone"
    REFUSE_PHONE = "refuse-phone"
    PHONE_SAID = "phone-said"
    SEARCH = "search"
    CALLED_OFF = "called-off"
    CAME = "came"
    COST = "cost"
    ADDRESS = "address"
    ADDRESS_IS = "address-is"
    ASKED = "asked"
    ZONE_SAME = "zone-same"
    ZONE_OTHER = "zone-other"
    GUIDE = "guide"
    CLAIM = "claim"
    GIFT = "gift"
    ANY_CARD = "any-card"
    FLAG = "flag"
    FLAG_LINE = "flag-line"
    DISPUTE = "dispute"
    DISPUTE_SENT = "dispute-sent"
    DISPUTE_OVER = "dispute-over"


class Tap(CallbackData, prefix="o"):
    """A button of an order.

    `arg`: the id of a chosen colleague, the confirmed status, the index of a ready reason, minutes, or the
    kind of hand-over proof.
    """

    do: Do
    order: RowId
    arg: str = ""


class BoardTap(CallbackData, prefix="b"):
    """A filter or a page of the board."""

    day: Day
    section: Section
    page: int = 0


class PhotoFor(CallbackData, prefix="p"):
    """The order of a waiting photo; 0: none of those offered."""

    photo: RowId
    order: RowId


class Answer(CallbackData, prefix="a"):
    """A ready answer of the open dialogue; -1 closes the dialogue."""

    index: int
