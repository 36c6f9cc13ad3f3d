"""When what is due. Rows, rewritten with their order: a restart forgets none, and each fires once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.deadlines import Deadline, DeadlineKind
from storage import upserts
from storage.errors import NoSuchOrder
from storage.tables import deadlines, orders


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline whose moment has come."""

    order_id: int
    kind: DeadlineKind
    due_at: datetime


async def fired(c: AsyncConnection, order_id: int) -> dict[DeadlineKind, datetime]:
    """When each kind fired last, as far as it has."""
    query = select(deadlines.c.kind, deadlines.c.last_fired_at)
    rows = await c.execute(
        query.where(deadlines.c.order_id == order_id, deadlines.c.last_fired_at.is_not(None))
    )
    return {DeadlineKind(kind): at for kind, at in rows}


async def replace(c: AsyncConnection, order_id: int, wanted: Sequence[Deadline]) -> None:
    """Make these the deadlines of the order. Raises NoSuchOrder.

    When a kind fired last is kept, wanted or not: what was reminded of once is not reminded of again when
    the kind has no moment left for a while, or the order becomes new again.
    """
    of_order = deadlines.c.order_id == order_id
    await c.execute(delete(deadlines).where(of_order, deadlines.c.last_fired_at.is_(None)))
    await c.execute(update(deadlines).where(of_order).values(due_at=None))
    for deadline in wanted:
        key = {"order_id": order_id, "kind": deadline.kind}
        try:
            await upserts.put(c, deadlines, key, {"due_at": deadline.due_at})
        except IntegrityError as error:
            raise NoSuchOrder(order_id) from error


async def earliest(c: AsyncConnection) -> datetime | None:
    """The moment of the next deadline of all orders."""
    moment: datetime | None = await c.scalar(select(func.min(deadlines.c.due_at)))
    return moment


async def clamp_fired(c: AsyncConnection, now: datetime) -> list[int]:
    """What has fired in the future, by a clock that ran ahead, has fired `now`. Gives the orders' ids."""
    ahead = deadlines.c.last_fired_at > now
    found = await c.scalars(select(deadlines.c.order_id).where(ahead).distinct())
    order_ids = list(found)
    await c.execute(update(deadlines).where(ahead).values(last_fired_at=now))
    return order_ids


async def claim(c: AsyncConnection, now: datetime, limit: int) -> list[Due]:
    """Take what is due at `now`, the longest overdue first, to fire it in this transaction.

    Several workers never take the same. The orders are held until the commit, so that what follows is decided
    on what they are; an order that somebody else holds at this moment is passed over, and its deadline stays.
    """
    ready = select(deadlines).join_from(deadlines, orders).where(deadlines.c.due_at <= now)
    best = ready.order_by(deadlines.c.due_at, deadlines.c.order_id, deadlines.c.kind).limit(limit)
    rows = await c.execute(best.with_for_update(skip_locked=True, key_share=True))
    found = [Due(row.order_id, DeadlineKind(row.kind), row.due_at) for row in rows]
    taken = tuple_(deadlines.c.order_id, deadlines.c.kind).in_([(due.order_id, due.kind) for due in found])
    await c.execute(update(deadlines).where(taken).values(due_at=None, last_fired_at=now))
    return found
