"""aiosqlite with one journey per statement.

A connection works in a thread of its own. aiosqlite goes there four times for each statement: for a cursor,
for the statement, for its rows, and to close the cursor. The journeys take longer than SQLite does.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Self, TypeVar

import aiosqlite

AT_ONCE = 1000
"""Rows that come back with the statement itself; the rest of a longer answer is fetched when asked for."""

T = TypeVar("T")


async def connect(database: str, **options: Any) -> QuickConnection:  # noqa: ANN401 - options of sqlite3
    """Open a connection, for SQLAlchemy's `async_creator_fn`."""
    connection = QuickConnection(lambda: sqlite3.connect(database, **options))
    await connection
    return connection


class QuickConnection(aiosqlite.Connection):
    """A connection whose cursors make short journeys."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self._thread.daemon = True  # as SQLAlchemy has it: no program waits for a connection left open

    def cursor(self) -> QuickCursor:  # type: ignore[override]  # does what SQLAlchemy asks of a cursor
        return QuickCursor(self)

    async def in_thread(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do it in the thread of the connection."""
        done: T = await self._execute(lambda: work(self._conn))  # type: ignore[no-untyped-call]  # aiosqlite's
        return done


class QuickCursor:
    """One statement and its answer."""

    def __init__(self, connection: QuickConnection) -> None:
        self._connection = connection
        self._open: sqlite3.Cursor | None = None
        self._rows: deque[Any] = deque()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Any = ()) -> Self:  # noqa: ANN401 - as in sqlite3
        await self._connection.in_thread(lambda c: self._do(c.cursor(), "execute", statement, parameters))
        return self

    async def executemany(self, statement: str, parameters: Sequence[Any]) -> Self:
        await self._connection.in_thread(lambda c: self._do(c.cursor(), "executemany", statement, parameters))
        return self

    async def fetchall(self) -> list[Any]:
        return self._taken(len(self._rows)) + await self._more(lambda cursor: cursor.fetchall())

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        wanted = size or self.arraysize
        if not self._rows:
            self._rows.extend(await self._more(lambda cursor: cursor.fetchmany(max(wanted, AT_ONCE))))
        return self._taken(wanted)

    async def fetchone(self) -> Any:  # noqa: ANN401 - a row or None
        return next(iter(await self.fetchmany(1)), None)

    async def close(self) -> None:
        self._rows.clear()
        if self._open is not None:
            cursor, self._open = self._open, None
            await self._connection.in_thread(lambda _c: cursor.close())

    def _do(self, cursor: sqlite3.Cursor, how: str, statement: str, parameters: Any) -> None:  # noqa: ANN401
        """In the thread: the whole statement, and of a short answer all."""
        try:
            getattr(cursor, how)(statement, parameters)
            rows = cursor.fetchmany(AT_ONCE) if cursor.description else []
        except BaseException:
            cursor.close()
            raise
        self._rows = deque(rows)
        self.description, self.rowcount, self.lastrowid = (
            cursor.description,
            cursor.rowcount,
            cursor.lastrowid,
        )
        if len(rows) < AT_ONCE:
            cursor.close()
        else:
            self._open = cursor

    async def _more(self, fetch: Callable[[sqlite3.Cursor], list[Any]]) -> list[Any]:
        cursor = self._open
        return [] if cursor is None else await self._connection.in_thread(lambda _c: fetch(cursor))

    def _taken(self, size: int) -> list[Any]:
        return [self._rows.popleft() for _ in range(min(size, len(self._rows)))]
