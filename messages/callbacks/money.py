"""Callback data of money reports."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from messages.callbacks.order import RowId


class ReportPart(StrEnum):
    """The two lists of a report."""

    DIFFERENCES = "differences"
    MISSING = "missing"


class ReportsTap(CallbackData, prefix="ml"):
    """A page of the list of reports."""

    page: Annotated[int, Field(ge=0, lt=10**6)] = 0


class ReportTap(CallbackData, prefix="mr"):
    """A page of one of a report's lists."""

    report: RowId
    part: ReportPart = ReportPart.DIFFERENCES
    page: Annotated[int, Field(ge=0, lt=10**6)] = 0
