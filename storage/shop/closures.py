"""The hidings of a shop: who, from when, until when, and who repeated them in the marketplace's app (R8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.order import Mark
from orders.shop.closures import Hiding
from storage.db import serial, upserts
from storage.db.tables import hidings


async def current(c: AsyncConnection, shop_id: int) -> Hiding | None:
    """Returns the current hiding; None when the shop is open."""
    query = select(hidings).where(hidings.c.shop_id == shop_id, hidings.c.is_over.is_(False))
    row = (await c.execute(query)).one_or_none()
    return _hiding(row) if row else None


async def get(c: AsyncConnection, shop_id: int, hiding_id: int) -> Hiding | None:
    """Returns a hiding of this shop, ended or not; None where there is none."""
    query = select(hidings).where(hidings.c.id == hiding_id, hidings.c.shop_id == shop_id)
    row = (await c.execute(query)).one_or_none()
    return _hiding(row) if row else None


async def latest(c: AsyncConnection, shop_id: int, limit: int) -> list[Hiding]:
    """Returns the shop's last hidings, the newest first."""
    query = select(hidings).where(hidings.c.shop_id == shop_id).order_by(hidings.c.id.desc()).limit(limit)
    return [_hiding(row) for row in await c.execute(query)]


async def begin(
    c: AsyncConnection, shop_id: int, mark: Mark, until: datetime | None, due_at: datetime | None
) -> bool:
    """Begin a hiding. Returns False, and changes nothing, when the shop is hidden already (R9)."""
    values = {
        "shop_id": shop_id,
        "hidden": serial.mark_document(mark),
        "until": until,
        "is_over": False,
        "due_at": due_at,
        "reminded": False,
    }
    return await upserts.add(c, hidings, values)


async def postpone(
    c: AsyncConnection, hiding_id: int, until: datetime | None, due_at: datetime | None
) -> bool:
    """Change when a hiding ends. Returns False when it has ended already."""
    open_one = update(hidings).where(hidings.c.id == hiding_id, hidings.c.is_over.is_(False))
    result = await c.execute(open_one.values(until=until, due_at=due_at, reminded=False))
    return result.rowcount == 1


async def remind(c: AsyncConnection, hiding_id: int, due_at: datetime | None) -> bool:
    """Mark that people were reminded of the end. Returns False when they were before or it has ended."""
    open_one = update(hidings).where(hidings.c.id == hiding_id, hidings.c.is_over.is_(False))
    result = await c.execute(
        open_one.where(hidings.c.reminded.is_(False)).values(reminded=True, due_at=due_at)
    )
    return result.rowcount == 1


async def end(c: AsyncConnection, hiding_id: int, mark: Mark) -> bool:
    """End a hiding: the shop is open again. Returns False when it was open already (R9)."""
    open_one = update(hidings).where(hidings.c.id == hiding_id, hidings.c.is_over.is_(False))
    ended = {"is_over": True, "reopened": serial.mark_document(mark), "due_at": None}
    return (await c.execute(open_one.values(**ended))).rowcount == 1


async def confirm_app(c: AsyncConnection, hiding_id: int, *, shown: bool, mark: Mark) -> bool:
    """Store who hid or opened the shop in the marketplace's app. Returns False when it is stored already."""
    column = hidings.c.app_shown if shown else hidings.c.app_hidden
    mine = update(hidings).where(hidings.c.id == hiding_id, column.is_(None))
    return (await c.execute(mine.values({column: serial.mark_document(mark)}))).rowcount == 1


async def next_due(c: AsyncConnection) -> datetime | None:
    """Returns when the next reminder or end of any hiding is due; None where none is."""
    moment: datetime | None = await c.scalar(select(func.min(hidings.c.due_at)))
    return moment


async def due_ids(c: AsyncConnection, now: datetime, limit: int) -> list[tuple[int, int]]:
    """Returns hiding id and shop id of what is due, including rows that cannot be read."""
    ready = select(hidings.c.id, hidings.c.shop_id).where(
        hidings.c.due_at <= now, hidings.c.is_over.is_(False)
    )
    rows = await c.execute(ready.order_by(hidings.c.due_at).limit(limit))
    return [(row.id, row.shop_id) for row in rows]


async def set_aside(c: AsyncConnection, hiding_id: int) -> None:
    """Keep a row that cannot be processed, but without a due time."""
    await c.execute(update(hidings).where(hidings.c.id == hiding_id).values(due_at=None))


async def due(c: AsyncConnection, now: datetime, limit: int, only: int | None = None) -> list[Hiding]:
    """Claim the hidings due at `now`; their rows are locked until the commit. `only`: just this id."""
    ready = select(hidings).where(hidings.c.due_at <= now, hidings.c.is_over.is_(False))
    if only is not None:
        ready = ready.where(hidings.c.id == only)
    first = ready.order_by(hidings.c.due_at).limit(limit).with_for_update(skip_locked=True)
    return [_hiding(row) for row in await c.execute(first)]


async def remove_all(c: AsyncConnection) -> None:
    """Delete all rows before the shops are restored from the backup copy."""
    await c.execute(delete_from(hidings))


def _hiding(row: Row[Any]) -> Hiding:
    return Hiding(
        id=row.id,
        shop_id=row.shop_id,
        hidden=serial.read_mark(row.hidden),
        until=row.until,
        reopened=_mark(row.reopened),
        app_hidden=_mark(row.app_hidden),
        app_shown=_mark(row.app_shown),
    )


def _mark(document: dict[str, Any] | None) -> Mark | None:
    return serial.read_mark(document) if document else None
