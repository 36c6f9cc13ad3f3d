"""Callback data about deliveries, routes and couriers from outside."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from messages.callbacks.order import RowId


class DeliveriesTap(CallbackData, prefix="d"):
    """A page of a person's own deliveries, or the orders offered to all couriers."""

    page: Annotated[int, Field(ge=0, lt=10_000)]
    offers: bool = False


class AddressFor(CallbackData, prefix="af"):
    """The order whose address a text is; 0: of none, and the text is deleted from the chat."""

    order: RowId


class SpareDo(StrEnum):
    """The action of a button about a spare courier; results of a call are `CallAnswer`'s values."""

    SHOW = "show"
    COMES = "comes"
    CANNOT = "cannot"
    NO_ANSWER = "no_answer"


class SpareTap(CallbackData, prefix="sp"):
    """A spare courier to call for an order; `spare` 0 is the first who was not called yet."""

    do: SpareDo
    order: RowId
    spare: RowId = 0


class SpareListDo(StrEnum):
    """The action of a button of the list itself."""

    SHOW = "show"
    ADD = "add"
    OPEN = "open"
    REMOVE = "remove"


class SpareListTap(CallbackData, prefix="sl"):
    """The list of spare couriers, or one of them."""

    do: SpareListDo
    spare: RowId = 0


class RouteDo(StrEnum):
    """The action of a button of a route."""

    LIST = "list"
    """The routes of everybody for chiefs, their own route for others."""
    SHOW = "show"
    UP = "up"
    DOWN = "down"
    FIRST = "first"
    COMPUTE = "compute"
    MINUTES = "minutes"
    """Ask how long the way to this stop takes, or where it is."""


class RouteTap(CallbackData, prefix="rt"):
    """A person's route; `order` is the marked stop, 0 for none."""

    do: RouteDo
    shop: RowId
    staff: RowId = 0
    order: RowId = 0


class ShopIsHere(CallbackData, prefix="rp"):
    """The location that a chief has sent, in millionths of a degree, is this shop's."""

    shop: RowId
    latitude: Annotated[int, Field(ge=-90_000_000, le=90_000_000)]
    longitude: Annotated[int, Field(ge=-180_000_000, le=180_000_000)]
