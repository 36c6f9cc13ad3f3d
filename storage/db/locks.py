"""Who decides upon something holds it until the commit.

SQLite has one writer at a time, so that there is nothing to hold; on PostgreSQL writers work side by side.
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
    """Nobody else changes these orders, or what waits to be sent of them, until this transaction ends.

    By id, so that two who want the same orders never wait for each other.
    """
    if _is_postgres(c):
        query = select(orders.c.id).where(orders.c.id.in_(order_ids)).order_by(orders.c.id)
        # the key is not held: what refers to the order (cards) can be written meanwhile
        await c.execute(query.with_for_update(key_share=True))


async def hold_table(c: AsyncConnection, table: Table) -> None:
    """Nobody else changes this table until this transaction ends; for what people change once a month."""
    if _is_postgres(c):
        await c.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))


def hold_migrations(connection: Connection) -> None:
    """Of several programs that start at once one migrates; the others wait, and find it done."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MIGRATIONS})


def _is_postgres(c: AsyncConnection) -> bool:
    return c.dialect.name == "postgresql"
