"""Several workers: they keep one pace, and each knows by the database what the others send and who lives."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from services.sending.rate_limiter import Limits
from services.sending.send_slots import LocalSendSlots, SendSlot, room
from storage.db import locks
from storage.db.advisory_locks import NamedLocks
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.sending import outbox, send_log
from storage.sending.outbox import Channel

GATHERING = 0.25
"""Seconds in which answers of Telegram are gathered before the other workers are told.

Nobody waits for it: what was answered counts for a second more, and they are told how long ago that was.
"""

PAUSE = 1.0
"""Seconds before the database is asked again."""

log = structlog.get_logger(__name__)


class SharedRateLimiter:
    """The moments of all workers, handed out by PostgreSQL one after another.

    `locks`: with one of its name each worker shows the others that it lives.
    """

    def __init__(self, database: Database, limits: Limits, locks: NamedLocks) -> None:
        self._locks = locks
        self._database = database
        self._limits = limits
        self._room = room(limits.bot_per_second)
        self._own = LocalSendSlots(self._room)
        self._answered: dict[datetime, float] = {}
        self._telling: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def alive(self, worker: str) -> AsyncIterator[None]:
        """While inside, the others know that this worker lives; the database is waited for."""
        async with AsyncExitStack() as stack:
            while True:
                try:
                    await stack.enter_async_context(self._locks.hold(worker))
                    break
                except StorageError as error:
                    log.warning("alive_unheard", why=str(error))
                await asyncio.sleep(PAUSE)
            yield
            await self.settle()

    async def release_dead(self, c: AsyncConnection, channel: Channel, own: str) -> None:
        """What dead workers were sending waits again."""
        await outbox.release_dead(c, channel, own)

    async def take(self, chat_id: int, messages: int) -> SendSlot:
        """See `SendSlots`. Without the database each keeps a pace of its own: an answer is worth a 429."""
        try:
            async with self._database.write() as c:
                taken = await send_log.take(c, chat_id, messages, self._room)
        except StorageError as error:
            log.warning("pace_not_shared", why=str(error))
            return await self._own.take(chat_id, messages)
        return SendSlot(self._room.gap, None) if taken is None else SendSlot(taken.seconds, taken.at)

    def left(self, moment: SendSlot) -> None:
        """See `SendSlots`. Nobody waits for the database: the others are told a little later."""
        self._own.left(moment)
        if isinstance(moment.key, datetime):
            self._answered[moment.key] = time.monotonic()
            if self._telling is None or self._telling.done():
                self._telling = asyncio.create_task(self._tell())

    async def hold(self, chat_id: int, seconds: float) -> None:
        """Telegram said 429: nothing to this chat, by any worker."""
        try:
            async with self._database.write() as c:
                await send_log.hold(c, chat_id, seconds)
        except StorageError as error:
            log.warning("pace_not_shared", why=str(error))

    async def closed(self, c: AsyncConnection, channel: Channel) -> dict[int, float]:
        """The chats that may get nothing just now: told, or had enough, or another message is under way.

        Gives the seconds until each opens, infinite where that depends on a message under way. Until this
        transaction ends no other worker takes anything for any chat.
        """
        await locks.hold_claims(c)
        found = await send_log.closed(c, self._limits.person, self._limits.group)
        return found | dict.fromkeys(await outbox.in_hand(c, channel), math.inf)

    async def forget(self, c: AsyncConnection) -> None:
        """What left long ago counts no more."""
        await send_log.forget(c, max(self._limits.group.seconds, self._limits.person.seconds))

    async def settle(self) -> None:
        """Until all that was answered is told, before the database is closed."""
        if self._telling is not None:
            await asyncio.wait([self._telling])

    async def _tell(self) -> None:
        """What cannot be told counts until it is waited for no longer."""
        while self._answered:
            await asyncio.sleep(GATHERING)
            answered, self._answered = self._answered, {}
            now = time.monotonic()
            try:
                async with self._database.write() as c:
                    await send_log.left(c, {at: now - left_at for at, left_at in answered.items()})
            except StorageError as error:
                log.warning("pace_not_shared", why=str(error))
