"""Rows of the outbox that cannot be read: damaged, or written by a later version (X22)."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.tables import outbox
from storage.sending.outbox import Channel, State, get


async def fail_unreadable(c: AsyncConnection, channel: Channel) -> list[tuple[int, int]]:
    """Fail the rows that cannot be read. Gives the ids of row and order.

    They stay for people to look at, and stop no other row.
    """
    waits = (outbox.c.channel == channel, outbox.c.state != State.FAILED)
    row_ids = list(await c.scalars(select(outbox.c.id).where(*waits)))
    which = outbox.c.id.in_([row_id for row_id in row_ids if not await _is_readable(c, row_id)])
    await c.execute(update(outbox).where(which).values(state=State.FAILED, why="unreadable"))
    failed = await c.execute(select(outbox.c.id, outbox.c.order_id).where(which))
    return [(row.id, row.order_id) for row in failed]


async def _is_readable(c: AsyncConnection, row_id: int) -> bool:
    try:
        await get(c, row_id)
    except (LookupError, TypeError, ValueError):
        return False
    return True
