"""Connections to SQLite that make one journey to their thread for a statement, where aiosqlite makes four.

To open a cursor, to execute, to fetch and to close are a journey each, which together cost more than most of
our statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Self

import aiosqlite

_CHUNK = 200
"""Rows that come along with the statement; more of them wait until somebody fetches them."""
_ITERATED = 64
"""aiosqlite's own default; nothing here iterates."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a statement has left. `cursor` is open where there may be more rows than these."""

    rows: list[Any]
    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    cursor: sqlite3.Cursor | None = None


class Connection(aiosqlite.Connection):
    """As aiosqlite's, but one journey for a statement, and none to begin or where nothing has begun."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, _ITERATED)
        self._thread.daemon = True  # as SQLAlchemy does it: one that was forgotten keeps no process alive
        self._is_settled = False
        self._is_to_begin = False

    def begin_with_next(self) -> None:
        """Begin a transaction on the journey of its first statement: for one that reads, nobody can tell."""
        self._is_to_begin = True

    def cursor(self) -> Cursor:  # type: ignore[override]  # SQLAlchemy only enters it
        """For one statement."""
        return Cursor(self)

    async def commit(self) -> None:
        """Nothing to do where no statement came."""
        if not self._is_to_begin:
            await super().commit()
        self._is_to_begin = False

    async def rollback(self) -> None:
        """The pool asks it of each connection that comes back."""
        self._is_to_begin = False
        if self.in_transaction or not self._is_settled:
            await super().rollback()

    async def run(self, work: Callable[[sqlite3.Connection], _Outcome]) -> _Outcome:
        """Do this in the connection's thread."""
        if self._is_to_begin:
            work, self._is_to_begin = partial(_begun, work), False
        outcome: _Outcome = await self._execute(work, self._conn)
        return outcome

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Where this is cancelled the thread may still be about to begin a transaction."""
        self._is_settled = False
        result = await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        self._is_settled = True
        return result


class Cursor:
    """What SQLAlchemy needs of a cursor."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self._take(_Outcome([]))

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """The first rows come along."""
        self._take(await self._connection.run(partial(_executed, sql, parameters)))

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Of these there are no rows."""
        self._take(await self._connection.run(partial(_executed_many, sql, parameters)))

    async def fetchall(self) -> list[Any]:
        """All rows that are left."""
        await self._fetch(-1)
        rows, self._rows = self._rows, []
        return rows

    async def fetchmany(self, size: int = 1) -> list[Any]:
        """So many of the rows that are left, or all of them."""
        if len(self._rows) < size:
            await self._fetch(max(size, _CHUNK))
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchone(self) -> Any | None:  # noqa: ANN401 - a row
        """None where no row is left."""
        return next(iter(await self.fetchmany()), None)

    async def close(self) -> None:
        """A journey only where rows were left behind."""
        self._rows = []
        if self._open is not None:
            self._take(await self._connection.run(partial(_closed, self._open)))

    async def _fetch(self, count: int) -> None:
        """More rows behind those that are here; -1 for all."""
        if self._open is not None:
            here = self._rows
            self._take(await self._connection.run(partial(_more, self._open, count)))
            self._rows = here + self._rows

    def _take(self, outcome: _Outcome) -> None:
        self._rows, self._open = outcome.rows, outcome.cursor
        self.description = outcome.description
        self.rowcount, self.lastrowid = outcome.rowcount, outcome.lastrowid


def connect(*place: Any, **settings: Any) -> Connection:  # noqa: ANN401 - those of sqlite3.connect
    """For SQLAlchemy's `async_creator_fn`; it opens when it is awaited."""
    return Connection(partial(sqlite3.connect, *place, **settings))


def _begun(work: Callable[[sqlite3.Connection], _Outcome], connection: sqlite3.Connection) -> _Outcome:
    connection.execute("BEGIN").close()
    return work(connection)


def _executed(sql: str, parameters: Sequence[Any], connection: sqlite3.Connection) -> _Outcome:
    cursor = connection.cursor()
    try:
        cursor.execute(sql, parameters)
    except BaseException:
        cursor.close()
        raise
    return _more(cursor, _CHUNK, connection)


def _executed_many(sql: str, parameters: Sequence[Sequence[Any]], connection: sqlite3.Connection) -> _Outcome:
    cursor = connection.executemany(sql, parameters)
    return _closed(cursor, connection)


def _more(cursor: sqlite3.Cursor, count: int, connection: sqlite3.Connection) -> _Outcome:
    """The cursor is closed with its last row: an open one would hold its locks."""
    if cursor.description is None:
        return _closed(cursor, connection)
    try:
        rows = cursor.fetchall() if count < 0 else cursor.fetchmany(count)
    except BaseException:
        cursor.close()
        raise
    if len(rows) == count:
        return _Outcome(rows, cursor.description, cursor.rowcount, cursor.lastrowid, cursor)
    return replace(_closed(cursor, connection), rows=rows)


def _closed(cursor: sqlite3.Cursor, _connection: sqlite3.Connection) -> _Outcome:
    outcome = _Outcome([], cursor.description, cursor.rowcount, cursor.lastrowid)
    cursor.close()
    return outcome
