"""Opens each request: who is this, of which shop, in which language. Strangers get no visit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject, Update, User

from handlers.office import Office, Visit
from messages.texts import Translator
from orders.people import CHIEFS
from storage import shops, staff

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Reception(BaseMiddleware):
    """Finds the person behind an update and gives handlers `visit` (staff only) and `t`."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        user: User | None = data.get("event_from_user")
        visit = await self._visit_of(user) if user else None
        data["visit"] = visit
        data["t"] = visit.t if visit else Translator((user.language_code or "") if user else "")
        with structlog.contextvars.bound_contextvars(staff_id=visit.member.staff_id if visit else None):
            return await handler(event, data)

    async def _visit_of(self, user: User) -> Visit | None:
        async with self._office.database.read() as c:
            members = await staff.by_telegram(c, user.id)
            shop = await shops.get(c, members[0].shop_id) if members else None
        if shop is None:
            return None
        return Visit(members[0], shop, Translator(members[0].language), self._office.clock())


class BindUpdate(BaseMiddleware):
    """Every line of the log that an update causes carries its id, what goes wrong with it too."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        update_id = event.update_id if isinstance(event, Update) else None
        with structlog.contextvars.bound_contextvars(update_id=update_id):
            return await handler(event, data)


class FromStaff(Filter):
    """Lets staff through."""

    async def __call__(self, _event: TelegramObject, visit: Visit | None = None) -> bool:
        return visit is not None


class FromChief(Filter):
    """Lets directors and managers through: money and prices are theirs (R13)."""

    async def __call__(self, _event: TelegramObject, visit: Visit | None = None) -> bool:
        return visit is not None and visit.actor.role in CHIEFS


class InPrivate(Filter):
    """Lets through what happens in a private chat: cards hold what a group must never read (R63)."""

    async def __call__(self, event: TelegramObject) -> bool:
        message = event.message if isinstance(event, CallbackQuery) else event
        return isinstance(message, Message) and message.chat.type == ChatType.PRIVATE
