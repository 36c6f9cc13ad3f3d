"""Middleware that identifies the person, shop and language of an update. Strangers get no visit."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog
from aiogram import BaseMiddleware, F
from aiogram.enums import ChatType
from aiogram.exceptions import AiogramError
from aiogram.filters import CommandStart, Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, TelegramObject, Update, User

from handlers.frame.clean_chat import Handler, say
from handlers.frame.context import Visit
from handlers.frame.shop_of_update import named_shop, shop_meant
from messages.i18n.texts import Translator
from messages.ui.keyboards import main_keyboard
from orders.access.roles import Act, may
from orders.bell.passing import Kind
from services.team.visitors import Visitors
from storage.shop.shops import Shop
from storage.team.staff import Member


class Reception(BaseMiddleware):
    """Provides handlers with `visit` (None for people who are not staff) and `t`."""

    def __init__(self, visitors: Visitors, clock: Callable[[], datetime]) -> None:
        self._visitors = visitors
        self._clock = clock

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        user: User | None = data.get("event_from_user")
        visit = await self._visit_of(user, event, data.get("state")) if user else None
        data["visit"] = visit
        data["t"] = visit.t if visit else Translator((user.language_code or "") if user else "")
        with structlog.contextvars.bound_contextvars(staff_id=visit.member.staff_id if visit else None):
            return await handler(event, data)

    async def _visit_of(self, user: User, event: TelegramObject, state: FSMContext | None) -> Visit | None:
        """Returns None for a button of a shop in which the person does not (or no longer) work."""
        places = await self._visitors.places(user.id)
        wanted = named_shop(event)
        if len(places) > 1:
            wanted = await shop_meant(self._visitors, event, state)
        here = {shop.id: (member, shop) for member, shop in places}
        if wanted is not None and wanted not in here and named_shop(event) is not None:
            return None
        if not places:
            return None
        member, shop = here.get(wanted or 0, places[0])
        # Sorted by id, so that the shops keep their places on the keyboard.
        several = tuple(sorted((shop for _, shop in places), key=lambda one: one.id))
        several = several if len(places) > 1 else ()
        if member is not places[0][0] and InPrivate.holds(event):
            await self._visitors.go_to(member)
            await _say_where(event, member, shop, several)
        return Visit(member, shop, Translator(member.language), self._clock(), several)


async def _say_where(event: TelegramObject, member: Member, shop: Shop, several: tuple[Shop, ...]) -> None:
    """Send the keyboard of the current shop: only a message can change the permanent keyboard."""
    message = event.message if isinstance(event, CallbackQuery) else event
    if not isinstance(message, Message):
        return
    t = Translator(member.language)
    keyboard = main_keyboard(member.role, t, [one.name for one in several], shop.name)
    with suppress(AiogramError):  # the person's request is handled anyway
        await say(message, Kind.KEYS, t("place-now", shop=shop.name), reply_markup=keyboard)


class BindUpdate(BaseMiddleware):
    """Adds the update's id to every log line that the update causes, including errors."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        update_id = event.update_id if isinstance(event, Update) else None
        with structlog.contextvars.bound_contextvars(update_id=update_id):
            return await handler(event, data)


class FromStaff(Filter):
    """Accepts staff."""

    async def __call__(self, _event: TelegramObject, visit: Visit | None = None) -> bool:
        return visit is not None


class May(Filter):
    """Accepts people who have this right in the shop for which they act."""

    def __init__(self, act: Act) -> None:
        self._act = act

    async def __call__(self, _event: TelegramObject, visit: Visit | None = None) -> bool:
        return visit is not None and may(visit.actor, self._act, visit.shop.id)


class InPrivate(Filter):
    """Accepts only private chats: cards contain data that a group must not read (R63)."""

    async def __call__(self, event: TelegramObject) -> bool:
        return self.holds(event)

    @staticmethod
    def holds(event: TelegramObject) -> bool:
        message = event.message if isinstance(event, CallbackQuery) else event
        return isinstance(message, Message) and message.chat.type == ChatType.PRIVATE


INVITATION = re.compile(r"i([\w-]{32})", re.ASCII)


FOLLOWS_INVITATION = CommandStart(deep_link=True, magic=F.args.regexp(INVITATION, mode="fullmatch"))
