"""Database engines: one for connections that read, one for connections that write."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.db.sqlite_driver import connect

POOL_SIZE = 5
MOST_CONNECTIONS = 15
"""Of one process; PostgreSQL as it comes takes 100 of all processes together."""

ANSWER_SECONDS = 60.0
"""How long PostgreSQL may take over one statement before it counts as gone."""
IDLE_SECONDS = 60
"""After which PostgreSQL itself ends a transaction whose process has frozen: others wait for its rows."""
RECYCLE_SECONDS = 1800
APPLICATION = "florist bot"
"""The name at PostgreSQL of the leader's pooled connections: a new leader ends those of the one before."""
OTHER_APPLICATION = "florist"
"""The same of commands, and of the connection that holds the leader's lock."""

_BEGIN = "sqlite_begin"
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


class Engines(NamedTuple):
    """Both share one pool. Errors hide the values of a statement, which may be names and phones."""

    asking: AsyncEngine
    reading: AsyncEngine
    writing: AsyncEngine


def sqlite_engines(url: str, patience: float) -> Engines:
    """The driver opens no transaction by itself (isolation_level None); `Database` does.

    `patience`: seconds to wait for another program's write.
    """
    settings = {"isolation_level": None, "timeout": patience, "async_creator_fn": connect}
    engine = create_async_engine(url, connect_args=settings, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "begin", _begin)
    event.listen(engine.sync_engine, "invalidate", _let_go)
    return Engines(
        engine.execution_options(**{_BEGIN: ""}),
        engine,
        engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"}),
    )


def postgres_engines(url: str, patience: float, application: str) -> Engines:
    """Readers see one moment. Writers see what is committed, and hold the rows that they decide upon.

    `patience`: seconds to wait for a connection, or for a row that another transaction holds.
    """
    settings = {
        "application_name": application,
        "timezone": "UTC",
        "jit": "off",  # it would take longer over our short queries than they run
        "lock_timeout": f"{patience * 1000:.0f}ms",
        "idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s",
    }
    engine = create_async_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=MOST_CONNECTIONS - POOL_SIZE,
        pool_timeout=patience,
        pool_recycle=RECYCLE_SECONDS,
        hide_parameters=True,
        connect_args={"timeout": patience, "command_timeout": ANSWER_SECONDS, "server_settings": settings},
    )
    event.listen(engine.sync_engine, "checkout", _check)
    reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Engines(
        reading,
        reading,
        engine.execution_options(isolation_level="READ COMMITTED"),
    )


def lone_connection(url: str, answer_seconds: float, idle_seconds: float) -> AsyncEngine:
    """For one connection to PostgreSQL beside the pool, without transactions.

    `answer_seconds`: how long to wait for an answer; `idle_seconds`: when PostgreSQL 14 and newer ends it.
    """
    return create_async_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        connect_args={
            "timeout": answer_seconds,
            "command_timeout": answer_seconds,
            "server_settings": {
                "application_name": OTHER_APPLICATION,
                "idle_session_timeout": f"{idle_seconds * 1000:.0f}ms",
            },
        },
    )


def _check(connection: DBAPIConnection, _record: object, _proxy: object) -> None:
    """A connection that the server has closed is replaced.

    asyncpg knows it without asking; the pool's own ping would be three more journeys for each transaction.
    """
    if connection.driver_connection.is_closed():
        raise DisconnectionError("closed by the server")


def _set_pragmas(connection: DBAPIConnection, _record: object) -> None:
    """A connection whose pragmas cannot be set is closed here, because the pool does not know it yet."""
    try:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
    except BaseException:
        connection.close()
        raise


def _begin(connection: Connection) -> None:
    """Not a journey of its own: SQLite looks and locks with the first statement only."""
    statement = connection.get_execution_options().get(_BEGIN, "BEGIN")
    if statement:
        driver = connection.connection.driver_connection
        if driver is not None:
            driver.begin_with(statement)


def _let_go(connection: DBAPIConnection, _record: object, _error: object) -> None:
    """End the transaction of a connection that is about to be closed because its user was cancelled.

    SQLite keeps the locks of a closed connection as long as a cursor of it is alive somewhere, and the
    traceback of the cancelled user has one: what that user does on the way out would wait for itself.
    """
    with suppress(Exception):
        connection.rollback()
