from __future__ import annotations

import pytest

from storage.db.database import Database
from storage.db.errors import NoSuchStaff
from storage.photo import unassigned_photos
from storage.photo.unassigned_photos import WaitingPhoto
from storage.team.staff import Member
from tests.builders import NOON


async def add(database: Database, staff_id: int, sha256: str = "ab") -> WaitingPhoto:
    async with database.write() as c:
        return await unassigned_photos.add(c, staff_id, sha256, f"incoming/{sha256}.jpg", NOON)


async def test_a_photo_waits_until_it_is_taken(database: Database, elsewhere: Database, anna: Member) -> None:
    photo = await add(database, anna.staff_id)
    assert (photo.staff_id, photo.path, photo.at) == (anna.staff_id, "incoming/ab.jpg", NOON)
    async with elsewhere.snapshot() as c:
        assert await unassigned_photos.get(c, photo.id) == photo
    async with database.write() as c:
        await unassigned_photos.remove(c, photo.id)
    async with elsewhere.snapshot() as c:
        assert await unassigned_photos.get(c, photo.id) is None


async def test_an_old_button_never_takes_a_later_photo(database: Database, anna: Member) -> None:
    first = await add(database, anna.staff_id)
    async with database.write() as c:
        await unassigned_photos.remove(c, first.id)
    assert (await add(database, anna.staff_id, "cd")).id != first.id


async def test_a_photo_of_nobody_is_refused(database: Database) -> None:
    with pytest.raises(NoSuchStaff):
        await add(database, 9)
