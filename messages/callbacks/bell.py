"""Callback data of notification messages and of the pinned board."""

from __future__ import annotations

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from orders.order.board import Day

ShopId = Annotated[int, Field(ge=0, lt=2**63)]


class AcceptAll(CallbackData, prefix="wa"):
    """«Принять все»: accepts the orders that the message lists at the time of the tap."""

    shop: ShopId


class ShowDay(CallbackData, prefix="wd"):
    """A button of the pinned board that opens the list of these orders below it."""

    day: Day


class HearTap(CallbackData, prefix="wh"):
    """Notification settings; `quiet` is "22-07" in hours of the shop's time zone, "-" for none.

    An empty field leaves its setting unchanged.
    """

    place: str = ""
    quiet: str = ""
