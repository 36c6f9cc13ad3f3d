"""The cases for the marketplace's support, with notes of what was sent and answered, as proof (R92)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.support.cases import Case, CaseNote, Matter, NoteKind
from storage.db import serial
from storage.db.support_tables import support_cases as table
from storage.db.tables import orders


async def open_of_order(c: AsyncConnection, order_id: int, *, for_update: bool = False) -> Case | None:
    """Returns the open case of this order, or None. `for_update` locks it until this transaction ends."""
    query = select(table).where(table.c.order_id == order_id, table.c.is_over.is_(False))
    row = (await c.execute(query.with_for_update() if for_update else query)).one_or_none()
    return _case(row) if row else None


async def open_of_shop(c: AsyncConnection, shop_id: int) -> list[Case]:
    """Returns the open cases of a shop, oldest first."""
    query = select(table).where(table.c.shop_id == shop_id, table.c.is_over.is_(False))
    return [_case(row) for row in await c.execute(query.order_by(table.c.id))]


async def get(c: AsyncConnection, shop_id: int, case_id: int) -> Case | None:
    """Returns a case of this shop, closed or not; None where there is none."""
    row = (
        await c.execute(select(table).where(table.c.id == case_id, table.c.shop_id == shop_id))
    ).one_or_none()
    return _case(row) if row else None


async def of_order(c: AsyncConnection, order_id: int) -> list[Case]:
    """Returns all cases of an order, closed ones too, oldest first."""
    rows = await c.execute(select(table).where(table.c.order_id == order_id).order_by(table.c.id))
    return [_case(row) for row in rows]


async def closed_of_shop(
    c: AsyncConnection, shop_id: int, limit: int, offset: int, *, seller_id: int | None = None
) -> list[Case]:
    """Returns a page of the closed cases, the newest first. `seller_id`: only for this seller's orders."""
    mine = select(table).where(table.c.shop_id == shop_id, table.c.is_over.is_(True))
    if seller_id is not None:
        mine = mine.join(orders, orders.c.id == table.c.order_id).where(orders.c.seller_id == seller_id)
    rows = await c.execute(mine.order_by(table.c.id.desc()).limit(limit).offset(offset))
    return [_case(row) for row in rows]


async def add(c: AsyncConnection, case: Case) -> Case:
    """Insert a new case (id 0) and return it with its id."""
    values = {"shop_id": case.shop_id, "order_id": case.order_id, **_values(case)}
    return replace(
        case, id=(await c.execute(insert(table).values(values).returning(table.c.id))).scalar_one()
    )


async def save(c: AsyncConnection, case: Case) -> None:
    """Write a changed case, and set its next reminder to its `come_back_at`."""
    await c.execute(update(table).where(table.c.id == case.id).values(_values(case)))


async def due_shops(c: AsyncConnection, now: datetime) -> list[int]:
    """Returns the ids of the shops with a reminder due at `now`."""
    query = select(table.c.shop_id).where(table.c.remind_at <= now, table.c.is_over.is_(False))
    return list(await c.scalars(query.distinct().order_by(table.c.shop_id)))


async def remind_again(c: AsyncConnection, shop_id: int, now: datetime, at: datetime) -> None:
    """Set the next reminder of the cases that were due at `now` to `at`."""
    mine = update(table).where(table.c.shop_id == shop_id, table.c.remind_at <= now)
    await c.execute(mine.values(remind_at=at))


async def erase(c: AsyncConnection, order_id: int) -> None:
    """Erase words and files from the notes on an order; their kind, time and author stay (R63)."""
    for row in (await c.execute(select(table).where(table.c.order_id == order_id))).all():
        case = _case(row)
        bare = tuple(replace(note, words="", file_id="") for note in case.notes)
        await c.execute(update(table).where(table.c.id == case.id).values(notes=_notes(bare)))


def _values(case: Case) -> dict[str, Any]:
    return {
        "matters": [
            {"key": one.key, "title": one.title, "raised": serial.mark_document(one.raised)}
            for one in case.matters
        ],
        "notes": _notes(case.notes),
        "come_back_at": case.come_back_at,
        "remind_at": case.come_back_at,
        "is_over": case.is_over,
    }


def _notes(notes: tuple[CaseNote, ...]) -> list[dict[str, Any]]:
    return [
        {
            "kind": one.kind.value,
            "mark": serial.mark_document(one.mark),
            "words": one.words,
            "file_id": one.file_id,
        }
        for one in notes
    ]


def _case(row: Row[Any]) -> Case:
    matters = tuple(Matter(one["key"], one["title"], serial.read_mark(one["raised"])) for one in row.matters)
    notes = tuple(
        CaseNote(NoteKind(one["kind"]), serial.read_mark(one["mark"]), one["words"], one["file_id"])
        for one in row.notes
    )
    return Case(row.id, row.shop_id, row.order_id, matters, notes, row.come_back_at, row.is_over)
