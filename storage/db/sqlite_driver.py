"""The connection to SQLite that SQLAlchemy uses: one journey to the driver's thread for each statement.

aiosqlite makes four: for a cursor, for the statement, for its rows, and for the cursor's end. A journey costs
as much processor time as a short statement, and a tap needs dozens of statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, Self, TypeVar

import aiosqlite

ROWS_AT_ONCE = 500
"""Rows that come with their statement; who streams more of them fetches the others by and by."""
STATEMENTS = 512
"""That SQLite keeps prepared for each connection; a busy day has some three hundred."""

Found = TypeVar("Found")


def connect(file: str, **settings: Any) -> Connection:  # noqa: ANN401 - whatever sqlite3 takes
    """To be awaited; its thread ends with the process."""
    connection = Connection(lambda: sqlite3.connect(file, cached_statements=STATEMENTS, **settings), 0)
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does it
    return connection


class Connection(aiosqlite.Connection):
    """Carries out one statement after the other. With `isolation_level` None nothing begins by itself."""

    _begin = ""
    _is_begun = False

    def begin_with(self, statement: str) -> None:
        """The next statement begins a transaction, in the same journey."""
        self._begin = statement

    def cursor(self) -> Cursor:  # type: ignore[override] # made without a journey
        return Cursor(self)

    async def commit(self) -> None:
        self._begin = ""
        if self._is_begun:
            await super().commit()
            self._is_begun = False

    async def rollback(self) -> None:
        self._begin = ""
        if self._is_begun:
            await super().rollback()
            self._is_begun = False

    async def fetch(self, operation: str, parameters: Any) -> tuple[sqlite3.Cursor, list[Any]]:  # noqa: ANN401
        """Carry the statement out; gives the driver's cursor and the first rows."""
        return await self.journey(self._fetch, self._to_begin(), operation, parameters)

    async def execute_many(self, operation: str, parameters: Any) -> sqlite3.Cursor:  # noqa: ANN401
        """Carry it out with each of the parameters."""
        return await self.journey(self._execute_many, self._to_begin(), operation, parameters)

    async def journey(self, what: Callable[..., Found], *arguments: object) -> Found:
        """Do it in the thread of this connection."""
        found: Found = await self._execute(what, *arguments)  # type: ignore[no-untyped-call]
        return found

    def _to_begin(self) -> str:
        begin, self._begin = self._begin, ""
        self._is_begun = self._is_begun or bool(begin)
        return begin

    def _fetch(self, begin: str, operation: str, parameters: Any) -> tuple[sqlite3.Cursor, list[Any]]:  # noqa: ANN401
        if begin:
            self._conn.execute(begin)
        cursor = self._conn.execute(operation, parameters)
        return cursor, cursor.fetchmany(ROWS_AT_ONCE) if cursor.description else []

    def _execute_many(self, begin: str, operation: str, parameters: Any) -> sqlite3.Cursor:  # noqa: ANN401
        if begin:
            self._conn.execute(begin)
        return self._conn.executemany(operation, parameters)


class Cursor:
    """One statement and its rows. Only for more rows than came with it it goes to the thread again."""

    description: Any = None
    rowcount = -1
    lastrowid: int | None = None
    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self._rest: sqlite3.Cursor | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, operation: str, parameters: Any = ()) -> None:  # noqa: ANN401 - as the driver takes them
        """Carry the statement out."""
        cursor, self._rows = await self._connection.fetch(operation, parameters)
        self._rest = cursor if len(self._rows) == ROWS_AT_ONCE else None
        self._note(cursor)

    async def executemany(self, operation: str, parameters: Any) -> None:  # noqa: ANN401 - the same
        """Carry it out with each of the parameters."""
        self._note(await self._connection.execute_many(operation, parameters))

    def _note(self, cursor: sqlite3.Cursor) -> None:
        self.description = cursor.description
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid

    async def fetchone(self) -> Any:  # noqa: ANN401 - a row, or None
        """The next row."""
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int) -> list[Any]:
        """The next rows, at most so many."""
        if not self._rows and self._rest is not None:
            self._rows = await self._connection.journey(self._rest.fetchmany, ROWS_AT_ONCE)
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchall(self) -> list[Any]:
        """All the rows that are left."""
        rows, self._rows = self._rows, []
        if self._rest is not None:
            rows += await self._connection.journey(self._rest.fetchall)
        return rows

    async def close(self) -> None:
        """The rows that are left are not wanted."""
        if self._rest is not None:
            await self._connection.journey(self._rest.close)
