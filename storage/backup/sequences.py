"""Sets the id sequences after a restore, so that new rows do not get the ids of restored ones."""

from __future__ import annotations

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.backup import backed_up_tables
from storage.db.tables import orders, shops, staff


async def go_on_after_highest(c: AsyncConnection) -> None:
    """Set each PostgreSQL sequence to the highest id. SQLite derives the next id from the rows itself."""
    if c.dialect.name != "postgresql":
        return
    for table in (shops, staff, orders, *(one for one in backed_up_tables.TABLES if "id" in one.c)):
        highest = await c.scalar(select(func.max(table.c.id)))
        if highest is not None:
            place = {"table": table.name, "highest": highest}
            await c.execute(text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :highest)"), place)
