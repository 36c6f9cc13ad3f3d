"""Callback data of the shop and its goods."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from messages.callbacks.order import RowId

FarthestPage = Annotated[int, Field(ge=0, le=1_000_000)]


ShopId = Annotated[int, Field(ge=0, lt=2**31)]
"""Smaller than other ids, to leave more of Telegram's 64 bytes for the rest."""


class ShopDo(StrEnum):
    """The action of a button about the shop."""

    SHOP = "shop"
    HIDE = "hide"
    WHEN = "when"
    UNTIL = "until"
    OPEN = "open"
    APP = "app"
    READ = "read"
    FLOWERS = "flowers"
    OUT = "out"
    BACK = "back"
    COUNT = "count"
    GOODS = "goods"
    FEED = "feed"
    STOP = "stop"
    SELL = "sell"
    WALK = "walk"
    STOCK = "stock"
    PAUSE = "pause"
    RESUME = "resume"
    RECIPE = "recipe"
    PACK = "pack"
    WAY = "way"
    WAY_ADD = "wadd"
    WAY_DROP = "wdrop"
    WAY_TRY = "wtry"


class ShopTap(CallbackData, prefix="g"):
    """A button about the shop. `id` is a product, a flower's number or a hiding; `arg` a stock or a spell.

    `shop` 0 means the person's current shop.
    """

    do: ShopDo
    id: RowId = 0
    arg: str = ""
    page: FarthestPage = 0
    shop: ShopId = 0


def flower_number(key: str) -> int:
    """A number below 2**56 for a flower, as names are too long for callback data."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=7).digest())
