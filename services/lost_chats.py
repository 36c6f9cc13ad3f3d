"""Chats that cannot be reached any more: a person blocked the bot, a group threw it out or moved away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.texts import Translator
from orders.people import CHIEFS
from services.pulse import Pulse
from storage import cards, client_links, outbox, shops, staff
from storage import orders as order_rows
from storage.database import Database
from storage.outbox import Kind, Outgoing, Priority, Row

GONE = ("chat not found", "user is deactivated", "not enough rights", "have no rights", "bot was kicked")

log = structlog.get_logger(__name__)


class LostChats:
    """Says one word to the managers, who is out of reach and for which order; follows a group that moved."""

    def __init__(self, bot: Bot, database: Database, pulse: Pulse, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._database = database
        self._pulse = pulse
        self._clock = clock

    async def give_up(self, row: Row, error: TelegramAPIError) -> None:
        """The row failed for good. One who is out of reach is told of, once for each order."""
        async with self._database.write() as c:
            is_first = not await outbox.has_failed(c, row.order_id, row.target)
            await outbox.fail(c, row.id, str(error))
            if _is_gone(error) and is_first and row.kind is not Kind.UNREACHABLE:
                await outbox.put(c, await self._words(c, row))
        self._pulse.beat()

    async def _words(self, c: AsyncConnection, row: Row) -> list[Outgoing]:
        order = await order_rows.get(c, row.order_id)
        chiefs = await staff.of_shop(c, order.shop_id, CHIEFS) if order else []
        chats = [chief.telegram_id for chief in chiefs if chief.telegram_id is not None]
        return [
            Outgoing(
                row.channel,
                Kind.UNREACHABLE,
                row.order_id,
                Priority.CARD,
                self._clock(),
                target=chat,
                sound=True,
                subject=row.target,
            )
            for chat in chats
            if chat != row.target
        ]

    async def tell(self, row: Row) -> None:
        """Send the word about `row.subject` to the chief whose row this is."""
        async with self._database.read() as c:
            order = await order_rows.get(c, row.order_id)
            readers = await staff.by_telegram(c, row.target)
            lost = await staff.by_telegram(c, row.subject)
            link = await client_links.of_order(c, row.order_id)
        if order is None or not readers:
            return
        t = Translator(readers[0].language)
        if link is not None and link.chat_id == row.subject:
            text = t("unreachable-client", number=order.number)
        elif lost:
            text = t("unreachable-person", name=lost[0].name, number=order.number)
        else:
            text = t("unreachable-group", number=order.number)
        await self._bot.send_message(row.target, text, disable_notification=False)

    async def follow(self, old: int, new: int) -> None:
        """The shop's group is another chat now: what waits goes there, what stood in the old one is over."""
        async with self._database.write() as c:
            shop = await shops.by_group(c, old)
            if shop is None:
                return
            await shops.set_group(c, shop.id, new)
            await outbox.retarget(c, old, new)
            await cards.leave(c, old)
        log.info("group_moved", shop_id=shop.id)
        self._pulse.beat()


def _is_gone(error: TelegramAPIError) -> bool:
    return isinstance(error, TelegramForbiddenError) or any(words in error.message for words in GONE)
