"""Rows of the outbox that cannot be read: damaged, or written by a later version (X22)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.tables import outbox
from storage.sending.outbox import Channel, State, get


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The ids of an outbox row and of its order or shop."""

    row_id: int
    order_id: int | None
    shop_id: int | None


async def fail_unreadable(c: AsyncConnection, channel: Channel) -> list[Unreadable]:
    """Mark the rows that cannot be read as failed, so that they block no others. They are kept for people."""
    waits = (outbox.c.channel == channel, outbox.c.state != State.FAILED)
    row_ids = list(await c.scalars(select(outbox.c.id).where(*waits)))
    which = outbox.c.id.in_([row_id for row_id in row_ids if not await _is_readable(c, row_id)])
    await c.execute(update(outbox).where(which).values(state=State.FAILED, why="unreadable"))
    failed = await c.execute(select(outbox.c.id, outbox.c.order_id, outbox.c.shop_id).where(which))
    return [Unreadable(row.id, row.order_id, row.shop_id) for row in failed]


async def _is_readable(c: AsyncConnection, row_id: int) -> bool:
    try:
        await get(c, row_id)
    except (LookupError, TypeError, ValueError):
        return False
    return True
