"""Processes photos like Telegram: validates, compresses, removes EXIF, and stores several sizes."""

import asyncio
import io
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from sandbox.telegram.errors import bad_request
from sandbox.telegram.files import FileStore

MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_SIDES = 10_000
MAX_RATIO = 20
LONG_SIDES = (90, 320, 800, 1280)
FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 87


@dataclass(frozen=True)
class _Size:
    width: int
    height: int
    data: bytes


async def stored_photo(files: FileStore, data: bytes, *, checked: bool = True) -> list[dict[str, Any]]:
    """Store a photo in its sizes and return the PhotoSize list, smallest first. Raises ApiError if invalid.

    People's photos are not `checked` for size, because their clients compress them before sending.
    """
    if checked and len(data) > MAX_PHOTO_BYTES:
        raise bad_request("file is too big")
    sizes = await asyncio.to_thread(_sizes, data, checked=checked)
    photo = []
    for size in sizes:
        file = files.add("photo", size.data, "photo.jpg", "image/jpeg")
        photo.append({**file.identity, "width": size.width, "height": size.height})
    for entry in photo:
        files.remember(entry["file_id"], "photo", photo)
    return photo


def _sizes(data: bytes, *, checked: bool) -> list[_Size]:
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            if checked:
                _check_dimensions(opened.width, opened.height)
            image = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    wanted = [side for side in LONG_SIDES if side < max(image.size)] + [min(max(image.size), LONG_SIDES[-1])]
    return [_shrunk(image, side) for side in sorted(set(wanted))]


def _check_dimensions(width: int, height: int) -> None:
    if width + height > MAX_SIDES or max(width, height) > MAX_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _shrunk(image: Image.Image, side: int) -> _Size:
    copy = image.copy()
    copy.thumbnail((side, side))
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=_QUALITY)
    return _Size(*copy.size, out.getvalue())
