"""Callback data of reports."""

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
    """The action of a report's button."""

    GLANCE = "glance"
    DETAILS = "details"
    FILE = "file"
    CLOSE = "close"


class SummaryTap(CallbackData, prefix="su"):
    """A report of a shop or of the person who taps; rights are checked at the tap.

    `day`: the ordinal of one of the report's days, so that an old message keeps its days.
    """

    do: SummaryDo
    shop: ShopId
    period: Period = Period.DAY
    day: Annotated[int, Field(ge=_EARLIEST, le=_LATEST)] = _EARLIEST
