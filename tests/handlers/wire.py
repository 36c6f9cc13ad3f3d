"""A fake Telegram for the handlers' tests: accepts every call and records it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.methods import DeleteMessage, GetFile, SendMessage, SendPhoto, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Chat, File, Message

from bot.rehearsal.counting_telegram import CountingTelegram


class Wire(CountingTelegram):
    """A session without a network. `content` is the file that every download returns."""

    def __init__(self, content: bytes) -> None:
        super().__init__(lambda: datetime.now(UTC))
        self.calls: list[TelegramMethod[Any]] = []
        self.buttons: list[object] = []
        """The keyboards of the last `said()`."""
        self.gone: list[int] = []
        """Ids of deleted messages."""
        self.sent: list[int] = []
        """Ids of sent messages, including deleted ones."""
        self.content = content
        self.knows_ephemeral = True
        """False: emulate a server that shows ephemeral messages to the whole group."""
        self.refusals: dict[type[TelegramMethod[Any]], Exception] = {}
        """What is answered to calls of these methods."""
        self.ids = self._ids = count(1001)
        """Of the messages of all chats."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> TelegramType:
        self.calls.append(method)
        if type(method) in self.refusals:
            raise self.refusals[type(method)]
        if isinstance(method, DeleteMessage):
            self.gone.append(method.message_id)
        answer = await super().make_request(bot, method, timeout)
        if isinstance(method, SendMessage | SendPhoto) and isinstance(answer, Message):
            self.sent.append(answer.message_id)
        return answer

    def _answer(self, bot: Bot, method: TelegramMethod[Any]) -> object:
        if isinstance(method, GetFile):
            return File(file_id=method.file_id, file_unique_id="u", file_path="photos/1.jpg").as_(bot)
        if isinstance(method, SendMessage) and method.ephemeral_message_parameters and self.knows_ephemeral:
            return self._for_one().as_(bot)
        return super()._answer(bot, method)

    def _for_one(self) -> Message:
        group = Chat(id=-1, type="group")
        return Message(message_id=0, date=datetime.now(UTC), chat=group, ephemeral_message_id=next(self.ids))

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109 - aiogram's own signature
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        yield self.content

    @property
    def left(self) -> list[int]:
        """Ids of the bot's messages that are not deleted."""
        return [one for one in self.sent if one not in self.gone]

    def said(self) -> list[str]:
        """The texts of all messages and toasts since the last call of this."""
        self.buttons = [getattr(call, "reply_markup", None) for call in self.calls]
        words = [getattr(call, "text", None) or getattr(call, "caption", None) for call in self.calls]
        self.calls = []
        return [word for word in words if word]
