"""Receives updates, by polling or by webhook."""

from __future__ import annotations

import asyncio

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.runtime.introduction import insist
from bot.runtime.wiring import App
from bot.updates.polling import Polling
from bot.updates.rivals import Rivals
from bot.updates.telegram_webhook import TELEGRAM_PATH
from bot.updates.update_feed import UpdateFeed
from bot.updates.vitals import Vitals
from services.health.background import Job

WEBHOOK_LOOK_SECONDS = 60.0
"""How often the bot checks that its webhook is still set."""

log = structlog.get_logger(__name__)


def intake(app: App, feed: UpdateFeed, vitals: Vitals) -> Job:
    """The job that receives updates. After a failure and restart it still knows which it has received."""
    settings, rivals = app.settings, Rivals(app.troubles)
    types = app.dispatcher.resolve_used_update_types()
    if settings.webhook_url is None or settings.webhook_secret is None:
        return Polling(app.bot, feed, types, vitals, rivals).run
    address = settings.webhook_url.rstrip("/") + TELEGRAM_PATH
    webhook = _Webhook(app.bot, address, settings.webhook_secret.get_secret_value(), types)

    async def keep_the_webhook() -> None:
        await insist(webhook.set)
        vitals.webhook_is_set()
        while True:
            await asyncio.sleep(WEBHOOK_LOOK_SECONDS)
            await _look_after(webhook, rivals)

    return keep_the_webhook


class _Webhook:
    """The webhook of this bot at Telegram."""

    def __init__(self, bot: Bot, address: str, secret: str, types: list[str]) -> None:
        self._bot = bot
        self._address = address
        self._secret = secret
        self._types = types

    async def set(self) -> None:
        """Set the webhook."""
        await self._bot.set_webhook(self._address, secret_token=self._secret, allowed_updates=self._types)

    async def is_set(self) -> bool:
        """Whether it is still set: another bot with this token can replace it without notice."""
        info = await self._bot.get_webhook_info()
        if info.last_error_message and info.pending_update_count:
            log.warning("webhook_not_reached", why=info.last_error_message, waiting=info.pending_update_count)
        return info.url == self._address


async def _look_after(webhook: _Webhook, rivals: Rivals) -> None:
    try:
        if await webhook.is_set():
            rivals.not_met()
            return
        rivals.met("the webhook was taken away", at_once=True)
        await webhook.set()
    except AiogramError as error:  # checked again in a minute
        log.warning("webhook_not_seen", why=type(error).__name__)
