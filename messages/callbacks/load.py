"""What the buttons of the shop's day carry: its load, its plan, what to buy."""

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
    """What a button about the load asks for."""

    OPEN = "open"
    """From the pinned board: the screen below it."""
    SHOW = "show"
    PICTURE = "pic"
    FEWER = "fewer"
    HIDE = "hide"
    DISMISS = "no"


class LoadTap(CallbackData, prefix="ld"):
    """A button about the load of one shop. `hour`: its beginning in seconds; `spell`: hours to hide for."""

    do: LoadDo
    shop: ShopId = 0
    day: DayNumber = 0
    hour: Annotated[int, Field(ge=0, lt=2**40)] = 0
    spell: str = ""


class PlanDo(StrEnum):
    """What a button of the plan asks for."""

    OPEN = "open"
    SHOW = "show"
    WHO = "who"
    GIVE = "give"
    GIVE_ALL = "all"
    STAFF = "staff"
    TURN = "turn"
    """A person works on this day, or does not."""
    BUY = "buy"


class PlanTap(CallbackData, prefix="dp"):
    """A button of the plan of one shop's day."""

    do: PlanDo
    shop: ShopId = 0
    day: DayNumber = 0
    page: FarthestPage = 0
    order: RowId = 0
    person: RowId = 0
