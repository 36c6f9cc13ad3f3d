"""What the buttons of the bell and of the board carry."""

from __future__ import annotations

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from orders.order.board import Day

ShopId = Annotated[int, Field(ge=0, lt=2**63)]


class AcceptAll(CallbackData, prefix="wa"):
    """«Принять все»: the orders that the message names at that moment."""

    shop: ShopId


class ShowDay(CallbackData, prefix="wd"):
    """A button of the pinned board: the list of these orders below it."""

    day: Day


class HearTap(CallbackData, prefix="wh"):
    """Where one wants to hear; `quiet` is "22-07" in hours of the shop's clock, "-" for none.

    What is not chosen by this button is empty, and stays as it is.
    """

    place: str = ""
    quiet: str = ""
