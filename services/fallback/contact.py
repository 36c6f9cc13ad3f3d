"""Records when Telegram last answered; an error is an answer too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from services.sending.bot_middlewares import UNREACHABLE


class Contact(BaseRequestMiddleware):
    """Watches every call of the bot."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.last_at: datetime | None = None
        """None: it has not answered since the start."""

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            response = await make_request(bot, method)
        except TelegramAPIError as error:
            if not isinstance(error, UNREACHABLE) or isinstance(error, TelegramRetryAfter):
                self.last_at = self._clock()
            raise
        self.last_at = self._clock()
        return response
