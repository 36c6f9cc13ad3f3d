"""Callback data of photos."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from messages.callbacks.order import RowId

Version = Annotated[int, Field(ge=0, lt=2**31)]


class CheckTap(CallbackData, prefix="k"):
    """A box of the checklist. `ticked`: the boxes ticked after the tap, one bit each.

    `photo` is the version to which the list belongs, 0 before there is one; `made_of` identifies the
    composition for which the list was made.
    """

    order: RowId
    photo: Version
    ticked: Annotated[int, Field(ge=0, lt=2**8)]
    made_of: str


class PoorTap(CallbackData, prefix="pp"):
    """«Всё равно отправить»: sends a waiting picture although it is dark or blurred."""

    photo: RowId
    order: RowId


class MoveDo(StrEnum):
    """Steps of moving a photo: ask for its order, move it, move it back, leave it."""

    ASK = "ask"
    TO = "to"
    BACK = "back"
    STAY = "stay"


class MoveTap(CallbackData, prefix="pm"):
    """A version of the photo, and the other order to which it may belong."""

    do: MoveDo
    order: RowId
    photo: Version
    to: RowId = 0


class NoteTap(CallbackData, prefix="n"):
    """The order for which a message is a note; 0: none of those offered.

    `photo`: a waiting picture that is the note; 0: the note is the message that the question replies to.
    """

    order: RowId
    photo: RowId = 0
