"""After rows were put back under their own ids, new ones must not be given the same."""

from __future__ import annotations

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.backup import backed_up_tables
from storage.db.tables import orders, shops, staff


async def go_on_after_highest(c: AsyncConnection) -> None:
    """SQLite looks for the highest id by itself; PostgreSQL counts on its own and has to be told."""
    if c.dialect.name != "postgresql":
        return
    for table in (shops, staff, orders, *(one for one in backed_up_tables.TABLES if "id" in one.c)):
        highest = await c.scalar(select(func.max(table.c.id)))
        if highest is not None:
            place = {"table": table.name, "highest": highest}
            await c.execute(text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :highest)"), place)
