"""Locks by name: of two who want to do the same thing at once, one waits for the other."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from weakref import WeakValueDictionary

import structlog
from sqlalchemy import TextClause, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.engines import lone_connection
from storage.db.errors import DatabaseUnavailable
from storage.db.locks import number_of

PATIENCE = 30.0
"""Seconds to wait for another worker. Telegram gives up on a webhook after a minute, and brings it again."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.01, 0.1

_TAKE = text("SELECT pg_try_advisory_lock(:number)")
_LET_GO = text("SELECT pg_advisory_unlock(:number)")

log = structlog.get_logger(__name__)


class NamedLocks(ABC):
    """Hands out locks; whoever holds one must not want it again."""

    @abstractmethod
    def hold(self, name: str) -> AbstractAsyncContextManager[None]:
        """Wait for the lock of this name, and hold it while inside."""

    @abstractmethod
    def hold_if_free(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Hold it while inside if nobody else does now; says whether it is held. Nobody waits."""

    @abstractmethod
    async def close(self) -> None:
        """Let go of everything."""


class LocalLocks(NamedLocks):
    """The locks of one process."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        async with self._locks.setdefault(name, asyncio.Lock()):
            yield

    @asynccontextmanager
    async def hold_if_free(self, name: str) -> AsyncIterator[bool]:
        lock = self._locks.setdefault(name, asyncio.Lock())
        if lock.locked():
            yield False
            return
        async with lock:
            yield True

    async def close(self) -> None:
        """Nothing to do: each is let go of by who holds it."""


class SharedLocks(NamedLocks):
    """Locks of all workers on one PostgreSQL: the server's advisory locks.

    All are held over one connection, beside the pool: however many people write at once, they take no
    connection from each other or from their own transactions. When the process dies the server lets go of
    them; when only the connection breaks, they are taken anew over the next. For a lock that another worker
    holds the server is asked again and again: a blocking question would keep the connection from everybody.
    """

    def __init__(self, url: str) -> None:
        self._name = make_url(url).render_as_string(hide_password=True)
        self._engine = lone_connection(url)
        self._connection: AsyncConnection | None = None
        self._held: set[int] = set()
        self._asking = asyncio.Lock()
        self._here = LocalLocks()

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        """Raises DatabaseUnavailable when the server cannot be asked, or the other worker does not let go."""
        number = number_of(name)
        async with self._here.hold(name):
            await self._take(number)
            async with self._until_let_go(number):
                yield

    @asynccontextmanager
    async def hold_if_free(self, name: str) -> AsyncIterator[bool]:
        """Raises DatabaseUnavailable when the server cannot be asked."""
        number = number_of(name)
        async with self._here.hold_if_free(name) as is_free_here:
            if not is_free_here or not await self._try(number):
                yield False
                return
            async with self._until_let_go(number):
                yield True

    @asynccontextmanager
    async def _until_let_go(self, number: int) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await asyncio.shield(self._let_go(number))

    async def close(self) -> None:
        async with self._asking:
            await self._drop()
        await self._engine.dispose()

    async def _take(self, number: int) -> None:
        pause, waited = SHORTEST_PAUSE, 0.0
        while not await self._try(number):
            if waited > PATIENCE:
                raise DatabaseUnavailable(self._name, "another worker does not let go")
            await asyncio.sleep(pause)
            waited += pause
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _try(self, number: int) -> bool:
        """Whoever is cancelled while asking may have got it without knowing."""
        asking = asyncio.create_task(self._ask(_TAKE, number))
        try:
            return await asyncio.shield(asking)
        except asyncio.CancelledError:
            if await asking:
                await self._let_go(number)
            raise

    async def _let_go(self, number: int) -> None:
        self._held.discard(number)
        try:
            await self._ask(_LET_GO, number)
        except DatabaseUnavailable as error:  # with its connection the lock is gone as well
            log.warning("lock_lost", why=error.why)

    async def _ask(self, question: TextClause, number: int) -> bool:
        async with self._asking:
            try:
                if self._connection is None:
                    self._connection = await self._engine.connect()
                    for held in tuple(self._held):  # as far as nobody was quicker; some let go meanwhile
                        await self._connection.scalar(_TAKE, {"number": held})
                answer = bool(await self._connection.scalar(question, {"number": number}))
            except (SQLAlchemyError, OSError) as error:
                await self._drop()
                raise DatabaseUnavailable(self._name, str(error)) from error
            if answer and question is _TAKE:
                self._held.add(number)
            return answer

    async def _drop(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            await connection.invalidate()
            await connection.close()
