"""Opens each request: who is this, of which shop, in which language. Strangers get no visit."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

import structlog
from aiogram import BaseMiddleware, F
from aiogram.enums import ChatType
from aiogram.exceptions import AiogramError
from aiogram.filters import CommandStart, Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, TelegramObject, Update, User

from handlers.frame.clean_chat import Handler, say
from handlers.frame.context import Office, Visit
from handlers.frame.shop_of_update import named_shop, shop_meant
from messages.i18n.texts import Translator
from messages.ui.keyboards import main_keyboard
from orders.access.roles import Act, may
from orders.bell.passing import Kind
from storage.shop import shop_with_staff
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member


class Reception(BaseMiddleware):
    """Finds the person behind an update and gives handlers `visit` (staff only) and `t`."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        user: User | None = data.get("event_from_user")
        visit = await self._visit_of(user, event, data.get("state")) if user else None
        data["visit"] = visit
        data["t"] = visit.t if visit else Translator((user.language_code or "") if user else "")
        with structlog.contextvars.bound_contextvars(staff_id=visit.member.staff_id if visit else None):
            return await handler(event, data)

    async def _visit_of(self, user: User, event: TelegramObject, state: FSMContext | None) -> Visit | None:
        """A button of a shop in which the person does not work (any more) is a stranger's."""
        async with self._office.database.read_one() as c:
            places = await shop_with_staff.of_person(c, user.id)
        wanted = named_shop(event)
        if len(places) > 1:
            async with self._office.database.snapshot() as c:
                wanted = await shop_meant(c, event, state)
        here = {shop.id: (member, shop) for member, shop in places}
        if wanted is not None and wanted not in here and named_shop(event) is not None:
            return None
        if not places:
            return None
        member, shop = here.get(wanted or 0, places[0])
        # by id, so that the keys below the chat never change places
        several = tuple(sorted((shop for _, shop in places), key=lambda one: one.id))
        several = several if len(places) > 1 else ()
        if member is not places[0][0] and InPrivate.holds(event):
            await self._go(member)
            await _say_where(event, member, shop, several)
        return Visit(member, shop, Translator(member.language), self._office.clock(), several)

    async def _go(self, member: Member) -> None:
        """Whoever turns to an order of another of their shops is there from now on."""
        async with self._office.database.write() as c:
            await staff.go_to(c, member.staff_id, member.shop_id)


async def _say_where(event: TelegramObject, member: Member, shop: Shop, several: tuple[Shop, ...]) -> None:
    """The keys below the chat must show the shop in which the person is now: only a message changes them."""
    message = event.message if isinstance(event, CallbackQuery) else event
    if not isinstance(message, Message):
        return
    t = Translator(member.language)
    keyboard = main_keyboard(member.role, t, [one.name for one in several], shop.name)
    with suppress(AiogramError):  # what the person wants is done all the same
        await say(message, Kind.KEYS, t("place-now", shop=shop.name), reply_markup=keyboard)


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


class May(Filter):
    """Lets those through who may do this in the shop for which they act."""

    def __init__(self, act: Act) -> None:
        self._act = act

    async def __call__(self, _event: TelegramObject, visit: Visit | None = None) -> bool:
        return visit is not None and may(visit.actor, self._act, visit.shop.id)


class InPrivate(Filter):
    """Lets through what happens in a private chat: cards hold what a group must never read (R63)."""

    async def __call__(self, event: TelegramObject) -> bool:
        return self.holds(event)

    @staticmethod
    def holds(event: TelegramObject) -> bool:
        message = event.message if isinstance(event, CallbackQuery) else event
        return isinstance(message, Message) and message.chat.type == ChatType.PRIVATE


INVITATION = re.compile(r"i([\w-]{32})", re.ASCII)


FOLLOWS_INVITATION = CommandStart(deep_link=True, magic=F.args.regexp(INVITATION, mode="fullmatch"))
