"""Callback data of the guide, cases, claims, gifts and branded goods."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from messages.callbacks.goods import ShopId
from messages.callbacks.order import RowId
from orders.support.branded import BrandedItem

Page = Annotated[int, Field(ge=0, lt=100)]


class GuideDo(StrEnum):
    """The button's action; short, as shop, order and situation need the rest of the 64 bytes."""

    LIST = "list"
    OPEN = "open"
    SUPPORT = "supp"
    SHOP = "shop"
    SUGGEST = "sugg"
    BOOK = "book"
    ONE = "one"
    TEXT = "text"
    TELLS = "tell"
    """Change the message to support."""
    UP = "up"
    DOWN = "down"
    HIDE = "hide"
    SHOW = "show"
    STAGE = "stag"
    DROP = "drop"
    NEW = "new"
    PUBLISH = "publ"
    CASES = "csls"
    CASE = "case"
    SENT = "sent"
    ANSWER = "answ"
    PICTURE = "pict"
    LATER = "latr"
    CLOSE = "clos"
    ALONE = "self"
    OVER = "over"
    PAST = "past"


class GuideTap(CallbackData, prefix="so"):
    """A button of a shop's guide; `order` 0: opened from the main menu. `key` names a situation.

    `page` is a page of a list, or the number of days until a case is due again.
    """

    do: GuideDo
    shop: ShopId
    order: RowId = 0
    key: str = ""
    page: Page = 0


class ClaimDo(StrEnum):
    """The action of a button about compensation."""

    OPEN = "open"
    COST = "cost"
    ASKED = "asked"
    ANSWER = "answer"
    PAID = "paid"
    DROP = "drop"
    SUPPORT = "support"
    MONTH = "month"


class ClaimTap(CallbackData, prefix="cq"):
    """A button about an order's compensation claim; `page` is how many months back the list goes."""

    do: ClaimDo
    shop: ShopId
    order: RowId = 0
    page: Page = 0


class GiftDo(StrEnum):
    """The action of a button about gifts."""

    GIVE = "give"
    OUT = "out"
    LIST = "list"
    ADD = "add"
    REMOVE = "remove"


class GiftTap(CallbackData, prefix="gi"):
    """A gift for an order; `gift` is the id in the shop's list."""

    do: GiftDo
    order: RowId
    gift: RowId = 0


class BrandDo(StrEnum):
    """The action of a button about branded goods."""

    SHOW = "show"
    FORM = "form"
    MOSCOW = "mosc"
    LIME = "lime"
    TEXT = "text"
    SENT = "sent"
    CAME = "came"
    REFUSED = "refd"


class BrandTap(CallbackData, prefix="bg"):
    """A button about branded goods; `id` is a request."""

    do: BrandDo
    shop: ShopId
    item: BrandedItem = BrandedItem.CARDS
    id: RowId = 0
