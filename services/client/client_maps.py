"""The map in the client's chat that shows where the courier is (X23): one message, edited in place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from messages.i18n.texts import Translator
from services.order.beside_orders import end_map
from services.order.client_recipients import MAP_EVERY
from services.sending.message_removal import delete, retire
from services.sending.sender import NotNow
from storage.client import positions
from storage.client.positions import ShownPosition
from storage.db.database import Database
from storage.sending.outbox import Kind, Row
from storage.team import staff

LEAST_PERIOD = 60
"""Seconds: Telegram's minimum for a live location."""

log = structlog.get_logger(__name__)


class ClientMaps:
    """Delivers the rows about a courier's position. A map that has ended is deleted from the chat."""

    def __init__(self, bot: Bot, database: Database, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock

    async def show(self, row: Row) -> None:
        """Show the newest position. Raises NotNow while the last update is too recent."""
        now = self._clock()
        async with self._database.snapshot() as c:
            shown = await positions.of_order(c, row.order_id)
        if shown is None or shown.client_chat != row.target or now >= shown.until:
            return
        if shown.sent_at is not None and now < shown.sent_at + MAP_EVERY:
            raise NotNow((shown.sent_at + MAP_EVERY - now).total_seconds())
        map_id = await self._send(shown, now) if shown.map_id is None else await self._edit(shown)
        async with self._database.write() as c:
            if map_id is None:  # the client deleted the map: it is not sent again
                await end_map(c, row.order_id, now)
                return
            is_shown = await positions.note_map(c, row.order_id, row.target, map_id, now)
        if not is_shown:
            await self._remove(row.target, map_id)

    async def take_away(self, row: Row) -> None:
        """Remove an ended map from the client's chat, and the bot's note from the courier's."""
        if row.kind is Kind.MAP_NOTE_OVER:
            async with self._database.snapshot() as c:
                members = await staff.by_telegram(c, row.target)
            t = Translator(members[0].language if members else "")
            await retire(self._bot, row.target, row.subject, t("position-over"))
        elif row.subject:
            await self._remove(row.target, row.subject)
        else:
            now = self._clock()
            async with self._database.write() as c:
                shown = await positions.of_order(c, row.order_id)
                if shown is not None and shown.until <= now:
                    await end_map(c, row.order_id, now)

    async def _send(self, shown: ShownPosition, now: datetime) -> int:
        message = await self._bot.send_location(
            shown.client_chat,
            shown.latitude,
            shown.longitude,
            live_period=max(LEAST_PERIOD, int((shown.until - now).total_seconds())),
            disable_notification=True,
        )
        return message.message_id

    async def _edit(self, shown: ShownPosition) -> int | None:
        """Move the map; None where the message was deleted or its live period has ended."""
        try:
            await self._bot.edit_message_live_location(
                shown.latitude, shown.longitude, chat_id=shown.client_chat, message_id=shown.map_id
            )
        except TelegramBadRequest as error:
            if "message is not modified" not in error.message:
                log.info("position_gone", order_id=shown.order_id)
                return None
        return shown.map_id

    async def _remove(self, chat_id: int, map_id: int) -> None:
        """Delete the map; where that fails, stop it from moving."""
        if not await delete(self._bot, chat_id, map_id):
            with suppress(TelegramBadRequest):
                await self._bot.stop_message_live_location(chat_id=chat_id, message_id=map_id)
