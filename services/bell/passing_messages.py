"""The messages of private chats that the bot deletes by itself (X15)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from orders.bell.passing import Passing
from storage.bell import passing
from storage.db.database import Database
from storage.intake import drafts
from storage.order import cards


class PassingMessages:
    """Stores which of these messages are in a chat."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[int, Sequence[Passing]] = {}
        """Cache of the table by chat: only this process writes it."""

    async def of_chat(self, chat_id: int) -> Sequence[Passing]:
        """Returns the messages of the chat, oldest first."""
        if chat_id not in self._kept:
            async with self._database.read_one() as c:
                kept = await passing.of_chat(c, chat_id)
            return self._kept.setdefault(chat_id, kept)  # a swap may have stored newer ones meanwhile
        return self._kept[chat_id]

    async def swap(self, chat_id: int, gone: Sequence[Passing], come: Sequence[Passing]) -> Sequence[Passing]:
        """Store that these messages left the chat and those came; returns the ones to delete.

        Not concurrently for one chat. A failed write empties the cache, so that the table is read again.
        """
        kept = await self.of_chat(chat_id)
        del self._kept[chat_id]
        async with self._database.write() as c:
            await passing.swap(c, chat_id, gone, come)
            going = [one for one in gone if not await _must_stay(c, chat_id, one)]
        self._kept[chat_id] = [one for one in kept if one not in gone] + list(come)
        return going


async def _must_stay(c: AsyncConnection, chat_id: int, one: Passing) -> bool:
    """Whether the menu's message became an order's card or shows a draft."""
    if await cards.order_of(c, chat_id, one.message_id) is not None:
        return True
    return await drafts.is_shown_by(c, chat_id, one.message_id)
