"""The costs of mishaps and what shops claim for them from the marketplace, one row per order (R88)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.support.compensation import Compensation, Entry
from storage.db.support_tables import compensations as table

_ENTRIES = TypeAdapter(tuple[Entry, ...])


async def of_order(c: AsyncConnection, order_id: int, *, for_update: bool = False) -> Compensation | None:
    """Returns the order's compensation, or None. `for_update` locks it until this transaction ends."""
    query = select(table).where(table.c.order_id == order_id)
    row = (await c.execute(query.with_for_update() if for_update else query)).one_or_none()
    return _read(row) if row else None


async def opened(c: AsyncConnection, shop_id: int, since: datetime, until: datetime) -> list[Compensation]:
    """Returns the shop's compensations opened from `since` until `until`, the newest first."""
    mine = (table.c.shop_id == shop_id, table.c.opened_at >= since, table.c.opened_at < until)
    rows = await c.execute(select(table).where(*mine).order_by(table.c.opened_at.desc(), table.c.id.desc()))
    return [_read(row) for row in rows]


async def put(c: AsyncConnection, claim: Compensation) -> Compensation:
    """Update a compensation, or insert a new one (id 0). Returns it with its id."""
    entries = _ENTRIES.dump_python(claim.entries, mode="json")
    if claim.id:
        await c.execute(update(table).where(table.c.id == claim.id).values(entries=entries))
        return claim
    values = {
        "shop_id": claim.shop_id,
        "order_id": claim.order_id,
        "entries": entries,
        "opened_at": claim.opened_at,
    }
    added = await c.execute(insert(table).values(values).returning(table.c.id))
    return replace(claim, id=added.scalar_one())


async def erase(c: AsyncConnection, order_id: int) -> None:
    """Erase words and receipts; the sums stay, as they belong to the shop's accounts (R63)."""
    claim = await of_order(c, order_id, for_update=True)
    if claim is not None:
        bare = tuple(replace(one, words="", receipts=()) for one in claim.entries)
        await put(c, replace(claim, entries=bare))


def _read(row: Row[Any]) -> Compensation:
    entries = _ENTRIES.validate_python(row.entries)
    return Compensation(row.id, row.shop_id, row.order_id, row.opened_at, entries)
