"""Opens pictures to show in a chat; if one cannot be opened, the person is told why (X20)."""

from __future__ import annotations

from collections.abc import Awaitable

import structlog
from markupsafe import Markup

from handlers.frame.context import Visit
from services.photo.image_checks import NotAPictureError
from storage.db.errors import PhotoMissing, PhotosUnavailable

log = structlog.get_logger(__name__)


async def opened(picture: Awaitable[bytes], lost: Markup, visit: Visit) -> bytes | Markup:
    """Returns the picture; `lost` if its file is missing or damaged; other words if storage fails."""
    try:
        return await picture
    except (PhotoMissing, NotAPictureError) as error:
        log.warning("photo_lost", why=type(error).__name__)
        return lost
    except PhotosUnavailable:
        return visit.t("photo-not-shown")


def told_once(words: list[Markup]) -> str:
    """Joins the words for several pictures, each line once."""
    return str(Markup("\n").join(dict.fromkeys(words)))
