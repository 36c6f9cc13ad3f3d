"""Shows an order's photo to its client once, and deletes it when it belonged to another order (X7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import BufferedInputFile, InputMediaPhoto, MediaUnion
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.client.card import album_caption, handover_caption, photo_taken_out, photo_to_rate
from orders.model.photo import Photo
from orders.model.status import Status
from orders.steps.photos import gathering, newest_together
from services.client.client_context import Scene
from services.order import client_recipients
from services.photo.image_checks import NotAPictureError
from services.photo.photos import Photos
from services.sending.message_removal import take_away
from services.sending.sender import NotNow
from storage.client import conversation, links, shown_photos
from storage.client.shown_photos import NOWHERE
from storage.db.database import Database
from storage.db.errors import PhotoMissing
from storage.sending import outbox
from storage.sending.outbox import Kind, Row
from storage.team import staff

MOST_IN_ALBUM = 10
"""Telegram's own limit."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Picture:
    """A photo with the content that the client gets."""

    photo: Photo
    content: bytes


def _file(picture: _Picture) -> BufferedInputFile:
    return BufferedInputFile(picture.content, "photo.jpg")


class ClientPhotos:
    """Sends photos and deletes them. The shop is notified once of each failure."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        photos: Photos,
        clock: Callable[[], datetime],
    ) -> None:
        self._bot = bot
        self._database = database
        self._photos = photos
        self._clock = clock

    async def show(self, row: Row, scene: Scene) -> None:
        """Send the newest photos that the client has not got yet, once, as one message.

        Raises NotNow while another photo may still follow.
        """
        photos = scene.order.progress.photos
        if not photos or scene.order.is_final:
            return
        if photos[-1].sha256 == scene.shown.photo_sha256:
            await self._photos.note_shown(row.order_id, photos[-1])
            return
        complete_at = photos[-1].taken.at + gathering(scene.shop.rules)
        if self._clock() < complete_at:
            raise NotNow((complete_at - self._clock()).total_seconds())
        pictures = await self._pictures(row, scene)
        while pictures:
            batch, pictures = pictures[:MOST_IN_ALBUM], pictures[MOST_IN_ALBUM:]
            await self._send(row, scene, batch)

    async def _pictures(self, row: Row, scene: Scene) -> list[_Picture]:
        """The photos that are new to the client and whose files can be read."""
        order, found = scene.order, list[_Picture]()
        versions = (one.version for one in order.progress.photos if one.sha256 == scene.shown.photo_sha256)
        known = next(versions, 0)
        for photo in newest_together(order, scene.shop.rules):
            if photo.version <= known:
                continue
            try:
                found.append(_Picture(photo, await self._photos.shown(photo)))
            except (PhotoMissing, NotAPictureError) as error:
                await self._lose(row, scene, photo, error)
        return found

    async def _send(self, row: Row, scene: Scene, pictures: list[_Picture]) -> None:
        """Send them as an album; where Telegram refuses that, one by one."""
        if len(pictures) == 1:
            await self._send_one(row, scene, pictures[0], is_heard=row.sound)
            return
        words = album_caption(scene.order, len(pictures), scene.t)
        first, *others = pictures
        media: list[MediaUnion] = [InputMediaPhoto(media=_file(first), caption=words)]
        media += [InputMediaPhoto(media=_file(one)) for one in others]
        try:
            messages = await self._bot.send_media_group(row.target, media, disable_notification=not row.sound)
        except (TelegramBadRequest, TelegramEntityTooLarge) as error:
            log.warning("client_album_refused", order_id=row.order_id, why=type(error).__name__)
            for place, picture in enumerate(pictures):
                await self._send_one(row, scene, picture, is_heard=row.sound and place == 0)
            return
        sent = (message.message_id for message in messages)
        await self._note(row, scene, dict(zip(sent, pictures, strict=True)))

    async def _send_one(self, row: Row, scene: Scene, picture: _Picture, *, is_heard: bool) -> None:
        """Send one photo; only the newest one has the rating buttons."""
        order = scene.order
        is_newest = picture.photo == order.progress.photos[-1]
        screen = photo_to_rate(order, scene.shop.rules, scene.t) if is_newest else None
        message = await self._bot.send_photo(
            row.target,
            _file(picture),
            caption=screen.text if screen else None,
            reply_markup=screen.keyboard if screen else None,
            disable_notification=not is_heard,
        )
        await self._note(row, scene, {message.message_id: picture})

    async def _note(self, row: Row, scene: Scene, sent: dict[int, _Picture]) -> None:
        """Store which messages show which photos; an album's rating buttons are a message of their own."""
        order, newest = scene.order, list(sent.values())[-1].photo
        async with self._database.write() as c:
            await links.note_photo(c, scene.link.id, newest.sha256)
            for message_id, picture in sent.items():
                await shown_photos.add(c, row.order_id, row.target, message_id, picture.photo.sha256)
                await conversation.note_message(c, row.target, message_id, row.order_id)
            if len(sent) > 1:
                await outbox.put(c, [client_recipients.of_thumbs(order, row.target, self._clock())])
        if newest == order.progress.photos[-1]:
            await self._photos.note_shown(row.order_id, newest)

    async def ask(self, row: Row, scene: Scene) -> None:
        """Send the rating buttons below an album, unless a newer photo or an answer has come meanwhile."""
        order, photos = scene.order, scene.order.progress.photos
        is_newest = bool(photos) and photos[-1].sha256 == scene.shown.photo_sha256
        if not is_newest or order.is_final:
            return
        screen = photo_to_rate(order, scene.shop.rules, scene.t)
        message = await self._bot.send_message(
            row.target, screen.text, reply_markup=screen.keyboard, disable_notification=True
        )
        async with self._database.write() as c:
            await shown_photos.add(c, row.order_id, row.target, message.message_id, photos[-1].sha256)
            await conversation.note_message(c, row.target, message.message_id, row.order_id)

    async def show_handover(self, row: Row, scene: Scene) -> None:
        """Send the photos of the hand-over, each once, when the order is done (X23).

        A damaged file is left out: the shop is notified when it opens the photo.
        """
        if scene.order.status is not Status.DONE:  # undone meanwhile
            return
        async with self._database.snapshot() as c:
            known = set((await shown_photos.shown(c, row.order_id, row.target)).values())
        for proof in scene.order.proofs:
            if proof.sha256 in known:
                continue
            try:
                content = await self._photos.shown(proof)
            except (PhotoMissing, NotAPictureError) as error:
                log.warning("client_handover_photo_lost", order_id=row.order_id, why=type(error).__name__)
                continue
            message = await self._bot.send_photo(
                row.target,
                _file(_Picture(proof, content)),
                caption=handover_caption(scene.order, scene.t),
                disable_notification=not row.sound,
            )
            async with self._database.write() as c:
                await shown_photos.add(c, row.order_id, row.target, message.message_id, proof.sha256)
                await conversation.note_message(c, row.target, message.message_id, row.order_id)

    async def _lose(self, row: Row, scene: Scene, photo: Photo, error: Exception) -> None:
        """Notify the shop; no retry would help, the seller must take another photo."""
        log.warning("client_photo_lost", order_id=row.order_id, why=type(error).__name__)
        async with self._database.write() as c:
            known = await shown_photos.shown(c, row.order_id, row.target)
            if known.get(NOWHERE) == photo.sha256:
                return
            await shown_photos.add(c, row.order_id, row.target, NOWHERE, photo.sha256)
            await self._tell_shop(c, scene, Kind.CLIENT_PHOTO_LOST)

    async def take_out(self, row: Row, scene: Scene) -> None:
        """Delete photos that no longer belong to the order, and tell the client why."""
        ours = {photo.sha256 for photo in (*scene.order.progress.photos, *scene.order.proofs)}
        async with self._database.snapshot() as c:
            known = await shown_photos.shown(c, row.order_id, row.target)
        foreign = [message_id for message_id, sha256 in known.items() if sha256 not in ours]
        shown = [message_id for message_id in foreign if message_id != NOWHERE]
        gone = [await take_away(self._bot, row.target, message_id) for message_id in shown]
        if gone:
            screen = photo_taken_out(scene.order, scene.t, is_gone=all(gone))
            await self._bot.send_message(row.target, screen.text, disable_notification=not row.sound)
        async with self._database.write() as c:
            await shown_photos.remove(c, row.order_id, row.target, foreign)
            if scene.shown.photo_sha256 not in ours:  # a photo that is moved back is shown again
                stays = {sha256 for message_id, sha256 in known.items() if message_id != NOWHERE}
                newest_first = (photo.sha256 for photo in reversed(scene.order.progress.photos))
                newest = next((sha256 for sha256 in newest_first if sha256 in stays), "")
                await links.note_photo(c, scene.link.id, newest)
            if not all(gone):
                await self._tell_shop(c, scene, Kind.CLIENT_PHOTO_STAYS)

    async def _tell_shop(self, c: AsyncConnection, scene: Scene, kind: Kind) -> None:
        members = await staff.of_shop(c, scene.shop.id)
        await outbox.put(c, client_recipients.of_photo(scene.order, kind, members, self._clock()))
