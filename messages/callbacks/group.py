"""What the buttons of an order's card carry that one member of the group sees there."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from messages.callbacks.order import RowId


class InGroup(StrEnum):
    """What is asked of a card in the group; its label is the text `in-group-<value>`."""

    CARD = "card"
    DETAILS = "details"
    CLOSE = "close"


class InGroupTap(CallbackData, prefix="e"):
    """A button of such a card; `order` 0 where the person may see no order."""

    do: InGroup
    order: RowId
