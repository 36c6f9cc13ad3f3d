"""What the buttons under a report carry."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from messages.callbacks.goods import ShopId
from orders.report.spans import Period

_EARLIEST, _LATEST = date(2000, 1, 1).toordinal(), date(2999, 12, 31).toordinal()


class SummaryDo(StrEnum):
    """What a button under a report asks for."""

    GLANCE = "glance"
    DETAILS = "details"
    FILE = "file"
    CLOSE = "close"


class SummaryTap(CallbackData, prefix="su"):
    """A report of a shop, or of the one who presses: who may read what is asked when it is pressed.

    `day`: one of the days that it tells of, as an ordinal: an old message keeps telling of its own days.
    """

    do: SummaryDo
    shop: ShopId
    period: Period = Period.DAY
    day: Annotated[int, Field(ge=_EARLIEST, le=_LATEST)] = _EARLIEST
