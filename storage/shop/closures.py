"""The times a shop was hidden: by whom, when, until when, and who told the marketplace's app (R8)."""

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
    """The hiding that is not over; None: the shop is open."""
    query = select(hidings).where(hidings.c.shop_id == shop_id, hidings.c.is_over.is_(False))
    row = (await c.execute(query)).one_or_none()
    return _hiding(row) if row else None


async def get(c: AsyncConnection, shop_id: int, hiding_id: int) -> Hiding | None:
    """A hiding of this shop, over or not."""
    query = select(hidings).where(hidings.c.id == hiding_id, hidings.c.shop_id == shop_id)
    row = (await c.execute(query)).one_or_none()
    return _hiding(row) if row else None


async def latest(c: AsyncConnection, shop_id: int, limit: int) -> list[Hiding]:
    """The last ones, the newest first."""
    query = select(hidings).where(hidings.c.shop_id == shop_id).order_by(hidings.c.id.desc()).limit(limit)
    return [_hiding(row) for row in await c.execute(query)]


async def begin(
    c: AsyncConnection, shop_id: int, mark: Mark, until: datetime | None, due_at: datetime | None
) -> bool:
    """The shop is hidden from now on; False when it is hidden already, and then nothing changes (R9)."""
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
    """It ends at another moment; False when it is over already."""
    open_one = update(hidings).where(hidings.c.id == hiding_id, hidings.c.is_over.is_(False))
    result = await c.execute(open_one.values(until=until, due_at=due_at, reminded=False))
    return result.rowcount == 1


async def remind(c: AsyncConnection, hiding_id: int, due_at: datetime | None) -> bool:
    """People are reminded of its end; False when they were already, or when it is over."""
    open_one = update(hidings).where(hidings.c.id == hiding_id, hidings.c.is_over.is_(False))
    result = await c.execute(
        open_one.where(hidings.c.reminded.is_(False)).values(reminded=True, due_at=due_at)
    )
    return result.rowcount == 1


async def end(c: AsyncConnection, hiding_id: int, mark: Mark) -> bool:
    """The shop is open again; False when it was already (R9)."""
    open_one = update(hidings).where(hidings.c.id == hiding_id, hidings.c.is_over.is_(False))
    ended = {"is_over": True, "reopened": serial.mark_document(mark), "due_at": None}
    return (await c.execute(open_one.values(**ended))).rowcount == 1


async def confirm_app(c: AsyncConnection, hiding_id: int, *, shown: bool, mark: Mark) -> bool:
    """Somebody did the same in the marketplace's app; False when that was known."""
    column = hidings.c.app_shown if shown else hidings.c.app_hidden
    mine = update(hidings).where(hidings.c.id == hiding_id, column.is_(None))
    return (await c.execute(mine.values({column: serial.mark_document(mark)}))).rowcount == 1


async def next_due(c: AsyncConnection) -> datetime | None:
    """The next moment at which a reminder or an end is due."""
    moment: datetime | None = await c.scalar(select(func.min(hidings.c.due_at)))
    return moment


async def due_ids(c: AsyncConnection, now: datetime, limit: int) -> list[tuple[int, int]]:
    """Id and shop of what is due, also of rows that cannot be read."""
    ready = select(hidings.c.id, hidings.c.shop_id).where(
        hidings.c.due_at <= now, hidings.c.is_over.is_(False)
    )
    rows = await c.execute(ready.order_by(hidings.c.due_at).limit(limit))
    return [(row.id, row.shop_id) for row in rows]


async def set_aside(c: AsyncConnection, hiding_id: int) -> None:
    """It cannot be worked with: the row stays, and is due no more."""
    await c.execute(update(hidings).where(hidings.c.id == hiding_id).values(due_at=None))


async def due(c: AsyncConnection, now: datetime, limit: int, only: int | None = None) -> list[Hiding]:
    """What is due at `now`, held until the commit. `only`: one id."""
    ready = select(hidings).where(hidings.c.due_at <= now, hidings.c.is_over.is_(False))
    if only is not None:
        ready = ready.where(hidings.c.id == only)
    first = ready.order_by(hidings.c.due_at).limit(limit).with_for_update(skip_locked=True)
    return [_hiding(row) for row in await c.execute(first)]


async def remove_all(c: AsyncConnection) -> None:
    """Make room for the shops of the backup copy."""
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
