"""Sets and reads an order's deadlines directly, without the rules."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.schedule.deadlines import Deadline, DeadlineKind
from storage.db.tables import deadlines as table
from storage.order import deadlines


async def want(c: AsyncConnection, order_id: int, *wanted: Deadline) -> None:
    """Replace the order's deadlines."""
    await deadlines.rewrite(c, order_id, lambda _fired: wanted)


async def fired(c: AsyncConnection, order_id: int) -> dict[DeadlineKind, datetime]:
    """The last firing time of each kind that has fired."""
    query = select(table.c.kind, table.c.last_fired_at).where(table.c.order_id == order_id)
    rows = await c.execute(query.where(table.c.last_fired_at.is_not(None)))
    return {DeadlineKind(kind): at for kind, at in rows}
