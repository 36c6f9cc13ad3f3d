"""`florist run`: the bot, from start to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from bot.polling import Polling
from bot.settings import Settings, SettingsProblem
from bot.vitals import Vitals
from bot.web import TELEGRAM_PATH, serve
from bot.wiring import House, open_house
from bot.zone_data import use_newest_zones
from messages.own_texts import OwnTextsWrong, read_own_texts
from messages.texts import LANGUAGES, Translator, use_own_texts

LONGEST_PAUSE = 30
"""Seconds between two tries to reach Telegram, at the most."""

COMMANDS = ("orders", "new", "add", "deliveries", "spare", "shop", "me", "start")

T = TypeVar("T")

log = structlog.get_logger(__name__)


async def run(settings: Settings) -> None:
    """Run until cancelled. Raises SettingsProblem for an unknown token and for wrong own texts."""
    _take_own_texts(settings)
    log.info("time_zones", using=use_newest_zones().words)
    try:
        async with open_house(settings) as house:
            await _work(house)
    except* SettingsProblem as problems:
        raise problems.exceptions[0] from None


def _take_own_texts(settings: Settings) -> None:
    if settings.texts_path is None:
        return
    try:
        use_own_texts(read_own_texts(settings.texts_path))
    except OwnTextsWrong as wrong:
        raise SettingsProblem([f"TEXTS_PATH: {problem}" for problem in wrong.problems]) from wrong


async def _work(house: House) -> None:
    """Copies are written and orders taken in from the first moment, even while Telegram is out of reach."""
    vitals = Vitals()
    async with serve(house, vitals), asyncio.TaskGroup() as group:
        for sender in house.senders:
            group.create_task(sender.run())
        for worker in (house.alarms, *house.watchers):
            group.create_task(worker.run())
        me = await _insist(house.bot.get_me)
        await _insist(lambda: _introduce(house.bot))
        log.info("started", bot=me.username, web_port=house.settings.web_port)
        await _listen(house, vitals)


async def _listen(house: House, vitals: Vitals) -> None:
    bot, settings = house.bot, house.settings
    if settings.webhook_url is None or settings.webhook_secret is None:
        await _insist(bot.delete_webhook)
        await Polling(bot, house.dispatcher, vitals).run()
        return
    updates = house.dispatcher.resolve_used_update_types()
    address = settings.webhook_url.rstrip("/") + TELEGRAM_PATH
    secret = settings.webhook_secret.get_secret_value()
    await _insist(lambda: bot.set_webhook(address, secret_token=secret, allowed_updates=updates))
    vitals.webhook_is_set()
    await asyncio.Event().wait()


async def _introduce(bot: Bot) -> None:
    """The command menu: private chats have one, groups work by buttons."""
    for language in LANGUAGES:
        t = Translator(language)
        commands = [BotCommand(command=name, description=t.plain(f"command-{name}")) for name in COMMANDS]
        code = None if language == LANGUAGES[0] else language
        await bot.set_my_commands(commands, BotCommandScopeAllPrivateChats(), language_code=code)
    await bot.delete_my_commands(BotCommandScopeAllGroupChats())


async def _insist(call: Callable[[], Awaitable[T]]) -> T:
    """Ask until Telegram answers and agrees, and say so in the log when it does not."""
    pause = 1
    while True:
        try:
            return await call()
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            raise SettingsProblem(
                ["BOT_TOKEN: Telegram does not know this token. Copy it anew from @BotFather."]
            ) from error
        except TelegramBadRequest as error:  # such as a webhook's address that Telegram cannot resolve
            log.warning("telegram_refuses", again_in_seconds=pause, why=error.message)
        except AiogramError as error:  # a proxy's page instead of an answer is no TelegramAPIError
            log.warning("telegram_unreachable", again_in_seconds=pause, why=type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
