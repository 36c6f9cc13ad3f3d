"""What the buttons carry that stand under deliveries and couriers from outside."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from messages.callbacks.order import RowId


class DeliveriesTap(CallbackData, prefix="d"):
    """A page of one's own deliveries, or the orders that any courier may take."""

    page: Annotated[int, Field(ge=0, lt=10_000)]
    offers: bool = False


class AddressFor(CallbackData, prefix="af"):
    """The order whose address a text is; 0: none here, and the text is taken out of the chat."""

    order: RowId


class SpareDo(StrEnum):
    """What a button of the spare couriers asks for; the answers of a call are `CallAnswer`'s."""

    SHOW = "show"
    COMES = "comes"
    CANNOT = "cannot"
    NO_ANSWER = "no_answer"


class SpareTap(CallbackData, prefix="sp"):
    """A spare courier who is called for an order; `spare` 0 is the first who was not called yet."""

    do: SpareDo
    order: RowId
    spare: RowId = 0


class SpareListDo(StrEnum):
    """What a button of the list itself asks for."""

    SHOW = "show"
    ADD = "add"
    OPEN = "open"
    REMOVE = "remove"


class SpareListTap(CallbackData, prefix="sl"):
    """The list of the spare couriers, or one of them."""

    do: SpareListDo
    spare: RowId = 0


class RouteDo(StrEnum):
    """What a button of a route asks for."""

    LIST = "list"
    """The routes of everybody, for chiefs; for all others their own one."""
    SHOW = "show"
    UP = "up"
    DOWN = "down"
    FIRST = "first"
    COMPUTE = "compute"
    MINUTES = "minutes"
    """How long the way to this stop takes, or where it is."""


class RouteTap(CallbackData, prefix="rt"):
    """A person's route; `order` is the stop that is marked, 0 for none."""

    do: RouteDo
    shop: RowId
    staff: RowId = 0
    order: RowId = 0


class ShopIsHere(CallbackData, prefix="rp"):
    """A chief has sent a location, in millionths of a degree: it is this shop's."""

    shop: RowId
    latitude: Annotated[int, Field(ge=-90_000_000, le=90_000_000)]
    longitude: Annotated[int, Field(ge=-180_000_000, le=180_000_000)]
