"""Pictures that are shown in a chat, or why one cannot be: never silence (X20)."""

from __future__ import annotations

from collections.abc import Awaitable

import structlog
from markupsafe import Markup

from handlers.frame.context import Office, Visit
from services.health.troubles import TroubleKind
from services.photo.image_checks import NotAPictureError
from storage.db.errors import PhotoMissing, PhotosUnavailable

log = structlog.get_logger(__name__)


async def opened(picture: Awaitable[bytes], lost: Markup, office: Office, visit: Visit) -> bytes | Markup:
    """The picture; `lost` where its file is gone or damaged; other words where the machine cannot now."""
    try:
        return await picture
    except (PhotoMissing, NotAPictureError) as error:
        log.warning("photo_lost", why=type(error).__name__)
        return lost
    except PhotosUnavailable as error:
        office.troubles.report(TroubleKind.PHOTOS, str(error))
        return visit.t("photo-not-shown")


def told_once(words: list[Markup]) -> str:
    """The words for several pictures in one message, each line once."""
    return str(Markup("\n").join(dict.fromkeys(words)))
