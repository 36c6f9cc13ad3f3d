"""A fake Telegram for rehearsals: accepts every call and counts messages and sounds per chat."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Callable
from datetime import datetime
from itertools import count
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import GetMe, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Chat, Message, User

ME = User(id=42, is_bot=True, first_name="Florist", username="florist_bot")


class CountingTelegram(BaseSession):
    """An aiogram session without a network. It does not count edits and deletions, which are silent."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.messages: Counter[int] = Counter()
        """New messages per chat."""
        self.sounds: Counter[int] = Counter()
        """Those with sound, which the bot must ask for: it sends silently by default."""
        self._clock = clock
        self._ids = count(1)

    async def close(self) -> None:
        """Nothing to close."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> TelegramType:
        return cast("TelegramType", self._answer(bot, method))

    def _answer(self, bot: Bot, method: TelegramMethod[Any]) -> object:
        chat_id = getattr(method, "chat_id", None)
        if isinstance(method, GetMe):
            return ME
        if method.__returning__ is not Message or not isinstance(chat_id, int):
            return True
        self.messages[chat_id] += 1
        self.sounds[chat_id] += getattr(method, "disable_notification", None) is False
        chat = Chat(id=chat_id, type="private")
        return Message(message_id=next(self._ids), date=self._clock(), chat=chat, from_user=ME).as_(bot)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109 - aiogram's own signature
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        yield b""
