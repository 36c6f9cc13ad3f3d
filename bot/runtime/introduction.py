"""Calls to Telegram made once at the start; updates are received meanwhile (X22)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from bot.config.settings import SettingsProblem
from bot.runtime.wiring import App
from bot.updates.polling import UNKNOWN_TOKEN, event_of
from messages.i18n.texts import LANGUAGES, Translator
from messages.team.command_menu import STRANGER, bot_commands
from services.health.background import Job
from services.health.pauses import doubled
from services.sending.bot_middlewares import turn
from storage.sending.outbox import Priority

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
"""Longest back-off in seconds, unless Telegram demands a longer wait."""
LONGEST_MENU_PAUSE = 600.0
"""The same for the command menu, which is not urgent."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


def introduction(app: App) -> Job:
    """The job that asks for the bot's name, then sets the command menu.

    It raises SettingsProblem when Telegram does not know the token.
    """

    async def introduce() -> None:
        bot = app.bot
        me = await insist(bot.get_me)
        log.info("started", bot=me.username, web_port=app.settings.web_port)
        for language in LANGUAGES:
            await insist(partial(_set_menu, bot, language), LONGEST_MENU_PAUSE)
        await insist(lambda: bot.delete_my_commands(BotCommandScopeAllGroupChats()), LONGEST_MENU_PAUSE)
        await asyncio.Event().wait()  # a job that ends would be started again

    return introduce


async def _set_menu(bot: Bot, language: str) -> None:
    """Set the default menu, for strangers; staff and clients get theirs in `services.team.command_menus`."""
    commands = bot_commands(STRANGER, Translator(language))
    code = None if language == LANGUAGES[0] else language
    await bot.set_my_commands(list(commands), BotCommandScopeAllPrivateChats(), language_code=code)


async def insist(call: Callable[[], Awaitable[T]], longest_pause: float = LONGEST_PAUSE) -> T:
    """Retry a call until it succeeds, with back-off, logging each failure.

    Raises SettingsProblem when Telegram does not know the token.
    """
    failures = 0
    while True:
        pause, told = doubled(failures, FIRST_PAUSE, longest_pause), 0.0
        try:
            with turn(Priority.ALARM):  # the only retries of this call are here
                return await call()
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            raise SettingsProblem([UNKNOWN_TOKEN]) from error
        except TelegramBadRequest as error:  # such as a webhook host that Telegram cannot resolve
            log.warning("telegram_refuses", again_in_seconds=pause, why=error.message)
        except (AiogramError, OSError, ValueError) as error:  # a proxy's HTML page raises no TelegramAPIError
            told = float(error.retry_after) if isinstance(error, TelegramRetryAfter) else 0.0
            log.warning(event_of(error), again_in_seconds=max(pause, told), why=type(error).__name__)
        await asyncio.sleep(max(pause, told))
        failures += 1
