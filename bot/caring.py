"""What the caretaker looks after: database, backup copy and photos, each by really using it."""

from __future__ import annotations

from contextlib import suppress

from services.caretaker import Care
from services.copies import Copies
from services.pulse import Pulse
from services.troubles import TroubleKind
from storage.database import Database
from storage.errors import BackupUnavailable, DatabaseDamaged, DatabaseUnavailable, PhotosUnavailable
from storage.photo_files import PhotoFiles


def cares(database: Database, copies: Copies, files: PhotoFiles, pulse: Pulse) -> tuple[Care, ...]:
    """What is looked after, each by really using it."""

    async def go_on() -> None:
        pulse.beat()

    async def look_at_database() -> None:
        with suppress(DatabaseDamaged):  # a trouble of its own, which no look ends
            await database.try_writing()

    return (
        Care(TroubleKind.DATABASE, look_at_database, DatabaseUnavailable, go_on),
        Care(TroubleKind.BACKUP, copies.try_writing, BackupUnavailable, copies.catch_up),
        Care(TroubleKind.PHOTOS, files.try_writing, PhotosUnavailable, go_on),
    )
