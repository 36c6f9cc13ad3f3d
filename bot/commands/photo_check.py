"""Reports missing photo files, for `florist doctor` and `florist backup verify`."""

from __future__ import annotations

from bot.config.findings import Finding
from bot.config.settings import CopySettings
from services.photo.missing_photos import LostPhotos, lost_photos
from storage.db.database import Database
from storage.photo.photo_files import PhotoFiles

_NAMED = 10
"""Most orders that are listed by number."""


async def check_photo_files(database: Database, settings: CopySettings) -> Finding:
    """Check that the file of every photo exists. Raises StorageError."""
    found = await lost_photos(database, PhotoFiles(settings.photos_path))
    return Finding("photo files", not found, told(found, settings) or "all there")


def told(found: list[LostPhotos], settings: CopySettings) -> str:
    """How many files of which orders are missing, and how to repair it; "" if none is missing."""
    if not found:
        return ""
    numbers = [f"{lost.number} ({lost.count})" for lost in found[:_NAMED]]
    more = f" and {len(found) - _NAMED} more orders" if len(found) > _NAMED else ""
    total = sum(lost.count for lost in found)
    return (
        f"{total} photo {'file is' if total == 1 else 'files are'} missing in {settings.photos_path}: "
        f"orders {', '.join(numbers)}{more}; put the folder of photos back from its backup, "
        "or check PHOTOS_PATH"
    )
