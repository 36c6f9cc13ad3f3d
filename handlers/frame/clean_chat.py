"""Every message that a handler sends has a kind, which decides when it is deleted from the chat (X15).

The table is `orders.bell.passing`. Messages are deleted after the handler has run, so that the answer comes
first. If the process dies between sending a message and storing its row, that message stays in the chat.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from contextvars import ContextVar
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.fsm.context import FSMContext
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    TelegramObject,
)

from messages.ui.screen import Screen
from orders.bell.passing import BY_ITSELF, LEAVES, Kind, Passing, leaving
from services.bell.passing_messages import PassingMessages
from services.sending.message_removal import take_away
from storage.db.errors import StorageError
from storage.updates.named_locks import NamedLocks

log = structlog.get_logger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
Keys = InlineKeyboardMarkup | ReplyKeyboardMarkup

_SAID: ContextVar[list[tuple[int, Passing]] | None] = ContextVar("said", default=None)
"""Messages that this update's handler sent and that will be deleted: chat id and message."""


async def say(
    message: Message | ChatMemberUpdated,
    kind: Kind,
    words: str,
    reply_markup: Keys | None = None,
    *,
    preview: LinkPreviewOptions | None = None,
    silent: bool | None = None,
) -> Message:
    """Send a new message to the chat."""
    sent = await message.answer(
        words, reply_markup=reply_markup, link_preview_options=preview, disable_notification=silent
    )
    return told(sent, kind)


async def say_below(
    message: Message, kind: Kind, words: str, reply_markup: Keys | None = None, *, silent: bool | None = None
) -> Message:
    """Send the words as a reply to the message."""
    sent = await message.reply(words, reply_markup=reply_markup, disable_notification=silent)
    return told(sent, kind)


async def put_menu(message: Message, screen: Screen) -> Message:
    """Show a menu or a list as a new message; the chat's previous menu is deleted."""
    return await say(message, Kind.MENU, screen.text, screen.keyboard, preview=screen.preview)


async def put_picture(message: Message, png: bytes, caption: str, keys: InlineKeyboardMarkup | None) -> None:
    """Replace the picture of the message; if it has none, send the picture as a new menu."""
    file = BufferedInputFile(png, "picture.png")
    if message.photo:
        try:
            await message.edit_media(InputMediaPhoto(media=file, caption=caption), reply_markup=keys)
        except TelegramBadRequest as error:  # the same picture, or the message is gone or too old
            if "message is not modified" in error.message:
                return
        else:
            return
    told(await message.answer_photo(file, caption=caption, reply_markup=keys), Kind.MENU)


async def remark(
    message: Message, words: str, reply_markup: Keys | None = None, *, silent: bool | None = None
) -> Message:
    """Reply to a person's message with what is wrong with it, or with its result."""
    return await say_below(message, Kind.REMARK, words, reply_markup, silent=silent)


def told(sent: Message, kind: Kind) -> Message:
    """Register a message that was sent in another way, for example a picture, for deletion as this kind."""
    said = _SAID.get()
    if said is not None and LEAVES[kind] in BY_ITSELF and sent.chat.type == ChatType.PRIVATE:
        said.append((sent.chat.id, Passing(sent.message_id, kind)))
    return sent


async def drop(message: Message, message_id: int) -> None:
    """Delete a message of the bot in the chat of `message`; remove its buttons if it is too old to delete.

    If Telegram cannot be reached, the message stays; nothing else depends on it.
    """
    if message.bot is not None:
        with suppress(AiogramError):
            await take_away(message.bot, message.chat.id, message_id)


async def drop_keys(message: Message, passing: PassingMessages) -> None:
    """Remove the reply keyboard by deleting the message that carries it."""
    for one in await passing.of_chat(message.chat.id):
        if one.kind is Kind.KEYS:
            await drop(message, one.message_id)


class CleanChat(BaseMiddleware):
    """Deletes outdated messages after each message and tap. Only in private chats."""

    def __init__(self, passing: PassingMessages) -> None:
        self._passing = passing
        self._locks = NamedLocks()
        """By chat: two updates of one person may end at the same time."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        said: list[tuple[int, Passing]] = []
        token = _SAID.set(said)
        try:
            return await handler(event, data)
        finally:
            _SAID.reset(token)
            message = event.message if isinstance(event, CallbackQuery) else event
            if isinstance(message, Message) and message.chat.type == ChatType.PRIVATE and _is_turn(event):
                here = [one for chat_id, one in said if chat_id == message.chat.id]
                await self._clean(message, here, data.get("state"), _read_to(event))

    async def _clean(
        self, message: Message, said: Sequence[Passing], state: FSMContext | None, read_to: float
    ) -> None:
        try:
            async with self._locks.hold(str(message.chat.id)):
                gone = await self._swap(message.chat.id, said, state, read_to)
        except StorageError as error:  # the messages stay, and are deleted after the next update
            log.warning("chat_not_cleaned", why=str(error))
            return
        for one in gone:
            await drop(message, one.message_id)

    async def _swap(
        self, chat_id: int, said: Sequence[Passing], state: FSMContext | None, read_to: float
    ) -> Sequence[Passing]:
        """Store which messages are in the chat now; returns those to delete."""
        kept = await self._passing.of_chat(chat_id)
        if not kept and not said:
            return ()
        dialogue = (await state.get_state() if state is not None else None) or ""
        said = [Passing(one.message_id, one.kind, dialogue) for one in said]
        gone = leaving(kept, said, dialogue, read_to=read_to)
        come = [one for one in said if one not in gone]
        if not gone and not come:
            return ()
        return await self._passing.swap(chat_id, gone, come)


def _is_turn(event: TelegramObject) -> bool:
    """Whether a person wrote or pressed it: Telegram reports the bot's own pins as messages of the bot."""
    return not isinstance(event, Message) or event.from_user is None or not event.from_user.is_bot


def _read_to(event: TelegramObject) -> float:
    """Returns `read_to` of `leaving` for this event."""
    if not isinstance(event, Message):
        return math.inf
    is_own = event.from_user is not None and event.from_user.is_bot  # Telegram's own message about the bot
    is_turn = not is_own and event.edit_date is None and event.media_group_id is None
    return event.message_id if is_turn else 0
