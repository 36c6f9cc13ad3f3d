"""Stores the picture of a message, and tells its sender when that failed or takes longer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog
from aiogram.types import Message

from handlers.frame.clean_chat import remark, say_below
from handlers.frame.context import Visit
from handlers.frame.late_files import Arrived
from orders.bell.passing import Kind
from services.files.downloads import FileNotNowError, FileTooBigError
from services.files.late_files import LateFiles
from services.photo.image_checks import NotAPictureError, TooManyPixelsError
from services.photo.photos import Photos
from storage.db.errors import DatabaseUnavailable, PhotosUnavailable, StorageError
from storage.photo.photo_files import Kept

log = structlog.get_logger(__name__)


async def kept_picture(
    message: Message,
    photos: Photos,
    late_files: LateFiles,
    visit: Visit,
    arrived: Arrived | None = None,
    order_meant: Callable[[], Awaitable[int | None]] | None = None,
) -> Kept | None:
    """Store the picture on disk. Returns None after telling the sender what is wrong or that it comes later.

    `order_meant` finds the picture's order; it is called only if the picture has to be downloaded later.
    """
    source = message.photo[-1] if message.photo else message.document
    if source is None:
        return None
    if arrived is not None:
        return await _keep(arrived.content, message, photos, visit)
    if await late_files.is_postponed(message):
        return None
    try:
        async with late_files.downloads.fetched(source.file_id, source.file_size) as content:
            return await _keep(content, message, photos, visit)
    except FileTooBigError:
        if not message.photo:
            await say_below(message, Kind.LOST, visit.t("photo-too-big"))
            return None
    except FileNotNowError as error:
        log.info("photo_is_late", why=str(error))
    try:
        order_id = await order_meant() if order_meant else None
        size = source.file_size
        if await late_files.postpone(message, source.file_id, size, order_id, visit.t.language):
            await remark(message, visit.t("photo-coming"))
    except DatabaseUnavailable as error:
        await tell_not_kept(error, message, visit)
    return None


async def _keep(content: bytes, message: Message, photos: Photos, visit: Visit) -> Kept | None:
    try:
        return await photos.keep(content)
    except TooManyPixelsError as error:
        excess = error.excess
        text = visit.t("photo-too-many-pixels", megapixels=excess.megapixels, most=excess.most)
        await say_below(message, Kind.LOST, text)
    except NotAPictureError:
        await say_below(message, Kind.LOST, visit.t("photo-not-a-picture"))
    except PhotosUnavailable as error:
        await tell_not_kept(error, message, visit)
    return None


async def tell_not_kept(error: StorageError, message: Message, visit: Visit) -> None:
    """Log that a photo could not be stored, and tell its sender to send it again."""
    log.warning("photo_not_kept", why=str(error))
    await say_below(message, Kind.LOST, visit.t("photo-not-kept"))
