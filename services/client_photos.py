"""The order's photo in its client's chat: shown once, and taken out when it was another order's (X7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.types import BufferedInputFile
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.client_card import photo_taken_out, photo_to_rate
from orders.photo import Photo
from services import client_notices
from services.client_scene import Scene
from services.photos import Photos
from services.pictures import NotAPictureError
from services.pulse import Pulse
from services.taking_away import take_away
from storage import client_links, client_photos, client_talk, outbox, staff
from storage.client_photos import NOWHERE
from storage.database import Database
from storage.errors import PhotoMissing
from storage.outbox import Kind, Row

log = structlog.get_logger(__name__)


class ClientPhotos:
    """Sends photos and takes them out. What goes wrong there, the shop hears once."""

    def __init__(
        self, bot: Bot, database: Database, photos: Photos, pulse: Pulse, clock: Callable[[], datetime]
    ) -> None:
        self._bot = bot
        self._database = database
        self._photos = photos
        self._pulse = pulse
        self._clock = clock

    async def show(self, row: Row, scene: Scene) -> None:
        """The newest photo, once."""
        photos = scene.order.progress.photos
        if not photos or scene.order.is_final:
            return
        if photos[-1].sha256 == scene.shown.photo_sha256:
            await self._photos.note_shown(row.order_id, photos[-1])
            return
        try:
            content = await self._photos.shown(photos[-1])
        except (PhotoMissing, NotAPictureError) as error:
            await self._lose(row, scene, photos[-1], error)
            return
        screen = photo_to_rate(scene.order, scene.t)
        message = await self._bot.send_photo(
            row.target,
            BufferedInputFile(content, "photo.jpg"),
            caption=screen.text,
            reply_markup=screen.keyboard,
            disable_notification=not row.sound,
        )
        async with self._database.write() as c:
            await client_links.note_photo(c, scene.link.id, photos[-1].sha256)
            await client_photos.add(c, row.order_id, row.target, message.message_id, photos[-1].sha256)
            await client_talk.note_message(c, row.target, message.message_id, row.order_id)
        await self._photos.note_shown(row.order_id, photos[-1])

    async def _lose(self, row: Row, scene: Scene, photo: Photo, error: Exception) -> None:
        """To try once more would mend nothing: the seller takes another."""
        log.warning("client_photo_lost", order_id=row.order_id, why=type(error).__name__)
        async with self._database.write() as c:
            known = await client_photos.shown(c, row.order_id, row.target)
            if known.get(NOWHERE) == photo.sha256:
                return
            await client_photos.add(c, row.order_id, row.target, NOWHERE, photo.sha256)
            await self._tell_shop(c, scene, Kind.CLIENT_PHOTO_LOST)
        self._pulse.beat()

    async def take_out(self, row: Row, scene: Scene) -> None:
        """Photos that are the order's no more leave the chat, and the client reads why."""
        ours = {photo.sha256 for photo in scene.order.progress.photos}
        async with self._database.read() as c:
            known = await client_photos.shown(c, row.order_id, row.target)
        foreign = [message_id for message_id, sha256 in known.items() if sha256 not in ours]
        shown = [message_id for message_id in foreign if message_id != NOWHERE]
        gone = [await take_away(self._bot, row.target, message_id) for message_id in shown]
        if gone:
            screen = photo_taken_out(scene.order, scene.t, is_gone=all(gone))
            await self._bot.send_message(row.target, screen.text, disable_notification=not row.sound)
        async with self._database.write() as c:
            await client_photos.remove(c, row.order_id, row.target, foreign)
            if scene.shown.photo_sha256 not in ours:  # moved back, it is shown once more
                await client_links.note_photo(c, scene.link.id, "")
            if not all(gone):
                await self._tell_shop(c, scene, Kind.CLIENT_PHOTO_STAYS)
        self._pulse.beat()

    async def _tell_shop(self, c: AsyncConnection, scene: Scene, kind: Kind) -> None:
        members = await staff.of_shop(c, scene.shop.id)
        await outbox.put(c, client_notices.of_photo(scene.order, kind, members, self._clock()))
