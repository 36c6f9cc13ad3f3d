"""SQLite with as few trips to its thread as it takes.

aiosqlite works in a thread of its own, and a trip there and back costs more than most of our statements. Its
cursor makes four of them: to be made, to execute, to fetch, to be closed. This one makes one, for a statement
that may take long or wait: whatever is read outside a writing transaction, the beginning of one (which waits
for other writers) and its commit (which waits for the disk). In between it looks up and writes single rows by
their keys, waits for nobody, and is done before a trip would have begun: that is done at once.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from typing import Any

import aiosqlite

AT_ONCE = 500
"""Rows that come along at most; a longer answer is fetched in so many trips, and never held as a whole."""

LONGEST_HOLD = 0.02
"""Seconds of one transaction after which a trip is made all the same: others want the loop too."""

WRITING = "BEGIN IMMEDIATE"
"""How a transaction that writes begins."""

Given = Sequence[Any]


class _Cursor(sqlite3.Cursor):
    """Comes along itself with its first rows: it knows their columns, and has the rest."""

    def fetchall(self) -> list[Any]:
        return [self, self.fetchmany(AT_ONCE) if self.description else []]


class _Connection(sqlite3.Connection):
    """What works in the thread."""

    opening = ""
    """Executed before the next statement, on the same trip."""

    def execute(self, sql: str, given: Any = (), /) -> _Cursor:  # noqa: ANN401 - a sequence or a mapping, as in sqlite3
        cursor = self.cursor(_Cursor)
        if self.opening:
            opening, self.opening = self.opening, ""
            cursor.execute(opening)
        cursor.execute(sql, given)
        return cursor


class QuickConnection(aiosqlite.Connection):
    """A connection for SQLAlchemy's aiosqlite dialect (its `async_creator_fn`)."""

    def __init__(self, database: str, **settings: Any) -> None:  # noqa: ANN401 - sqlite3.connect's own
        def connect() -> sqlite3.Connection:
            self._thread_side = sqlite3.connect(
                database, factory=_Connection, **settings | {"check_same_thread": False}
            )
            return self._thread_side

        super().__init__(connect, iter_chunk_size=AT_ONCE)
        self._may_be_open = False
        self._is_writing = False
        self._trips_again = 0.0
        """The moment after which a writing transaction makes a trip."""
        self._is_unheard = False
        """Whoever was on a trip was cancelled: the thread may still be at work."""

    def begin_with_next(self, opening: str) -> None:
        """Begin a transaction by this statement, on the trip of the next; without a next there is none."""
        self._thread_side.opening = opening

    def cursor(self) -> QuickCursor:  # type: ignore[override]  # made here, without a trip
        return QuickCursor(self)

    async def run(self, sql: str, given: Given) -> tuple[sqlite3.Cursor, list[Any]]:
        """Execute a statement: its cursor and its first rows."""
        self._may_be_open = True
        if self._is_at_once():
            cursor, rows = self._thread_side.execute(sql, given).fetchall()
        else:
            cursor, rows = await self._trip(self.execute_fetchall(sql, given))
            self._is_writing = self._is_writing or sql == WRITING
        return cursor, rows

    async def run_many(self, sql: str, given: Iterable[Given]) -> int:
        """Execute a statement once for each set of values: how many rows it concerned."""
        self._may_be_open = True
        if self._is_at_once():
            return self._thread_side.executemany(sql, given).rowcount
        cursor: aiosqlite.Cursor = await self._trip(self.executemany(sql, given))
        return cursor.rowcount

    async def fetch(self, cursor: sqlite3.Cursor) -> list[Any]:
        """The next rows of a long answer."""
        return list(await self._trip(aiosqlite.Cursor(self, cursor).fetchmany(AT_ONCE)))

    def _is_at_once(self) -> bool:
        return self._is_writing and time.monotonic() < self._trips_again

    async def _trip(self, way: Awaitable[Any]) -> Any:  # noqa: ANN401 - whatever is brought back
        try:
            return await way
        except asyncio.CancelledError:
            self._is_unheard = True
            raise
        finally:
            self._trips_again = time.monotonic() + LONGEST_HOLD

    async def commit(self) -> None:
        await self._end(super().commit, self._thread_side.commit)

    async def rollback(self) -> None:
        await self._end(super().rollback, self._thread_side.rollback)

    async def _end(self, end: Callable[[], Awaitable[None]], end_at_once: Callable[[], None]) -> None:
        """Where nothing was begun there is nothing to end: the pool rolls back whatever comes back to it."""
        self._thread_side.opening = ""
        if self._is_writing or self._is_unheard:
            await end()
        elif self._may_be_open:
            end_at_once()
        self._may_be_open = self._is_writing = self._is_unheard = False


class QuickCursor:
    """As much of a cursor as SQLAlchemy asks for; rows that came along are given without a trip."""

    def __init__(self, connection: QuickConnection) -> None:
        self._connection = connection
        self._rows: deque[Any] = deque()
        self._rest: sqlite3.Cursor | None = None
        self.description: tuple[tuple[Any, ...], ...] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> QuickCursor:
        return self

    async def execute(self, sql: str, given: Given = ()) -> None:
        cursor, rows = await self._connection.run(sql, given)
        self.description, self.rowcount, self.lastrowid = (
            cursor.description,
            cursor.rowcount,
            cursor.lastrowid,
        )
        self._take(cursor, rows)

    async def executemany(self, sql: str, given: Iterable[Given]) -> None:
        self.rowcount = await self._connection.run_many(sql, given)

    async def fetchone(self) -> Any:  # noqa: ANN401 - a row is what the statement asks for
        found = await self.fetchmany(1)
        return found[0] if found else None

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        if not self._rows and self._rest is not None:
            await self._fetch(self._rest)
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    async def fetchall(self) -> list[Any]:
        while self._rest is not None:
            await self._fetch(self._rest)
        found = list(self._rows)
        self._rows.clear()
        return found

    async def __aiter__(self) -> AsyncIterator[Any]:
        while found := await self.fetchmany(AT_ONCE):
            for row in found:
                yield row

    async def close(self) -> None:
        """What was not fetched is not wanted."""
        self._rows.clear()
        self._rest = None

    async def _fetch(self, rest: sqlite3.Cursor) -> None:
        self._take(rest, await self._connection.fetch(rest))

    def _take(self, cursor: sqlite3.Cursor, rows: list[Any]) -> None:
        self._rows.extend(rows)
        self._rest = cursor if len(rows) == AT_ONCE else None
