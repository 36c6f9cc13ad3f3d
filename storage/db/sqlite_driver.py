"""The connection to SQLite that SQLAlchemy uses: it calls the driver's thread once per statement.

aiosqlite calls it four times: to open a cursor, to execute, to fetch the rows, and to close the cursor. Each
call takes as much CPU time as a short statement, and a tap needs dozens of statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, Self, TypeVar

import aiosqlite

ROWS_AT_ONCE = 500
"""Rows fetched together with their statement; further rows are fetched in batches of this size."""
STATEMENTS = 512
"""Prepared statements that SQLite caches per connection; a busy day uses about 300."""

Found = TypeVar("Found")


def connect(file: str, **settings: Any) -> Connection:  # noqa: ANN401 - passed on to sqlite3
    """Returns a connection, to be awaited. Its daemon thread ends with the process."""
    connection = Connection(lambda: sqlite3.connect(file, cached_statements=STATEMENTS, **settings), 0)
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does it
    return connection


class Connection(aiosqlite.Connection):
    """Executes one statement after another. With `isolation_level` None, no transaction begins implicitly."""

    _begin = ""
    _is_begun = False

    def begin_with(self, statement: str) -> None:
        """Run `statement` before the next one, in the same call, to begin a transaction."""
        self._begin = statement

    def cursor(self) -> Cursor:  # type: ignore[override] # needs no call to the thread
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
        """Execute the statement. Returns the driver's cursor and the first rows."""
        return await self.journey(self._fetch, self._to_begin(), operation, parameters)

    async def execute_many(self, operation: str, parameters: Any) -> sqlite3.Cursor:  # noqa: ANN401
        """Execute the statement once for each of the parameter sets."""
        return await self.journey(self._execute_many, self._to_begin(), operation, parameters)

    async def journey(self, what: Callable[..., Found], *arguments: object) -> Found:
        """Call a function in the thread of this connection and return its result."""
        found: Found = await self._execute(what, *arguments)  # type: ignore[no-untyped-call]
        return found

    def _to_begin(self) -> str:
        begin, self._begin = self._begin, ""
        self._is_begun = self._is_begun or bool(begin)
        return begin

    def _fetch(self, begin: str, operation: str, parameters: Any) -> tuple[sqlite3.Cursor, list[Any]]:  # noqa: ANN401
        self._start(begin)
        cursor = self._conn.execute(operation, parameters)
        return cursor, cursor.fetchmany(ROWS_AT_ONCE) if cursor.description else []

    def _execute_many(self, begin: str, operation: str, parameters: Any) -> sqlite3.Cursor:  # noqa: ANN401
        self._start(begin)
        return self._conn.executemany(operation, parameters)

    def _start(self, begin: str) -> None:
        """Begin the transaction. After a failure the next statement begins it: none may commit by itself."""
        try:
            if begin:
                self._conn.execute(begin)
        except BaseException:
            self._begin = begin
            raise


class Cursor:
    """One statement and its rows. Calls the thread again only for rows beyond the first `ROWS_AT_ONCE`."""

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

    async def execute(self, operation: str, parameters: Any = ()) -> None:  # noqa: ANN401 - passed on to sqlite3
        """Execute the statement."""
        cursor, self._rows = await self._connection.fetch(operation, parameters)
        self._rest = cursor if len(self._rows) == ROWS_AT_ONCE else None
        self._note(cursor)

    async def executemany(self, operation: str, parameters: Any) -> None:  # noqa: ANN401 - the same
        """Execute the statement once for each of the parameter sets."""
        self._note(await self._connection.execute_many(operation, parameters))

    def _note(self, cursor: sqlite3.Cursor) -> None:
        self.description = cursor.description
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid

    async def fetchone(self) -> Any:  # noqa: ANN401 - a row, or None
        """Returns the next row, or None."""
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int) -> list[Any]:
        """Returns the next rows, at most `size`."""
        if not self._rows and self._rest is not None:
            self._rows = await self._connection.journey(self._rest.fetchmany, ROWS_AT_ONCE)
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchall(self) -> list[Any]:
        """Returns all remaining rows."""
        rows, self._rows = self._rows, []
        if self._rest is not None:
            rows += await self._connection.journey(self._rest.fetchall)
        return rows

    async def close(self) -> None:
        """Close the driver's cursor and discard the remaining rows."""
        if self._rest is not None:
            await self._connection.journey(self._rest.close)
