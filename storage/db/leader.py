"""Elects the one process that works on a database; on PostgreSQL other processes stand by.

It is an advisory lock, held by a connection beside the pool. PostgreSQL ends that connection, and so frees
the lock, when the process dies, and also after `LEASE` seconds without a question: a process that is stopped,
or whose machine is cut off, loses it as well. So whoever had an answer within less than that still leads.
"""

from __future__ import annotations

import asyncio
import time
from typing import NoReturn

import structlog
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.engines import APPLICATION, lone_connection
from storage.db.errors import DatabaseUnavailable, NotLeading
from storage.db.locks import LEADER

LEASE = 10.0
"""Seconds without a question after which PostgreSQL ends the connection that holds the lock."""
FRESH = 5.0
"""Seconds after a question for which its answer is proof. With `ANSWER_SECONDS` less than the lease."""
ANSWER_SECONDS = 4.0
"""Seconds to wait for the server's answer; without one the lock counts as lost."""
CHECK_SECONDS = 2.0
"""Between two questions whether the lock is still held."""

_TAKE = text("SELECT pg_try_advisory_lock(:number)")
# Asks for the lock itself, because a pooler may have moved the connection to another server session.
_IS_HELD = text("""
    SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()
    AND objsubid = 1 AND (classid::bigint << 32 | objid::bigint) = :number
""")
# A stopped process may be inside a transaction, which must neither keep rows locked nor commit later.
_END_FORMER = text("""
    SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND application_name = :application
""")

log = structlog.get_logger(__name__)


class Leader:
    """The process that holds the lock of a SQLite file (`Database.occupied`): nothing can take it away."""

    @property
    def is_lost(self) -> bool:
        """Whether this process is known not to lead any more; that never changes back."""
        return False

    async def take(self) -> bool:
        """Become the leader; False while another process is."""
        return True

    async def confirm(self) -> None:
        """Call before anything leaves and before each commit. Raises NotLeading unless this process leads."""

    async def watch(self) -> NoReturn:
        """Check again and again until cancelled; raises NotLeading when the lock is lost."""
        await asyncio.Event().wait()
        raise AssertionError

    async def close(self) -> None:
        """Let another process lead."""


class ServerLeader(Leader):
    """One term of a process on a PostgreSQL database: after a loss, stand by with a new one."""

    def __init__(self, url: str) -> None:
        self._name = make_url(url).render_as_string(hide_password=True)
        self._engine = lone_connection(url, ANSWER_SECONDS, LEASE)
        self._connection: AsyncConnection | None = None
        self._asking: asyncio.Task[None] | None = None
        self._lost = asyncio.Event()
        self._asked_at = 0.0, 0.0
        """When the last question that was answered with yes was asked, by both clocks."""

    @property
    def is_lost(self) -> bool:
        return self._lost.is_set()

    async def take(self) -> bool:
        """See `Leader`. The connections that the process before left behind are ended.

        Raises DatabaseUnavailable when the server cannot be asked.
        """
        asked_at = _now()
        try:
            if self._connection is None:
                self._connection = await self._engine.connect()
            is_taken = bool(await self._connection.scalar(_TAKE, {"number": LEADER}))
            if is_taken:
                await self._connection.execute(_END_FORMER, {"application": APPLICATION})
                raw = await self._connection.get_raw_connection()
                if raw.driver_connection is not None:
                    raw.driver_connection.add_termination_listener(lambda _: self._lost.set())
        except (SQLAlchemyError, OSError) as error:
            await self._drop()
            raise DatabaseUnavailable(self._name, str(error)) from error
        self._asked_at = asked_at
        return is_taken

    async def confirm(self) -> None:
        """See `Leader`. Asks the server only where the last answer is too old to be proof."""
        while self.is_lost or _seconds_since(self._asked_at) > FRESH:
            await self._check()

    async def watch(self) -> NoReturn:
        """See `Leader`. A connection that breaks is noticed at once."""
        while True:
            try:
                async with asyncio.timeout(CHECK_SECONDS):
                    await self._lost.wait()
            except TimeoutError:
                pass
            await self._check()

    async def close(self) -> None:
        """See `Leader`."""
        self._lost.set()
        if self._asking is not None:
            await asyncio.wait({self._asking})
        await self._drop()
        await self._engine.dispose()

    async def _check(self) -> None:
        """Ask once for all who wait; raises NotLeading.

        It is finished also when they are cancelled: else the connection, and the lock, would be lost.
        """
        if not self.is_lost:
            if self._asking is None or self._asking.done():
                self._asking = asyncio.create_task(self._ask())
            await asyncio.shield(self._asking)
        if self.is_lost:
            raise NotLeading(self._name)

    async def _ask(self) -> None:
        asked_at, is_held, why = _now(), False, "its connection holds it no more"
        try:
            if self._connection is not None:
                is_held = bool(await self._connection.scalar(_IS_HELD, {"number": LEADER}))
        except Exception as error:  # noqa: BLE001 - without an answer nothing proves that the lock is held
            why = str(error)
        if is_held:
            self._asked_at = asked_at
        else:
            log.warning("lead_lost", why=why)
            self._lost.set()

    async def _drop(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            await connection.invalidate()
            await connection.close()


def _now() -> tuple[float, float]:
    """The monotonic clock, and the one that also counts while the machine sleeps."""
    return time.monotonic(), time.time()


def _seconds_since(moment: tuple[float, float]) -> float:
    """The larger of the two clocks' differences, in seconds."""
    return max(now - then for now, then in zip(_now(), moment, strict=True))
