"""Callback data of the shop's day: its load, its plan, the shopping list."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from messages.callbacks.goods import FarthestPage, ShopId
from messages.callbacks.order import RowId

DayNumber = Annotated[int, Field(ge=0, le=3_652_059)]
"""`date.toordinal`; 0 for today."""


class LoadDo(StrEnum):
    """The action of a button about the load."""

    OPEN = "open"
    """Open the screen below the pinned board."""
    SHOW = "show"
    PICTURE = "pic"
    FEWER = "fewer"
    HIDE = "hide"
    DISMISS = "no"


class LoadTap(CallbackData, prefix="ld"):
    """A button about a shop's load. `hour`: its start in Unix seconds; `spell`: hours to hide the shop."""

    do: LoadDo
    shop: ShopId = 0
    day: DayNumber = 0
    hour: Annotated[int, Field(ge=0, lt=2**40)] = 0
    spell: str = ""


class PlanDo(StrEnum):
    """The action of a button of the plan."""

    OPEN = "open"
    SHOW = "show"
    WHO = "who"
    GIVE = "give"
    GIVE_ALL = "all"
    STAFF = "staff"
    TURN = "turn"
    """Switch whether a person works on this day."""
    BUY = "buy"


class PlanTap(CallbackData, prefix="dp"):
    """A button of a shop's plan of the day."""

    do: PlanDo
    shop: ShopId = 0
    day: DayNumber = 0
    page: FarthestPage = 0
    order: RowId = 0
    person: RowId = 0
