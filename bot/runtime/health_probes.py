"""The health checks of database, backup copy and photos."""

from __future__ import annotations

from contextlib import suppress

from services.backup.backup_writer import BackupWriter
from services.health.health_checks import HealthCheck
from services.health.troubles import TroubleKind
from storage.db.database import Database
from storage.db.errors import BackupUnavailable, DatabaseDamaged, DatabaseUnavailable, PhotosUnavailable
from storage.photo.photo_files import PhotoFiles


def cares(database: Database, copies: BackupWriter, files: PhotoFiles) -> tuple[HealthCheck, ...]:
    """One check for each, which writes to it."""

    async def go_on() -> None:
        database.wake_all()

    async def look_at_database() -> None:
        with suppress(DatabaseDamaged):  # reported as another trouble, which this check cannot end
            await database.try_writing()

    return (
        HealthCheck(TroubleKind.DATABASE, look_at_database, DatabaseUnavailable, go_on),
        HealthCheck(TroubleKind.BACKUP, copies.try_writing, BackupUnavailable, copies.catch_up),
        HealthCheck(TroubleKind.PHOTOS, files.try_writing, PhotosUnavailable, go_on),
    )
