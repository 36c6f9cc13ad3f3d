"""Callback data of a card that one member alone sees in the group."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from messages.callbacks.order import RowId


class InGroup(StrEnum):
    """The button's action; its label is the text `in-group-<value>`."""

    CARD = "card"
    DETAILS = "details"
    CLOSE = "close"


class InGroupTap(CallbackData, prefix="e"):
    """A button of such a card; `order` is 0 if the person may see no order."""

    do: InGroup
    order: RowId
