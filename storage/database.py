"""The database: connections, real transactions, migrations."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path

from alembic import command
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.aiosqlite_threads import let_thread_end
from storage.errors import DatabaseUnavailable
from storage.migrations import alembic_config

BUSY_SECONDS = 10.0
"""How long a writer waits for its turn before it gives up."""

_BEGIN = "sqlite_begin"
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


class Database:
    """The one database of the bot; `url` is SQLAlchemy's, such as `sqlite+aiosqlite:///data/orders.db`.

    Every method raises DatabaseUnavailable when the database cannot be reached, is locked or full.
    """

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self._name = parsed.render_as_string(hide_password=True)
        self._is_sqlite = parsed.get_backend_name() == "sqlite"
        if self._is_sqlite and parsed.database:
            self._make_folder(Path(parsed.database).parent)
        self._engine = (
            _sqlite_engine(url) if self._is_sqlite else create_async_engine(url, pool_pre_ping=True)
        )
        self._writing = self._engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
        self._turn = asyncio.Lock()

    async def migrate(self) -> None:
        """Bring the tables to the newest form; all or nothing."""
        async with self.write() as c:
            await c.run_sync(_upgrade)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that may write: commits on leaving, rolls back on an exception.

        Not to be nested: on SQLite a second one waits for the first, and gives up.
        """
        async with self._its_turn(), self._transaction(self._writing) as c:
            yield c

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that reads: all of it sees the same moment, and no writer waits for it."""
        async with self._transaction(self._engine) as c:
            yield c

    async def ping(self) -> None:
        """Whether the database answers."""
        async with self.read() as c:
            await c.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()

    def _make_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnavailable(self._name, str(error)) from error

    def _its_turn(self) -> AbstractAsyncContextManager[None]:
        """SQLite has one writer at a time: a queue is fair and quick where its busy time-out only polls."""
        return self._queue() if self._is_sqlite else nullcontext()

    @asynccontextmanager
    async def _queue(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(BUSY_SECONDS):
                await self._turn.acquire()
        except TimeoutError as error:
            raise DatabaseUnavailable(self._name, "another writer does not finish") from error
        try:
            yield
        finally:
            self._turn.release()

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        c = await self._connect(engine)
        try:
            async with c.begin():
                yield c
        except (OperationalError, InterfaceError) as error:
            raise DatabaseUnavailable(self._name, str(error.orig)) from error
        finally:
            await asyncio.shield(c.close())

    async def _connect(self, engine: AsyncEngine) -> AsyncConnection:
        try:
            return await engine.connect()
        except (SQLAlchemyError, OSError) as error:
            await let_thread_end()
            raise DatabaseUnavailable(self._name, str(error)) from error


def _sqlite_engine(url: str) -> AsyncEngine:
    """The driver begins nothing by itself (isolation_level None): the transactions are ours."""
    engine = create_async_engine(url, connect_args={"isolation_level": None, "timeout": BUSY_SECONDS})
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _set_pragmas(connection: DBAPIConnection, _record: object) -> None:
    """A connection that does not get that far is closed here: nobody else knows of it yet."""
    try:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
    except BaseException:
        connection.close()
        raise


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))


def _upgrade(connection: Connection) -> None:
    command.upgrade(alembic_config(connection), "head")
