"""The depth of the outbox, for metrics and measurements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.tables import outbox
from storage.sending.outbox import Channel, Priority, State


@dataclass(frozen=True, slots=True)
class Depth:
    """The number of rows of one kind in the outbox, and when the oldest of them was stored."""

    channel: Channel
    priority: Priority
    state: State
    rows: int
    oldest: datetime


async def depths(c: AsyncConnection) -> list[Depth]:
    """Returns the depth of the outbox by channel, priority and state."""
    kinds = (outbox.c.channel, outbox.c.priority, outbox.c.state)
    query = select(*kinds, func.count().label("rows"), func.min(outbox.c.created_at).label("oldest"))
    return [
        Depth(Channel(row.channel), Priority(row.priority), State(row.state), row.rows, row.oldest)
        for row in await c.execute(query.group_by(*kinds))
    ]


async def pending_count(c: AsyncConnection, channel: Channel) -> int:
    """Returns the number of pending rows in a channel, including those scheduled for later."""
    pending = (outbox.c.channel == channel, outbox.c.state == State.PENDING)
    return (await c.execute(select(func.count()).select_from(outbox).where(*pending))).scalar_one()
