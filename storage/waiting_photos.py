"""Photos that came before it was known for which order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import NoSuchStaff
from storage.tables import waiting_photos


@dataclass(frozen=True, slots=True)
class WaitingPhoto:
    """A photo on disk (`path` is PhotoFiles') that waits for its order."""

    id: int
    staff_id: int
    sha256: str
    path: str
    at: datetime


async def add(c: AsyncConnection, staff_id: int, sha256: str, path: str, at: datetime) -> WaitingPhoto:
    """Keep a photo until its sender has named the order. Raises NoSuchStaff."""
    values = {"staff_id": staff_id, "sha256": sha256, "path": path, "at": at}
    try:
        result = await c.execute(insert(waiting_photos).values(values).returning(waiting_photos.c.id))
    except IntegrityError as error:
        raise NoSuchStaff(staff_id) from error
    return WaitingPhoto(result.scalar_one(), staff_id, sha256, path, at)


async def get(c: AsyncConnection, photo_id: int) -> WaitingPhoto | None:
    """A photo that still waits."""
    row = (await c.execute(select(waiting_photos).where(waiting_photos.c.id == photo_id))).one_or_none()
    return WaitingPhoto(row.id, row.staff_id, row.sha256, row.path, row.at) if row else None


async def remove(c: AsyncConnection, photo_id: int) -> None:
    """It waits no longer; the file is not touched."""
    await c.execute(delete(waiting_photos).where(waiting_photos.c.id == photo_id))
