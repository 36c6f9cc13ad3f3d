"""What the buttons about photos carry."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from messages.callbacks.order import RowId

Version = Annotated[int, Field(ge=0, lt=2**31)]


class CheckTap(CallbackData, prefix="k"):
    """A box of the tick list. `ticked` is what is ticked after the tap, one bit per box.

    `photo` is the version under which the list stands, 0 before there is one; `made_of` tells the list from
    those of other compositions.
    """

    order: RowId
    photo: Version
    ticked: Annotated[int, Field(ge=0, lt=2**8)]
    made_of: str


class PoorTap(CallbackData, prefix="pp"):
    """«Всё равно отправить»: a waiting picture of this order is sent although it is dark or blurred."""

    photo: RowId
    order: RowId


class MoveDo(StrEnum):
    """The steps of moving a photo: ask which order it is of, move it, move it back, leave it."""

    ASK = "ask"
    TO = "to"
    BACK = "back"
    STAY = "stay"


class MoveTap(CallbackData, prefix="pm"):
    """A version of the photo that may be of another order, and that other order."""

    do: MoveDo
    order: RowId
    photo: Version
    to: RowId = 0


class NoteTap(CallbackData, prefix="n"):
    """The order that a message is a note on; 0: on none of those offered.

    `photo`: a waiting picture that is the note; without it the message that the question answers.
    """

    order: RowId
    photo: RowId = 0
