"""Every message that a handler sends says what it is, and by that it leaves the chat again (X15).

The table is `orders.bell.passing`. What leaves by itself is taken away after the handler, so that the answer
comes first. A process that dies between sending a message and keeping its row leaves that message behind.
"""

from __future__ import annotations

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
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.ui.screen import Screen
from orders.bell.passing import BY_ITSELF, LEAVES, Kind, Passing, leaving
from services.sending.message_removal import take_away
from storage.bell import passing
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.order import cards

log = structlog.get_logger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
Keys = InlineKeyboardMarkup | ReplyKeyboardMarkup

_SAID: ContextVar[list[tuple[int, Passing]] | None] = ContextVar("said", default=None)
"""The chat and the message of all that the handler of this update has sent and that leaves by itself."""


async def say(
    message: Message | ChatMemberUpdated,
    kind: Kind,
    words: str,
    reply_markup: Keys | None = None,
    *,
    preview: LinkPreviewOptions | None = None,
    silent: bool | None = None,
) -> Message:
    """Send this as the newest message of the chat."""
    sent = await message.answer(
        words, reply_markup=reply_markup, link_preview_options=preview, disable_notification=silent
    )
    return told(sent, kind)


async def say_below(
    message: Message, kind: Kind, words: str, reply_markup: Keys | None = None, *, silent: bool | None = None
) -> Message:
    """The same as an answer to what somebody wrote."""
    sent = await message.reply(words, reply_markup=reply_markup, disable_notification=silent)
    return told(sent, kind)


async def put_menu(message: Message, screen: Screen) -> Message:
    """Show a menu or a list as the newest message; the one before in this chat goes."""
    return await say(message, Kind.MENU, screen.text, screen.keyboard, preview=screen.preview)


async def put_picture(message: Message, png: bytes, caption: str, keys: InlineKeyboardMarkup | None) -> None:
    """Show a picture in place of the one that the message shows; without one, as the newest menu."""
    file = BufferedInputFile(png, "picture.png")
    if message.photo:
        try:
            await message.edit_media(InputMediaPhoto(media=file, caption=caption), reply_markup=keys)
        except TelegramBadRequest as error:  # the same once more, or the message is gone or too old
            if "message is not modified" in error.message:
                return
        else:
            return
    told(await message.answer_photo(file, caption=caption, reply_markup=keys), Kind.MENU)


async def remark(
    message: Message, words: str, reply_markup: Keys | None = None, *, silent: bool | None = None
) -> Message:
    """Say below what somebody wrote what is wrong with it, or what became of it."""
    return await say_below(message, Kind.REMARK, words, reply_markup, silent=silent)


def told(sent: Message, kind: Kind) -> Message:
    """A message that was sent in another way, a picture for example, leaves as one of this kind."""
    said = _SAID.get()
    if said is not None and LEAVES[kind] in BY_ITSELF and sent.chat.type == ChatType.PRIVATE:
        said.append((sent.chat.id, Passing(sent.message_id, kind)))
    return sent


async def drop(message: Message, message_id: int) -> None:
    """Take a message of the bot's out of the chat of `message`; one too old to delete loses its buttons.

    Where Telegram cannot be reached it stays: what it asked is over all the same.
    """
    if message.bot is not None:
        with suppress(AiogramError):
            await take_away(message.bot, message.chat.id, message_id)


async def drop_keys(message: Message, database: Database) -> None:
    """Take the keys below this chat away, with the message that brought them."""
    async with database.read_one() as c:
        kept = await passing.of_chat(c, message.chat.id)
    for one in kept:
        if one.kind is Kind.KEYS:
            await drop(message, one.message_id)


class CleanChat(BaseMiddleware):
    """After each message and tap, takes away what leaves the chat with it. Group chats stay as they are."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[int, list[Passing]] = {}
        """By chat, as far as it was looked up: only this process writes the table."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        said: list[tuple[int, Passing]] = []
        token = _SAID.set(said)
        try:
            return await handler(event, data)
        finally:
            _SAID.reset(token)
            message = event.message if isinstance(event, CallbackQuery) else event
            if isinstance(message, Message) and message.chat.type == ChatType.PRIVATE:
                here = [one for chat_id, one in said if chat_id == message.chat.id]
                await self._clean(message, here, data.get("state"), is_turn=_is_turn(event))

    async def _clean(
        self, message: Message, said: Sequence[Passing], state: FSMContext | None, *, is_turn: bool
    ) -> None:
        try:
            gone = await self._swap(message.chat.id, said, state, is_turn=is_turn)
        except StorageError as error:  # the messages stay, and go with the next turn
            log.warning("chat_not_cleaned", why=str(error))
            return
        for one in gone:
            await drop(message, one.message_id)

    async def _swap(
        self, chat_id: int, said: Sequence[Passing], state: FSMContext | None, *, is_turn: bool
    ) -> Sequence[Passing]:
        """Keep what stands in the chat from now on; gives what has to go."""
        kept = await self._kept_in(chat_id)
        if not kept and not said:
            return ()
        dialogue = (await state.get_state() if state is not None else None) or ""
        said = [Passing(one.message_id, one.kind, dialogue) for one in said]
        gone = leaving(kept, said, dialogue, is_turn=is_turn)
        come = [one for one in said if one not in gone]
        if not gone and not come:
            return ()
        del self._kept[chat_id]
        async with self._database.write() as c:
            await passing.swap(c, chat_id, gone, come)
            going = [one for one in gone if not await _is_card(c, chat_id, one)]
        self._kept[chat_id] = [one for one in kept if one not in gone] + come
        return going

    async def _kept_in(self, chat_id: int) -> list[Passing]:
        if chat_id not in self._kept:
            async with self._database.read_one() as c:
                self._kept[chat_id] = await passing.of_chat(c, chat_id)
        return self._kept[chat_id]


async def _is_card(c: AsyncConnection, chat_id: int, one: Passing) -> bool:
    """A menu in whose place a card was opened is that card from then on."""
    return await cards.order_of(c, chat_id, one.message_id) is not None


def _is_turn(event: TelegramObject) -> bool:
    """Whether a person has turned to the bot: an edit is none, nor is a further picture of an album."""
    if not isinstance(event, Message):
        return True
    is_own = event.from_user is not None and event.from_user.is_bot  # Telegram says what the bot has done
    return not is_own and event.edit_date is None and event.media_group_id is None
