"""What the buttons of agreements with the client carry."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from messages.callbacks.order import RowId

Place = Annotated[int, Field(ge=0, lt=1000)]
"""The number of an agreement within its order, or the place of goods in its composition."""


class AgreementDo(StrEnum):
    """What a button asks for; its label is the text `agreement-do-<value>`."""

    WINDOW = "window"
    SUBSTITUTION = "substitution"
    SURCHARGE = "surcharge"
    THIRD_PERSON = "third_person"
    REPLACE = "replace"
    SHOW = "show"
    SEND = "send"
    CHANGE = "change"
    YES = "yes"
    NO = "no"
    IN_APP = "in-app"
    PAID = "paid"
    WITHDRAW = "withdraw"


class ClientAnswerTap(CallbackData, prefix="ca"):
    """The client's answer in a chat of their own; whose order it is, the link that was opened there says."""

    order: RowId
    number: Place
    agreed: bool


class AgreementTap(CallbackData, prefix="ag"):
    """A button of an agreement; `place` says which one, or which goods are to be replaced."""

    do: AgreementDo
    order: RowId
    place: Place = 0
