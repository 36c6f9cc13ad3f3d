"""Who decides upon something holds it until the commit.

SQLite has one writer at a time, so that there is nothing to hold; on PostgreSQL writers work side by side.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from sqlalchemy import Connection, Table, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.tables import orders

_MIGRATIONS = 0x666C6F72697374
"""The number of the advisory lock: "florist" in ASCII."""
_CLAIMS = _MIGRATIONS + 1
# Looked up, not tried: whoever tries it has it for a moment, and may keep it from its owner.
_IS_HELD = text("""
    SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
    WHERE locktype = 'advisory' AND objsubid = 1 AND datname = current_database() AND granted
    AND classid::bigint = CAST(:high AS bigint) AND objid::bigint = CAST(:low AS bigint)
""")


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


async def hold_claims(c: AsyncConnection) -> None:
    """Until this transaction ends no other worker takes anything to send: it must see what this one took."""
    if _is_postgres(c):
        await c.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _CLAIMS})


async def is_free(c: AsyncConnection, name: str) -> bool:
    """Whether nobody holds the lock of this name (`named_locks.SharedLocks`); PostgreSQL only."""
    high, low = divmod(number_of(name) % 2**64, 2**32)
    return not await c.scalar(_IS_HELD, {"high": high, "low": low})


def number_of(name: str) -> int:
    """PostgreSQL knows its advisory locks by numbers of 64 bits."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)


def hold_migrations(connection: Connection) -> None:
    """Of several programs that start at once one migrates; the others wait, and find it done."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MIGRATIONS})


def _is_postgres(c: AsyncConnection) -> bool:
    return c.dialect.name == "postgresql"
