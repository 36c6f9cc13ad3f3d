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
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import Any, Protocol

import aiosqlite

AT_ONCE = 500
"""Rows that come along at most; a longer answer is fetched in so many trips, and never held as a whole."""

WRITING = "BEGIN IMMEDIATE"
"""How a transaction that writes begins."""

Given = Sequence[Any]


class _Execute(Protocol):
    def __call__(self, cursor: sqlite3.Cursor, sql: str, given: Any, /) -> sqlite3.Cursor: ...  # noqa: ANN401 - one set of values, or many


class QuickConnection(aiosqlite.Connection):
    """A connection for SQLAlchemy's aiosqlite dialect (its `async_creator_fn`)."""

    def __init__(self, database: str, **settings: Any) -> None:  # noqa: ANN401 - sqlite3.connect's own
        connect = partial(sqlite3.connect, database, **settings | {"check_same_thread": False})
        super().__init__(connect, iter_chunk_size=AT_ONCE)
        # As SQLAlchemy has it for aiosqlite's own: a connection that nobody closed keeps no program running.
        self._thread.daemon = True
        self._opening = ""
        self._may_be_open = False
        self._is_writing = False
        self._is_unheard = False
        """Whoever was on a trip was cancelled: the thread may still be at work."""

    def begin_with_next(self, opening: str) -> None:
        """Begin a transaction by this statement, on the trip of the next; without a next there is none."""
        self._opening = opening

    def cursor(self) -> QuickCursor:  # type: ignore[override]  # made here, without a trip
        return QuickCursor(self)

    async def run(self, execute: _Execute, sql: str, given: object, answer: QuickCursor) -> None:
        """Let a cursor execute a statement, and put what comes of it into `answer`."""
        opening, self._opening, self._may_be_open = self._opening, "", True

        def work() -> None:
            cursor = self._conn.cursor()
            if opening:
                cursor.execute(opening)
            answer.take(execute(cursor, sql, given))

        if self._is_writing:
            work()
        else:
            await self._trip(work)
            self._is_writing = sql == WRITING

    async def fetch(self, answer: QuickCursor, cursor: sqlite3.Cursor) -> None:
        """The next rows of a long answer."""
        await self._trip(partial(answer.take, cursor))

    async def _trip(self, function: Callable[[], None]) -> None:
        try:
            await self._execute(function)  # type: ignore[no-untyped-call]  # aiosqlite does not type it
        except asyncio.CancelledError:
            self._is_unheard = True
            raise

    async def commit(self) -> None:
        await self._end(super().commit, self._conn.commit)

    async def rollback(self) -> None:
        await self._end(super().rollback, self._conn.rollback)

    async def _end(self, end: Callable[[], Awaitable[None]], end_at_once: Callable[[], None]) -> None:
        """Where nothing was begun there is nothing to end: the pool rolls back whatever comes back to it."""
        self._opening = ""
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
        await self._connection.run(sqlite3.Cursor.execute, sql, given, self)

    async def executemany(self, sql: str, given: Iterable[Given]) -> None:
        await self._connection.run(sqlite3.Cursor.executemany, sql, given, self)

    def take(self, cursor: sqlite3.Cursor) -> None:
        """What came of a statement, and its next rows. Called in the connection's thread."""
        self.description = cursor.description
        rows = cursor.fetchmany(AT_ONCE) if cursor.description else []
        self._rows.extend(rows)
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        self._rest = cursor if len(rows) == AT_ONCE else None

    async def fetchone(self) -> Any:  # noqa: ANN401 - a row is what the statement asks for
        found = await self.fetchmany(1)
        return found[0] if found else None

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        if not self._rows and self._rest is not None:
            await self._connection.fetch(self, self._rest)
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    async def fetchall(self) -> list[Any]:
        while self._rest is not None:
            await self._connection.fetch(self, self._rest)
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
