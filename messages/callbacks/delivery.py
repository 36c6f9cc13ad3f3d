"""What the buttons carry that stand under deliveries and couriers from outside."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from messages.callbacks.order import RowId


class DeliveriesTap(CallbackData, prefix="d"):
    """A page of one's own deliveries, or the orders that any courier may take."""

    page: Annotated[int, Field(ge=0, lt=10_000)]
    offers: bool = False


class AddressFor(CallbackData, prefix="af"):
    """The order whose address a text is; 0: none here, and the text is taken out of the chat."""

    order: RowId


class SpareDo(StrEnum):
    """What a button of the spare couriers asks for; the answers of a call are `CallAnswer`'s."""

    SHOW = "show"
    COMES = "comes"
    CANNOT = "cannot"
    NO_ANSWER = "no_answer"


class SpareTap(CallbackData, prefix="sp"):
    """A spare courier who is called for an order; `spare` 0 is the first who was not called yet."""

    do: SpareDo
    order: RowId
    spare: RowId = 0


class SpareListDo(StrEnum):
    """What a button of the list itself asks for."""

    SHOW = "show"
    ADD = "add"
    OPEN = "open"
    REMOVE = "remove"


class SpareListTap(CallbackData, prefix="sl"):
    """The list of the spare couriers, or one of them."""

    do: SpareListDo
    spare: RowId = 0
