"""Sets each person's command menu for their role, and updates it when the role changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.types import BotCommandScopeChat

from messages.i18n.texts import Translator
from messages.team.command_menu import CLIENT, bot_commands, commands_of
from services.health.background import repeat
from services.sending.bot_middlewares import UNREACHABLE, turn
from storage.db import client_tables, tables
from storage.db.database import Database
from storage.sending.outbox import Priority
from storage.team import command_menus
from storage.team.command_menus import Reader

LOOK_SECONDS = 3600.0
AGAIN_SECONDS = 30.0
"""Retry delay in seconds where Telegram is unreachable and does not name one."""
REFUSED_FOR = timedelta(hours=1)
"""A chat whose menu Telegram refuses is not tried during this time."""

log = structlog.get_logger(__name__)


class CommandMenus:
    """Compares each person's required menu with the one that Telegram has."""

    def __init__(self, bot: Bot, database: Database, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._changed = database.subscribe(tables.staff, tables.memberships, client_tables.client_links)
        self._refused: dict[int, datetime] = {}
        """Chats that are not tried before that time."""
        self._not_before: datetime | None = None
        """Telegram takes no menu before, whoever's has changed meanwhile."""

    async def run(self) -> None:
        """Set menus until cancelled."""
        await repeat(self.give, self._changed)

    async def give(self) -> float:
        """Update all menus; only changed ones cost a call. Returns the seconds until the next turn."""
        now = self._clock()
        if self._not_before is not None and now < self._not_before:
            return (self._not_before - now).total_seconds()
        self._refused = {chat: at for chat, at in self._refused.items() if at > now}
        async with self._database.snapshot() as c:
            readers = {one.chat_id: one for one in await command_menus.readers(c)}
            given = await command_menus.given(c)
        changed = [chat for chat, one in readers.items() if given.get(chat) != _menu(one)]
        for chat in [*changed, *(given.keys() - readers.keys())]:
            if chat in self._refused:
                continue
            try:
                await self._change(chat, readers.get(chat))
            except UNREACHABLE as error:
                log.info("menu_later", why=type(error).__name__)
                pause = float(error.retry_after) if isinstance(error, TelegramRetryAfter) else AGAIN_SECONDS
                self._not_before = now + timedelta(seconds=pause)
                return pause
            except TelegramAPIError as error:  # such as a chat that does not exist any more
                log.info("menu_refused", why=error.message)
                self._refused[chat] = now + REFUSED_FOR
        return LOOK_SECONDS

    async def _change(self, chat: int, reader: Reader | None) -> None:
        scope = BotCommandScopeChat(chat_id=chat)
        with turn(Priority.CARD):  # failures are retried by this job
            if reader is None:
                await self._bot.delete_my_commands(scope)
            else:
                commands = bot_commands(_names(reader), Translator(reader.language))
                await self._bot.set_my_commands(list(commands), scope)
        async with self._database.write() as c:
            if reader is None:
                await command_menus.remove(c, chat)
            else:
                await command_menus.put(c, chat, _menu(reader))


def _names(reader: Reader) -> tuple[str, ...]:
    return CLIENT if reader.role is None else commands_of(reader.role)


def _menu(reader: Reader) -> str:
    """The stored form of a menu: language and texts, so that a release with new texts updates the menu."""
    t = Translator(reader.language)
    shown = (f"{one.command}={one.description}" for one in bot_commands(_names(reader), t))
    return f"{t.language}: {'; '.join(shown)}"
