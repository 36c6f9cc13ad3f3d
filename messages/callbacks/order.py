"""What the buttons carry. Telegram holds 64 bytes: ids, no data."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from orders.order.board import Day, Section

RowId = Annotated[int, Field(ge=-(2**63), lt=2**63)]
"""An id as the database can hold it: what a forger makes larger is no button of ours.

Trial orders have ids below zero.
"""


class Do(StrEnum):
    """What a button of a card asks for; its label is the text `do-<value>`."""

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

    `arg`: a staff id where somebody is chosen, the status that is confirmed, the number of a ready reason,
    minutes, or what proves the hand-over.
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
    """The order that a waiting photo belongs to; 0 is none of those offered."""

    photo: RowId
    order: RowId


class Answer(CallbackData, prefix="a"):
    """A ready answer of the dialogue that is open; -1 ends the dialogue."""

    index: int
