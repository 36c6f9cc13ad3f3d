"""Calls that the marketplace refused: the chiefs are told its answer, and mark the step in its app."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from aiogram import Bot
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from messages.order.marketplace import refused_call
from orders.model.people import CHIEFS
from storage.db.database import Database
from storage.order import orders as order_rows
from storage.sending import outbox
from storage.sending.outbox import Channel, Kind, Outgoing, Priority, Row
from storage.team import staff

log = structlog.get_logger(__name__)


class RefusedCalls:
    """Gives up refused calls, and sends the notifications about them."""

    def __init__(self, bot: Bot, database: Database, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock

    async def give_up(self, row: Row, answer: str) -> None:
        """Mark the call as failed for good, and notify the chiefs; `answer` is what the marketplace said."""
        async with self._database.write() as c:
            await outbox.fail(c, row.id, answer)
            await outbox.put(c, await self._words(c, row.order_id))
        log.warning("call_refused", order_id=row.order_id)

    async def _words(self, c: AsyncConnection, order_id: int) -> list[Outgoing]:
        order, now = await order_rows.get(c, order_id), self._clock()
        chiefs = await staff.of_shop(c, order.shop_id, CHIEFS) if order else []
        chats = [chief.telegram_id for chief in chiefs if chief.telegram_id is not None]
        return [
            Outgoing(
                Channel.TELEGRAM, Kind.CALL_REFUSED, order_id, Priority.CARD, now, target=chat, sound=True
            )
            for chat in chats
        ]

    async def tell(self, row: Row) -> None:
        """Send the notification to the chief of this row, unless the marketplace has the step by now."""
        async with self._database.snapshot() as c:
            order = await order_rows.get(c, row.order_id)
            readers = await staff.by_telegram(c, row.target)
            answer = await outbox.answer_of_failed(c, Channel.MARKETPLACE, row.order_id)
        if order is None or not order.is_ahead or not readers or answer is None:
            return
        screen = refused_call(order, answer, Translator(readers[0].language))
        await self._bot.send_message(
            row.target, screen.text, reply_markup=screen.keyboard, disable_notification=False
        )
