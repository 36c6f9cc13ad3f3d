"""Finds the shop that an update concerns, for people who work in several (X6).

A button or a reply belongs to its order's shop; an answer, to the shop of its question.
"""

from __future__ import annotations

import re
from typing import Any

from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, TelegramObject

from messages.callbacks.agreements import AgreementTap
from messages.callbacks.bell import AcceptAll
from messages.callbacks.client import TalkTap
from messages.callbacks.delivery import AddressFor, RouteTap, ShopIsHere, SpareTap
from messages.callbacks.drafts import DraftTap
from messages.callbacks.goods import ShopTap
from messages.callbacks.group import InGroupTap
from messages.callbacks.load import LoadTap, PlanTap
from messages.callbacks.order import Answer, PhotoFor, Tap
from messages.callbacks.photos import CheckTap, MoveTap, NoteTap
from messages.callbacks.support import BrandTap, ClaimTap, GiftTap, GuideTap
from messages.callbacks.team import FirstTap, TeamTap
from messages.report.taps import SummaryTap
from messages.shop.personal_data import PersonalTap
from messages.shop.shops import ShopsTap
from services.team.visitors import Visitors

_ORDER_LINK = re.compile(r"/start o(-?\d{1,18})")
_OF_ORDERS = (
    *(Tap, PhotoFor, TalkTap, AgreementTap, CheckTap, MoveTap),
    *(SpareTap, GiftTap, InGroupTap, NoteTap, AddressFor),
)
_OF_SHOPS = (
    ShopTap,
    TeamTap,
    PersonalTap,
    ShopsTap,
    GuideTap,
    AcceptAll,
    ClaimTap,
    BrandTap,
    LoadTap,
    PlanTap,
    FirstTap,
    SummaryTap,
    RouteTap,
    ShopIsHere,
)
_KINDS: tuple[type[CallbackData], ...] = (*_OF_ORDERS, DraftTap, *_OF_SHOPS, Answer)


def named_shop(event: TelegramObject) -> int | None:
    """Returns the shop that the button itself names; None if it names none."""
    tap = _tap(event)
    return (tap.shop or None) if isinstance(tap, _OF_SHOPS) else None


async def shop_meant(visitors: Visitors, event: TelegramObject, state: FSMContext | None) -> int | None:
    """Returns the shop of the order, draft or question; None means the person's current shop."""
    if isinstance(event, CallbackQuery):
        return named_shop(event) or await _of_tap(visitors, _tap(event), state)
    if isinstance(event, Message):
        return await _of_message(visitors, event, state)
    return None


def _tap(event: TelegramObject) -> CallbackData | None:
    data = (event.data or "") if isinstance(event, CallbackQuery) else ""
    for kind in _KINDS:
        try:
            return kind.unpack(data)
        except (ValueError, TypeError):
            continue
    return None


async def _of_tap(visitors: Visitors, tap: CallbackData | None, state: FSMContext | None) -> int | None:
    if isinstance(tap, Answer) and state is not None:
        return await _of_question(visitors, await state.get_data())
    if isinstance(tap, _OF_ORDERS):
        return await visitors.shop_of_order(tap.order)
    return await visitors.shop_of_draft(tap.draft) if isinstance(tap, DraftTap) else None


async def _of_message(visitors: Visitors, message: Message, state: FSMContext | None) -> int | None:
    link = _ORDER_LINK.fullmatch(message.text or "")
    if link is not None:
        return await visitors.shop_of_order(int(link[1]))
    if message.reply_to_message is not None:
        shop = await visitors.shop_of_message(message.chat.id, message.reply_to_message.message_id)
        if shop is not None:
            return shop
    return await _of_question(visitors, await state.get_data()) if state is not None else None


async def _of_question(visitors: Visitors, data: dict[str, Any]) -> int | None:
    """Returns the shop of the open question, which names a shop, an order or a draft."""
    shop, order, draft = data.get("shop"), data.get("order"), data.get("draft")
    if isinstance(shop, int):
        return shop
    if isinstance(order, int):
        return await visitors.shop_of_order(order)
    return await visitors.shop_of_draft(draft) if isinstance(draft, int) else None
