"""Wakes the jobs that wait for work when a transaction that wrote to their tables has committed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import TypeVar

from sqlalchemy import Connection, Table, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.dml import UpdateBase

_WRITTEN = "written_tables"
"""Under this name the info of a connection holds the tables that its transaction has written to."""
_IS_OWN = "is_own_work"

Statement = TypeVar("Statement", bound=UpdateBase)


class Wakes:
    """The subscribers of each table. Commits during a subscriber's work are merged into one wake-up."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[asyncio.Event]] = {}

    def subscribe(self, *tables: Table) -> asyncio.Event:
        """An event that is set after each commit that wrote to one of the tables.

        The subscriber clears it before it looks for work.
        """
        woken = asyncio.Event()
        for table in tables:
            self._waiting.setdefault(table.name, []).append(woken)
        return woken

    def wake(self, written: Iterable[str]) -> None:
        """Wake those who wait for these tables."""
        for name in written:
            for woken in self._waiting.get(name, ()):
                woken.set()

    def wake_all(self) -> None:
        """Wake everybody."""
        self.wake(self._waiting)


def own_work(statement: Statement) -> Statement:
    """Mark a statement that wakes nobody: a subscriber claims or ends its own work by it."""
    return statement.execution_options(**{_IS_OWN: True})


def note_writes(engine: AsyncEngine) -> None:
    """Note the table of each INSERT, UPDATE and DELETE of this engine, see `written_by`."""
    event.listen(engine.sync_engine, "after_execute", _note)


def written_by(c: AsyncConnection) -> set[str]:
    """The set that collects the names of the tables that this connection writes to."""
    written = set[str]()
    c.info[_WRITTEN] = written
    return written


def _note(
    connection: Connection,
    statement: object,
    _many: object,
    _params: object,
    options: Mapping[str, object],
    _result: object,
) -> None:
    if isinstance(statement, UpdateBase) and _IS_OWN not in options:
        table = statement.table
        if isinstance(table, Table):
            connection.info[_WRITTEN].add(table.name)
