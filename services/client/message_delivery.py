"""Delivers what client and shop say (X7): neither side reads the other's name or number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import BufferedInputFile, Message

from messages.client.conversation import from_client, from_shop, photo_lost, photo_stays, second_person
from messages.i18n.texts import Translator
from messages.ui.screen import Screen
from orders.access.order_access import can_see
from orders.client.links import Said, TalkKind, works
from orders.model.order import Order
from orders.model.people import Role
from services.files.downloads import Downloads, FileNotNowError, FileTooBigError
from services.sending.chat_refusals import is_out_of_reach
from storage.client import conversation, links
from storage.db.database import Database
from storage.order import orders as order_rows
from storage.sending.outbox import Kind, Row
from storage.shop import shops
from storage.team import staff

log = structlog.get_logger(__name__)


ABOUT_CLIENT = {
    Kind.CLIENT_SECOND: second_person,
    Kind.CLIENT_PHOTO_LOST: photo_lost,
    Kind.CLIENT_PHOTO_STAYS: photo_stays,
}
"""Events in the client's chat that the staff are notified of, besides the talk."""


FILE_TRIES = 8
"""Attempts while Telegram does not hand out the file: about three minutes."""
_FILE_NAMES = {TalkKind.PHOTO: "photo.jpg", TalkKind.VOICE: "voice.ogg"}
"""File names for what is sent as a document because its own kind was refused."""


class MessageDelivery:
    """Delivers the rows of the talk. The words are sent as a new message, so the author is not shown."""

    def __init__(
        self, bot: Bot, database: Database, downloads: Downloads, clock: Callable[[], datetime]
    ) -> None:
        self._bot = bot
        self._database = database
        self._downloads = downloads
        self._clock = clock

    async def deliver(self, row: Row) -> None:
        """Send what was said to the other side, if it may still read it."""
        async with self._database.snapshot() as c:
            order = await order_rows.get(c, row.order_id)
            said = await conversation.get(c, row.subject) if row.kind is Kind.CLIENT_TALK else None
        if order is None or (said is None and row.kind is Kind.CLIENT_TALK):
            return
        to_client = said is not None and said.mark.role is not Role.CLIENT
        t = await self._client(row, order) if to_client else await self._colleague(row, order)
        if t is None:
            log.info("talk_unheard", order_id=order.id)
            return
        if said is None:
            screen = ABOUT_CLIENT[row.kind](order, t)
        else:
            screen = from_shop(order, said, t) if to_client else from_client(order, said, t)
        message = await self._send(row, said, screen)
        async with self._database.write() as c:
            await conversation.note_message(c, row.target, message.message_id, order.id)

    async def _client(self, row: Row, order: Order) -> Translator | None:
        """The client's language, if the chat is still theirs."""
        async with self._database.snapshot() as c:
            link = await links.of_order(c, order.id)
            shop = await shops.get(c, order.shop_id)
        if link is None or shop is None or link.chat_id != row.target:
            return None
        return Translator(link.language) if works(link, order, self._clock(), shop.rules) else None

    async def _colleague(self, row: Row, order: Order) -> Translator | None:
        """The language of the member of staff, if they may still see the order."""
        async with self._database.snapshot() as c:
            members = await staff.by_telegram(c, row.target)
        reader = next((member for member in members if can_see(order, member.actor)), None)
        return Translator(reader.language) if reader else None

    async def _send(self, row: Row, said: Said | None, screen: Screen) -> Message:
        if said is None or said.kind not in _FILE_NAMES:
            return await self._send_words(row, screen)
        try:
            return await self._send_as_it_came(row, said, screen)
        except (TelegramBadRequest, TelegramForbiddenError) as refused:
            if is_out_of_reach(refused):
                raise
            log.info("talk_sent_as_file", order_id=row.order_id, why=refused.message)
            try:
                return await self._send_as_file(row, said, screen)
            except FileTooBigError:
                raise refused from None
            except FileNotNowError:
                if row.attempts < FILE_TRIES:
                    raise
                raise refused from None

    async def _send_as_it_came(self, row: Row, said: Said, screen: Screen) -> Message:
        chat, silent, keys = row.target, not row.sound, screen.keyboard
        if said.kind is TalkKind.PHOTO:
            return await self._bot.send_photo(
                chat, said.file_id, caption=screen.text, reply_markup=keys, disable_notification=silent
            )
        return await self._bot.send_voice(
            chat, said.file_id, caption=screen.text, reply_markup=keys, disable_notification=silent
        )

    async def _send_as_file(self, row: Row, said: Said, screen: Screen) -> Message:
        """Send the file as a document: Telegram does not change a file's kind by its id.

        A person who takes no voice messages takes files. Raises FileTooBigError, FileNotNowError.
        """
        async with self._downloads.fetched(said.file_id, None) as content:
            return await self._bot.send_document(
                row.target,
                BufferedInputFile(content, _FILE_NAMES[said.kind]),
                caption=screen.text,
                reply_markup=screen.keyboard,
                disable_notification=not row.sound,
                disable_content_type_detection=True,
            )

    async def _send_words(self, row: Row, screen: Screen) -> Message:
        chat, silent, keys = row.target, not row.sound, screen.keyboard
        return await self._bot.send_message(
            chat,
            screen.text,
            reply_markup=keys,
            disable_notification=silent,
            link_preview_options=screen.preview,
        )
