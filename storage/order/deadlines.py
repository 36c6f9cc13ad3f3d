"""The deadlines of orders, rewritten with each order: they survive a restart, and each fires once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, func, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.schedule.deadlines import Deadline, DeadlineKind
from storage.db import upserts
from storage.db.errors import NoSuchOrder
from storage.db.tables import deadlines, orders
from storage.db.wakes import own_work

_OF_ORDERS = select(deadlines).where(deadlines.c.order_id.in_(bindparam("order_ids", expanding=True)))
_Key = tuple[int, DeadlineKind]
_Moments = dict[_Key, datetime | None]
_REMOVE = delete(deadlines).where(
    deadlines.c.order_id == bindparam("of_order"), deadlines.c.kind == bindparam("of_kind")
)
_KINDS = frozenset(DeadlineKind)
_EARLIEST = select(func.min(deadlines.c.due_at))


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline that is due."""

    order_id: int
    kind: DeadlineKind
    due_at: datetime


Wanted = Callable[[Mapping[DeadlineKind, datetime]], Sequence[Deadline]]
"""Computes the deadlines of an order from the times at which each kind fired last."""


async def rewrite(c: AsyncConnection, order_id: int, wanted: Wanted) -> None:
    """`rewrite_all` for one order."""
    await rewrite_all(c, {order_id: wanted})


async def rewrite_all(c: AsyncConnection, wanted: Mapping[int, Wanted]) -> None:
    """Replace the deadlines of each order, given by id, with the wanted ones.

    The time at which a kind fired last is kept even when that kind is not wanted now, so that a reminder does
    not repeat when the kind is wanted again later or the order becomes new again. Raises NoSuchOrder when
    an order does not exist.
    """
    before: _Moments = {}
    fired = {order_id: dict[DeadlineKind, datetime]() for order_id in wanted}
    for order_id, kind, due_at, fired_at in await c.execute(_OF_ORDERS, {"order_ids": list(wanted)}):
        if kind not in _KINDS:  # written by a later version of the bot: left unchanged
            continue
        before[order_id, DeadlineKind(kind)] = due_at
        if fired_at is not None:
            fired[order_id][DeadlineKind(kind)] = fired_at
    after: _Moments = {(order_id, kind): None for order_id, kinds in fired.items() for kind in kinds}
    for order_id, of_order in wanted.items():
        after |= {(order_id, one.kind): one.due_at for one in of_order(fired[order_id])}
    await _remove(c, before.keys() - after.keys())
    await _put(c, {key: at for key, at in after.items() if (key, at) not in before.items()})


async def _remove(c: AsyncConnection, keys: Iterable[_Key]) -> None:
    if gone := [{"of_order": order_id, "of_kind": kind} for order_id, kind in keys]:
        await c.execute(_REMOVE, gone)


async def _put(c: AsyncConnection, moments: _Moments) -> None:
    rows = [{"order_id": order_id, "kind": kind, "due_at": at} for (order_id, kind), at in moments.items()]
    try:
        await upserts.put_all(c, deadlines, ("order_id", "kind"), rows)
    except IntegrityError as error:
        raise NoSuchOrder(*{order_id for order_id, _ in moments}) from error


async def earliest(c: AsyncConnection) -> datetime | None:
    """Returns when the next deadline of any order is due; None where there is none."""
    moment: datetime | None = await c.scalar(_EARLIEST)
    return moment


async def clamp_fired(c: AsyncConnection, now: datetime) -> list[int]:
    """Set firing times that a fast clock wrote in the future to `now`. Returns the ids of these orders."""
    ahead = deadlines.c.last_fired_at > now
    found = await c.scalars(select(deadlines.c.order_id).where(ahead).distinct())
    order_ids = list(found)
    await c.execute(update(deadlines).where(ahead).values(last_fired_at=now))
    return order_ids


async def due_keys(c: AsyncConnection, now: datetime, limit: int) -> list[tuple[int, str]]:
    """Returns order id and stored kind of each due deadline, including kinds this version cannot read."""
    due = select(deadlines.c.order_id, deadlines.c.kind).where(deadlines.c.due_at <= now)
    rows = await c.execute(due.order_by(deadlines.c.due_at).limit(limit))
    return [(row.order_id, row.kind) for row in rows]


async def claim_one(c: AsyncConnection, order_id: int, kind: str, now: datetime) -> list[Due]:
    """`claim` for one row. Returns an empty list where it is not due or another transaction has locked it."""
    return await claim(c, now, 1, deadlines.c.order_id == order_id, deadlines.c.kind == kind)


async def set_aside(c: AsyncConnection, order_id: int, kind: str, now: datetime) -> None:
    """Keep a deadline that cannot be fired, but without a due time until the order changes."""
    one = (deadlines.c.order_id == order_id, deadlines.c.kind == kind)
    await c.execute(update(deadlines).where(*one).values(due_at=None, last_fired_at=now))


async def claim(c: AsyncConnection, now: datetime, limit: int, *which: ColumnElement[bool]) -> list[Due]:
    """Claim the deadlines due at `now`, the longest overdue first, to fire them in this transaction.

    Locks their orders until the commit, so that they do not change meanwhile. Skips orders that another
    transaction has locked; their deadlines stay due.
    """
    ready = select(deadlines).join_from(deadlines, orders).where(deadlines.c.due_at <= now, *which)
    best = ready.order_by(deadlines.c.due_at, deadlines.c.order_id, deadlines.c.kind).limit(limit)
    rows = await c.execute(best.with_for_update(skip_locked=True, key_share=True))
    found = [Due(row.order_id, DeadlineKind(row.kind), row.due_at) for row in rows]
    taken = tuple_(deadlines.c.order_id, deadlines.c.kind).in_([(due.order_id, due.kind) for due in found])
    await c.execute(own_work(update(deadlines).where(taken).values(due_at=None, last_fired_at=now)))
    return found
