"""Row, table and migration locks of a transaction, held until its commit.

On PostgreSQL writers run concurrently and need them. SQLite allows one writer at a time, so they do nothing.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, Table, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.tables import orders

_MIGRATIONS = 0x666C6F72697374
"""The number of the advisory lock: "florist" in ASCII."""
LEADER = _MIGRATIONS + 1
"""The number of the lock that the process which works on the database holds (`storage.db.leader`)."""


async def hold_orders(c: AsyncConnection, order_ids: Collection[int]) -> None:
    """Lock these orders and their outbox rows until this transaction ends.

    In the order of their ids, to avoid deadlocks.
    """
    if _is_postgres(c):
        query = select(orders.c.id).where(orders.c.id.in_(order_ids)).order_by(orders.c.id)
        # NO KEY: rows that refer to the order, such as cards, can be inserted meanwhile
        await c.execute(query.with_for_update(key_share=True))


async def hold_table(c: AsyncConnection, table: Table) -> None:
    """Lock the whole table until this transaction ends; for tables that change about once a month."""
    if _is_postgres(c):
        await c.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))


def hold_migrations(connection: Connection) -> None:
    """Lets one of several programs that start at the same time migrate; the others wait for it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MIGRATIONS})


def _is_postgres(c: AsyncConnection) -> bool:
    return c.dialect.name == "postgresql"
