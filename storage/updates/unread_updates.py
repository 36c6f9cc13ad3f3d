"""Statistics of updates that could not be decoded, for `florist doctor`; without personal data (X22)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.tables import unread_updates

MOST_FORMS = 50
"""The maximum number of stored forms; beyond it the oldest are deleted."""


@dataclass(frozen=True, slots=True)
class UnreadForm:
    """Updates of one kind that failed to decode in the same way.

    `fault`: the fields and their errors. `outcome`: how the bot handled the update. `shape`: the fields and
    types of the latest one.
    """

    kind: str
    fault: str
    outcome: str
    update_id: int | None
    shape: str
    times: int
    last_at: datetime

    @property
    def digest(self) -> str:
        """Identifies the form."""
        return hashlib.sha256(f"{self.kind}\n{self.fault}\n{self.outcome}".encode()).hexdigest()


async def add_all(c: AsyncConnection, forms: Collection[UnreadForm]) -> None:
    """Add the counts of these forms to the stored ones."""
    table = unread_updates
    for form in forms:
        known = await c.scalar(select(table.c.times).where(table.c.digest == form.digest))
        values = {
            "kind": form.kind,
            "fault": form.fault,
            "outcome": form.outcome,
            "update_id": form.update_id,
            "shape": form.shape,
            "times": form.times + (known or 0),
            "last_at": form.last_at,
        }
        await upserts.put(c, table, {"digest": form.digest}, values)
    newest = select(table.c.digest).order_by(table.c.last_at.desc()).limit(MOST_FORMS)
    await c.execute(delete(table).where(table.c.digest.not_in(newest)))


async def latest(c: AsyncConnection) -> list[UnreadForm]:
    """Returns all forms, the latest first."""
    rows = await c.execute(select(unread_updates).order_by(unread_updates.c.last_at.desc()))
    return [
        UnreadForm(row.kind, row.fault, row.outcome, row.update_id, row.shape, row.times, row.last_at)
        for row in rows
    ]
