"""Sets aside rows that fail because of a bug or their own data, and notifies the directors (X22).

The row is kept for inspection; everything else goes on.
"""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum

from aiogram import Bot
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from orders.model.people import Role
from storage.client import conversation
from storage.db.database import Database
from storage.db.errors import UnreadableDocument
from storage.order import orders as order_rows
from storage.sending import outbox
from storage.sending.outbox import Channel, Kind, Outgoing, Priority, Row
from storage.team import staff

BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    UnreadableDocument,
)
"""Errors of the program or of a row's data: a retry of the same row fails again."""


class Part(IntEnum):
    """What failed for an order."""

    MESSAGE = 0
    CALL = 1
    COPY = 2
    ALARM = 3
    ERASURE = 4
    TALK = 5
    """A message of the talk with the client, which Telegram refuses."""


PARTS = {Channel.TELEGRAM: Part.MESSAGE, Channel.MARKETPLACE: Part.CALL, Channel.COPY: Part.COPY}


async def tell_directors(c: AsyncConnection, order_id: int, part: Part, now: datetime) -> None:
    """Put a message for each director of the order's shop: one per order and part while it waits."""
    label = await order_rows.label(c, order_id)
    directors = await staff.of_shop(c, label[0], {Role.DIRECTOR}) if label else []
    chats = [one.telegram_id for one in directors if one.telegram_id is not None]
    await outbox.put(c, [_word(order_id, chat, part, now) for chat in chats])


def _word(order_id: int, chat: int, part: Part, now: datetime) -> Outgoing:
    return Outgoing(
        Channel.TELEGRAM, Kind.SET_ASIDE, order_id, Priority.CARD, now,
        target=chat, sound=True, subject=part,
    )  # fmt: skip


async def tell_refused(c: AsyncConnection, row: Row, now: datetime) -> None:
    """Telegram refuses this message, in every chat or in this one: notify the directors.

    For a message of the talk also notify the member of staff who wrote it, about the same order.
    """
    said = await conversation.get(c, row.subject) if row.kind is Kind.CLIENT_TALK else None
    await tell_directors(c, row.order_id, Part.TALK if said else Part.MESSAGE, now)
    label = await order_rows.label(c, row.order_id)
    speaker = await staff.get(c, said.mark.staff_id or 0, label[0]) if said and label else None
    if speaker is not None and speaker.telegram_id is not None:
        await outbox.put(c, [_word(row.order_id, speaker.telegram_id, Part.TALK, now)])


class SetAside:
    """Sends these notifications to the members of staff."""

    def __init__(self, bot: Bot, database: Database) -> None:
        self._bot = bot
        self._database = database

    async def tell(self, row: Row) -> None:
        """Send the notification of this row; needs only the order's number."""
        async with self._database.snapshot() as c:
            label = await order_rows.label(c, row.order_id)
            readers = await staff.by_telegram(c, row.target)
        if label is None or not readers:
            return
        t = Translator(readers[0].language)
        text = t(f"set-aside-{Part(row.subject).name.lower()}", number=label[1])
        await self._bot.send_message(row.target, text, disable_notification=False)
