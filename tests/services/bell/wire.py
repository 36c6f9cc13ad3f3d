"""A fake Telegram that records messages and sounds per chat, and the delivery of orders to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    DeleteMessage,
    EditMessageText,
    GetChatMember,
    PinChatMessage,
    SendMessage,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import (
    Chat,
    ChatMemberLeft,
    ChatMemberMember,
    InlineKeyboardMarkup,
    Message,
    User,
)

from bot.rehearsal.counting_telegram import CountingTelegram
from services.bell.waiting_orders import WaitingOrders
from services.order.recipients import LADDER
from services.sending.live_cards import LiveCards
from storage.db.database import Database
from storage.sending import outbox
from storage.sending.outbox import Channel, Kind, Row
from storage.updates.named_locks import NamedLocks
from tests.outbox_rows import claim_of_orders
from tests.services.workplace import Clock


@dataclass(frozen=True, slots=True)
class Shown:
    """A visible message in a chat."""

    message_id: int
    text: str
    keyboard: InlineKeyboardMarkup | None
    silent: bool
    edits: int = 0

    @property
    def labels(self) -> list[str]:
        return [button.text for row in self.rows for button in row]

    @property
    def rows(self) -> list[list[Any]]:
        return list(self.keyboard.inline_keyboard) if self.keyboard else []


class Recorder(CountingTelegram):
    """A session without a network that keeps the messages of each chat."""

    def __init__(self) -> None:
        super().__init__(lambda: datetime.now(UTC))
        self.in_group: set[int] = set()
        self.chats: dict[int, dict[int, Shown]] = {}
        self.pinned: list[tuple[int, int]] = []
        self.calls = 0
        self.failures: dict[int, list[Exception]] = {}
        """Errors that the next calls to a chat raise."""

    def shown(self, chat_id: int) -> list[Shown]:
        """The visible messages, oldest first."""
        return [self.chats[chat_id][key] for key in sorted(self.chats.get(chat_id, {}))]

    def rang(self, chat_id: int) -> int:
        return self.sounds[chat_id]

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> TelegramType:
        self.calls += 1
        chat_id = getattr(method, "chat_id", None)
        if isinstance(chat_id, int) and self.failures.get(chat_id):
            raise self.failures[chat_id].pop(0)
        return await super().make_request(bot, method, timeout)

    def _answer(self, bot: Bot, method: TelegramMethod[Any]) -> object:
        if isinstance(method, GetChatMember):
            user = User(id=method.user_id, is_bot=False, first_name="Ира")
            kind = ChatMemberMember if method.user_id in self.in_group else ChatMemberLeft
            return kind(user=user)
        if isinstance(method, PinChatMessage):
            self.pinned.append((int(method.chat_id), method.message_id))
            return True
        if isinstance(method, DeleteMessage):
            self._chat(method.chat_id).pop(method.message_id, None)
            return True
        if isinstance(method, SendMessage):
            return self._sent(bot, method)
        if isinstance(method, EditMessageText):
            return self._edited(bot, method)
        return super()._answer(bot, method)

    def _chat(self, chat_id: object) -> dict[int, Shown]:
        return self.chats.setdefault(int(cast("int", chat_id)), {})

    def _sent(self, bot: Bot, method: SendMessage) -> Message:
        message_id, silent = next(self._ids), method.disable_notification is True
        keyboard = method.reply_markup if isinstance(method.reply_markup, InlineKeyboardMarkup) else None
        chat_id = int(method.chat_id)
        self._chat(chat_id)[message_id] = Shown(message_id, method.text, keyboard, silent)
        self.sounds[chat_id] += not silent
        return _message(bot, chat_id, message_id)

    def _edited(self, bot: Bot, method: EditMessageText) -> Message:
        chat_id, message_id = int(cast("int", method.chat_id)), cast("int", method.message_id)
        before = self._chat(chat_id).get(message_id)
        if before is None:
            raise TelegramBadRequest(method, "Bad Request: message to edit not found")
        self._chat(chat_id)[message_id] = replace(
            before, text=method.text or "", keyboard=method.reply_markup, edits=before.edits + 1
        )
        return _message(bot, chat_id, message_id)


def _message(bot: Bot, chat_id: int, message_id: int) -> Message:
    return Message(message_id=message_id, date=datetime.now(UTC), chat=Chat(id=chat_id, type="private")).as_(
        bot
    )


@dataclass(frozen=True, slots=True)
class Bell:
    """Delivers outbox rows to Telegram one by one."""

    database: Database
    clock: Clock
    wire: Recorder
    bot: Bot
    waiting: WaitingOrders

    async def deliver(self) -> None:
        """Deliver all due rows."""
        while True:
            async with self.database.write() as c:
                rows = await claim_of_orders(c, Channel.TELEGRAM, self.clock(), 50)
                await outbox.done(c, *[row.id for row in rows])
            if not rows:
                return
            for row in rows:
                await self._deliver(row)

    async def _deliver(self, row: Row) -> None:
        cards = self.waiting.live_cards
        if row.kind is Kind.BELL:
            is_ladder = row.subject == LADDER
            await self.waiting.join(row.order_id, row.target, aloud=row.sound, is_ladder=is_ladder)
        elif row.kind is Kind.WAITING:
            await self.waiting.refresh(row.order_id, row.target)
        elif row.kind is Kind.CARD_ANEW:
            await cards.show_quietly(row.order_id, row.target)
        else:
            show = cards.alarm if row.kind is Kind.ALARM else cards.refresh
            await show(row.order_id, row.target, aloud=row.sound)


def a_bell(database: Database, clock: Clock, wire: Recorder, bot: Bot) -> Bell:
    locks = NamedLocks()
    return Bell(
        database,
        clock,
        wire,
        bot,
        WaitingOrders(bot, database, clock, locks, LiveCards(bot, database, clock, locks)),
    )
