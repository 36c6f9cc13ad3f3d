"""Updates stored until their handlers finish, because Telegram does not deliver them again (X22)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.tables import waiting_updates


@dataclass(frozen=True, slots=True)
class WaitingUpdate:
    """An update that a previous process left unfinished; `raw` is what Telegram sent."""

    update_id: int
    at: datetime
    restarts: int
    raw: object


async def add_all(c: AsyncConnection, raws: Mapping[int, object], at: datetime) -> None:
    """Upsert updates by their ids."""
    rows = [{"update_id": update_id, "at": at, "restarts": 0, "raw": raw} for update_id, raw in raws.items()]
    await upserts.put_all(c, waiting_updates, ("update_id",), rows)


async def remove_all(c: AsyncConnection, update_ids: Collection[int]) -> None:
    """Delete updates whose handlers have finished."""
    await c.execute(delete(waiting_updates).where(waiting_updates.c.update_id.in_(update_ids)))


async def take_over(c: AsyncConnection) -> list[WaitingUpdate]:
    """Returns the updates that the previous process left unfinished, oldest first, and counts a restart."""
    rows = waiting_updates.c
    found = [
        WaitingUpdate(row.update_id, row.at, row.restarts, row.raw)
        for row in await c.execute(select(waiting_updates).order_by(rows.update_id))
    ]
    await c.execute(update(waiting_updates).values(restarts=rows.restarts + 1))
    return found
