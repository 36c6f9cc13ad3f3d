"""Callback data of price lists."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from messages.callbacks.order import RowId


class ImportDo(StrEnum):
    """The action for a price list."""

    SHOW = "show"
    APPLY = "apply"
    DROP = "drop"


class ImportPart(StrEnum):
    """The parts of a list that are shown."""

    CHANGED = "changed"
    NEW = "new"
    MISSING = "missing"


class ImportTap(CallbackData, prefix="pl"):
    """A page of one part, or the decision about the list."""

    list: RowId
    do: ImportDo = ImportDo.SHOW
    part: ImportPart = ImportPart.CHANGED
    page: Annotated[int, Field(ge=0, lt=10**6)] = 0
