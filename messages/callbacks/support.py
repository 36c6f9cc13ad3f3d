"""What the buttons of the emergency guide carry."""

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
    """What a button asks for. Short: beside it stand shop, order and situation."""

    LIST = "list"
    OPEN = "open"
    SUPPORT = "supp"
    SHOP = "shop"
    SUGGEST = "sugg"
    BOOK = "book"
    ONE = "one"
    TEXT = "text"
    TELLS = "tell"
    """Change what support is told."""
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
    """A button of the guide of one shop; `order` 0: opened from the main menu. `key` names a situation.

    `page` is one of a list, or the number of days until a case is looked at again.
    """

    do: GuideDo
    shop: ShopId
    order: RowId = 0
    key: str = ""
    page: Page = 0


class ClaimDo(StrEnum):
    """What a button about compensation asks for."""

    OPEN = "open"
    COST = "cost"
    ASKED = "asked"
    ANSWER = "answer"
    PAID = "paid"
    DROP = "drop"
    SUPPORT = "support"
    MONTH = "month"


class ClaimTap(CallbackData, prefix="cq"):
    """A button about the compensation for an order; `page` is how many months back the list goes."""

    do: ClaimDo
    shop: ShopId
    order: RowId = 0
    page: Page = 0


class GiftDo(StrEnum):
    """What a button about gifts asks for."""

    GIVE = "give"
    OUT = "out"
    LIST = "list"
    ADD = "add"
    REMOVE = "remove"


class GiftTap(CallbackData, prefix="gi"):
    """A gift for an order; `gift` is one of the shop's list."""

    do: GiftDo
    order: RowId
    gift: RowId = 0


class BrandDo(StrEnum):
    """What a button about branded goods asks for."""

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
