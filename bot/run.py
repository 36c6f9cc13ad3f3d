"""`florist run`: the bot, from start to stop."""

from __future__ import annotations

import asyncio

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError, TelegramServerError, TelegramUnauthorizedError
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, User

from bot.settings import Settings, SettingsProblem
from bot.web import TELEGRAM_PATH, Vitals, serve
from bot.wiring import House, open_house
from messages.texts import LANGUAGES, Translator

LONGEST_PAUSE = 30
"""Seconds between two tries to reach Telegram, at the most."""

COMMANDS = ("orders", "new", "start")

log = structlog.get_logger(__name__)


async def run(settings: Settings) -> None:
    """Run until cancelled. Raises SettingsProblem when Telegram does not know the token."""
    try:
        async with open_house(settings) as house:
            await _work(house)
    except* SettingsProblem as problems:
        raise problems.exceptions[0] from None


async def _work(house: House) -> None:
    """Copies are written and orders taken in from the first moment, even while Telegram is out of reach."""
    vitals = Vitals()
    async with serve(house, vitals), asyncio.TaskGroup() as group:
        background = [group.create_task(sender.run()) for sender in house.senders]
        background.append(group.create_task(house.alarms.run()))
        me = await _reach_telegram(house.bot)
        await _introduce(house.bot)
        log.info("started", bot=me.username, web_port=house.settings.web_port)
        vitals.is_listening = True
        await _listen(house)
        for task in background:
            task.cancel()


async def _listen(house: House) -> None:
    settings = house.settings
    if settings.webhook_url is None or settings.webhook_secret is None:
        await house.bot.delete_webhook()
        await house.dispatcher.start_polling(
            house.bot, handle_signals=False, close_bot_session=False, allowed_updates=_updates(house)
        )
        return
    await house.bot.set_webhook(
        settings.webhook_url.rstrip("/") + TELEGRAM_PATH,
        secret_token=settings.webhook_secret.get_secret_value(),
        allowed_updates=_updates(house),
    )
    await asyncio.Event().wait()


def _updates(house: House) -> list[str]:
    return house.dispatcher.resolve_used_update_types()


async def _reach_telegram(bot: Bot) -> User:
    """Ask who we are until Telegram answers; say so when it does not."""
    pause = 1
    while True:
        try:
            return await bot.get_me()
        except TelegramUnauthorizedError as error:
            raise SettingsProblem(
                ["BOT_TOKEN: Telegram does not know this token. Copy it anew from @BotFather."]
            ) from error
        except (TelegramNetworkError, TelegramServerError) as error:
            log.warning("telegram_unreachable", again_in_seconds=pause, why=type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def _introduce(bot: Bot) -> None:
    """The command menu: private chats have one, groups work by buttons."""
    for language in LANGUAGES:
        t = Translator(language)
        commands = [BotCommand(command=name, description=t.plain(f"command-{name}")) for name in COMMANDS]
        code = None if language == LANGUAGES[0] else language
        await bot.set_my_commands(commands, BotCommandScopeAllPrivateChats(), language_code=code)
    await bot.delete_my_commands(BotCommandScopeAllGroupChats())
