"""Callback data of agreements with the client."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from messages.callbacks.order import RowId

Place = Annotated[int, Field(ge=0, lt=1000)]
"""The number of an agreement within its order, or the index of a product in its composition."""


class AgreementDo(StrEnum):
    """The button's action; its label is the text `agreement-do-<value>`."""

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
    """The client's answer in their own chat; the opened link decides whether the order is theirs."""

    order: RowId
    number: Place
    agreed: bool


class AgreementTap(CallbackData, prefix="ag"):
    """A button of an agreement; `place` is the agreement's number or the index of the product to replace."""

    do: AgreementDo
    order: RowId
    place: Place = 0
