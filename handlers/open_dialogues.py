"""Closes a dialogue that cannot be read; the next message is handled as if none were open (X3, X22).

A row may come from an earlier version of the bot or a damaged file. Without this, every message of that
person would end in an apology.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import TelegramObject
from pydantic import BaseModel, ConfigDict

from handlers.client.reception import Talking
from handlers.frame.clean_chat import Handler
from handlers.frame.dialogue import Question, Waiting
from handlers.goods.catalogue_common import Counting
from handlers.intake.drafting import Writing
from orders.shop.rule_book import RULES
from orders.support.compensation import EntryKind
from services.shop.shop_settings import ShopField

RECIPE_PATIENCE = timedelta(minutes=10)
"""How long the question what a product is made of waits: nothing depends on its answer."""

log = structlog.get_logger(__name__)


class _Kept(BaseModel):
    model_config = ConfigDict(strict=True)


class _OfShop(_Kept):
    shop: int


class _NewColleague(_OfShop):
    phone: str | None = None
    name: str | None = None


class _Colleague(_OfShop):
    person: int


class _Invited(_Kept):
    token: str


class _Personal(_OfShop):
    found: list[int] | None = None


class _ShopValue(_OfShop):
    field: str


class _ShopRule(_OfShop):
    rule: str


class _GuideText(_OfShop):
    key: str
    suggested: bool
    to_support: bool = False


class _SupportWords(_OfShop):
    order: int
    closes: bool


class _OfShopAndOrder(_OfShop):
    order: int


class _ClaimLine(_OfShop):
    order: int
    kind: str
    entry: int
    album: str


class _Stop(_OfShopAndOrder):
    staff: int


class _Way(_OfShop):
    for_shop: bool


class _OfOrder(_Kept):
    order: int


class _PhotoOrder(_OfOrder):
    photo: int
    list: int
    asked_at: str


class _Receipt(_OfOrder):
    asked_at: str


class _Picture(_OfOrder):
    proof: bool | None = None
    request: int | None = None
    chat: int | None = None
    ticked: int | None = None
    made_of: str | None = None


class _Complaint(_OfOrder):
    message: int | None = None


class _ToClient(_OfOrder):
    asked_at: str | None = None


class _Search(_Kept):
    part: str


class _Product(_Kept):
    product: int
    page: int


class _Recipe(_Product):
    asked_at: str | None = None


def _shop_value(data: dict[str, Any]) -> object:
    return ShopField(_ShopValue.model_validate(data).field)


def _rule(data: dict[str, Any]) -> object:
    return RULES[_ShopRule.model_validate(data).rule]


def _claim(data: dict[str, Any]) -> object:
    return EntryKind(_ClaimLine.model_validate(data).kind)


def _receipt(data: dict[str, Any]) -> object:
    return datetime.fromisoformat(_Receipt.model_validate(data).asked_at)


def _photo_order(data: dict[str, Any]) -> object:
    return datetime.fromisoformat(_PhotoOrder.model_validate(data).asked_at)


def _to_client(data: dict[str, Any]) -> object:
    asked_at = _ToClient.model_validate(data).asked_at
    return asked_at and datetime.fromisoformat(asked_at)


def _recipe(data: dict[str, Any]) -> object:
    asked_at = _Recipe.model_validate(data).asked_at
    return asked_at and datetime.fromisoformat(asked_at)


READERS: dict[State, Callable[[dict[str, Any]], object]] = {
    Waiting.words: Question.load,
    Waiting.preview: Question.load,
    Waiting.picture: _Picture.model_validate,
    Waiting.position: _OfOrder.model_validate,
    Waiting.colleague: _NewColleague.model_validate,
    Waiting.colleague_name: _Colleague.model_validate,
    Waiting.invited: _Invited.model_validate,
    Waiting.personal: _Personal.model_validate,
    Waiting.shop_name: _OfShop.model_validate,
    Waiting.shop_value: _shop_value,
    Waiting.shop_rule: _rule,
    Waiting.draft: Writing.load,
    Waiting.spare: _OfShop.model_validate,
    Waiting.guide: _GuideText.model_validate,
    Waiting.support: _SupportWords.model_validate,
    Waiting.claim: _claim,
    Waiting.receipt: _receipt,
    Waiting.branded: _OfShop.model_validate,
    Waiting.gift: _OfShopAndOrder.model_validate,
    Waiting.fallback: _Way.model_validate,
    Waiting.way: _Stop.model_validate,
    Waiting.photo_order: _photo_order,
    Counting.search: _Search.model_validate,
    Counting.stock: _Product.model_validate,
    Counting.recipe: _recipe,
    Counting.flowers: _OfShop.model_validate,
    Talking.complaint: _Complaint.model_validate,
    Talking.to_shop: _OfOrder.model_validate,
    Talking.to_client: _to_client,
}
"""Parsers of each state's data; they raise if it is invalid. A state that is missing here is closed."""

_BY_NAME = {state.state: read for state, read in READERS.items()}


class CloseUnreadable(BaseMiddleware):
    """Must run before anything else reads the dialogue. Closes an overdue question for a recipe, too."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        state: FSMContext | None = data.get("state")
        name = data.get("raw_state")
        if state is not None and name is not None:
            kept = await state.get_data()
            is_readable = _is_readable(name, kept)
            is_over = is_readable and _is_over(name, kept, self._clock())
            if not is_readable:
                log.warning("dialogue_closed", state=name)
            if is_over or not is_readable:
                await state.clear()
                data["raw_state"] = None
        return await handler(event, data)


def _is_over(name: str, data: dict[str, Any], now: datetime) -> bool:
    """Whether a recipe was asked for so long ago that its reader has long turned to orders."""
    asked_at = data.get("asked_at")
    if name != Counting.recipe.state or asked_at is None:
        return False
    return now - datetime.fromisoformat(asked_at) > RECIPE_PATIENCE


def _is_readable(name: str, data: dict[str, Any]) -> bool:
    read = _BY_NAME.get(name)
    if read is None:
        return False
    try:
        read(data)
    except (LookupError, TypeError, ValueError, AttributeError):
        return False
    return True
