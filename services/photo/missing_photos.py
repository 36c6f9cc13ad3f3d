"""Finds orders whose photo files are missing: after a restore without the photo folder, or a lost disk."""

from __future__ import annotations

from dataclasses import dataclass

from orders.model.order import Order
from storage.db.database import Database
from storage.order import orders as order_rows
from storage.photo.photo_files import PhotoFiles


@dataclass(frozen=True, slots=True)
class LostPhotos:
    """An order and the number of its missing files."""

    number: str
    count: int


async def lost_photos(database: Database, files: PhotoFiles) -> list[LostPhotos]:
    """Every order with a missing file, among photos, hand-over photos, papers and notes."""
    found = []
    async with database.snapshot() as c:
        async for order in order_rows.every(c):
            paths = _paths(order)
            missing = await files.missing(paths) if paths else []
            if missing:
                found.append(LostPhotos(order.number, len(missing)))
    return found


def _paths(order: Order) -> list[str]:
    photos = [photo.path for photo in (*order.progress.photos, *order.proofs)]
    papers, notes = (paper.path for paper in order.details.papers), (note.path for note in order.remarks)
    return [path for path in (*photos, *papers, *notes) if path]
