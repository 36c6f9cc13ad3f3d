"""Photos that members sent without naming the order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.errors import NoSuchStaff
from storage.db.tables import waiting_photos


@dataclass(frozen=True, slots=True)
class WaitingPhoto:
    """A photo whose order is not known yet, alone or as part of an album. `path` is a path of PhotoFiles."""

    id: int
    staff_id: int
    sha256: str
    path: str
    at: datetime
    album: str = ""


async def add(
    c: AsyncConnection, staff_id: int, sha256: str, path: str, at: datetime, album: str = ""
) -> WaitingPhoto:
    """Store a photo until its sender names the order. Raises NoSuchStaff when there is no such person."""
    values = {"staff_id": staff_id, "sha256": sha256, "path": path, "at": at, "album": album}
    try:
        result = await c.execute(insert(waiting_photos).values(values).returning(waiting_photos.c.id))
    except IntegrityError as error:
        raise NoSuchStaff(staff_id) from error
    return WaitingPhoto(result.scalar_one(), staff_id, sha256, path, at, album)


async def get(c: AsyncConnection, photo_id: int) -> WaitingPhoto | None:
    """Returns the photo; None when it is assigned or deleted."""
    row = (await c.execute(select(waiting_photos).where(waiting_photos.c.id == photo_id))).one_or_none()
    return _photo(row) if row else None


async def with_album(c: AsyncConnection, photo: WaitingPhoto) -> list[WaitingPhoto]:
    """Returns the photo and the other unassigned ones of its album, in the order in which they came."""
    same = waiting_photos.c.id == photo.id
    if photo.album:
        of_album = waiting_photos.c.album == photo.album
        same = or_(same, and_(of_album, waiting_photos.c.staff_id == photo.staff_id))
    rows = await c.execute(select(waiting_photos).where(same).order_by(waiting_photos.c.id))
    return [_photo(row) for row in rows]


async def of_album(c: AsyncConnection, staff_id: int, album: str) -> list[WaitingPhoto]:
    """Returns the unassigned photos of this person's album, in the order in which they came."""
    same = and_(waiting_photos.c.album == album, waiting_photos.c.staff_id == staff_id)
    rows = await c.execute(select(waiting_photos).where(same).order_by(waiting_photos.c.id))
    return [_photo(row) for row in rows]


async def remove(c: AsyncConnection, photo_id: int) -> None:
    """Delete the row; the file is kept."""
    await c.execute(delete(waiting_photos).where(waiting_photos.c.id == photo_id))


def _photo(row: Row[Any]) -> WaitingPhoto:
    return WaitingPhoto(row.id, row.staff_id, row.sha256, row.path, row.at, row.album)
