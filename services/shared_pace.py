"""Several workers: they keep one pace, and each knows by the database what the others send and who lives."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from services.pace import Limits
from storage import locks, outbox, sendings
from storage.database import Database
from storage.errors import StorageError
from storage.named_locks import NamedLocks
from storage.outbox import Channel

TRIES = 3
"""Moments that a busy process may miss before it sends all the same."""

PAUSE = 1.0
"""Seconds before the database is asked again."""

log = structlog.get_logger(__name__)


class SharedPace:
    """The moments of all workers, handed out by PostgreSQL one after another.

    `locks`: with one of its name each worker shows the others that it lives.
    """

    def __init__(self, database: Database, limits: Limits, locks: NamedLocks) -> None:
        self._locks = locks
        self._database = database
        self._limits = limits

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

    async def release_dead(self, c: AsyncConnection, channel: Channel, own: str) -> None:
        """What dead workers were sending waits again."""
        await outbox.release_dead(c, channel, own)

    async def wait(self, chat_id: int) -> None:
        """Wait for a moment of one's own. One that was slept through is given up: the next is another's."""
        for _ in range(TRIES):
            seconds = await self._reserve(chat_id)
            moment = time.monotonic() + seconds
            await asyncio.sleep(seconds)
            if time.monotonic() < moment + self._limits.gap:
                return

    async def hold(self, chat_id: int, seconds: float) -> None:
        """Telegram said 429: nothing to this chat, by any worker."""
        try:
            async with self._database.write() as c:
                await sendings.hold(c, chat_id, seconds)
        except StorageError as error:
            log.warning("pace_not_shared", why=str(error))

    async def closed(self, c: AsyncConnection, channel: Channel) -> dict[int, float]:
        """The chats that may get nothing just now: told, or had enough, or another message is under way.

        Gives the seconds until each opens, infinite where that depends on a message under way. Until this
        transaction ends no other worker takes anything for any chat.
        """
        await locks.hold_claims(c)
        found = await sendings.closed(c, self._limits.person, self._limits.group)
        return found | dict.fromkeys(await outbox.in_hand(c, channel), math.inf)

    async def forget(self, c: AsyncConnection) -> None:
        """What left long ago counts no more."""
        await sendings.forget(c, max(self._limits.group.seconds, self._limits.person.seconds))

    async def _reserve(self, chat_id: int) -> float:
        """Without the database everybody keeps a pace of their own: an answer is worth a 429."""
        try:
            async with self._database.write() as c:
                return await sendings.reserve(c, chat_id, self._limits.gap)
        except StorageError as error:
            log.warning("pace_not_shared", why=str(error))
            return self._limits.gap
