"""What the client's chat shows of the order: the card that follows it, the photo, news (X7)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile

from messages.client_card import client_card, photo_to_rate, rating_nudge
from messages.client_news import NEWS
from messages.client_proposals import reminded
from messages.screen import Screen
from messages.texts import Translator
from orders.client import ClientLink, works
from orders.deadlines import DeadlineKind, all_due
from orders.order import Order
from services.photos import Photos
from storage import client_links, client_talk, events, shops
from storage import orders as order_rows
from storage.client_links import Shown
from storage.database import Database
from storage.errors import PhotoMissing
from storage.outbox import Kind, Row
from storage.shops import Shop

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Scene:
    """One order, as it is now, for the one who has its link."""

    order: Order
    shop: Shop
    link: ClientLink
    shown: Shown
    t: Translator


class ClientCards:
    """Tries the client's rows of the outbox. Whoever has lost the link in between gets nothing."""

    def __init__(self, bot: Bot, database: Database, photos: Photos, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._database = database
        self._photos = photos
        self._clock = clock

    async def deliver(self, row: Row) -> None:
        """Send what the row is of, from the order as it is now."""
        scene = await self._scene(row)
        if scene is None:
            return
        if row.kind is Kind.CLIENT_CARD:
            await self._card(row, scene)
        elif row.kind is Kind.CLIENT_PHOTO:
            await self._photo(row, scene)
        else:
            screen = await self._screen(row, scene)
            if screen is not None:
                await self._send(row, screen)

    async def _scene(self, row: Row) -> _Scene | None:
        async with self._database.read() as c:
            order = await order_rows.get(c, row.order_id)
            shop = await shops.get(c, order.shop_id) if order else None
            link = await client_links.of_order(c, row.order_id)
            if order is None or shop is None or link is None or link.chat_id != row.target:
                return None
            shown = await client_links.shown(c, link.id)
        if not works(link, order, self._clock(), shop.rules):
            return None
        return _Scene(order, shop, link, shown, Translator(link.language))

    async def _screen(self, row: Row, scene: _Scene) -> Screen | None:
        now, rules = self._clock(), scene.shop.rules
        if row.kind is Kind.CLIENT_NUDGE:
            is_due = DeadlineKind.RATING_OVERDUE in all_due(scene.order, rules, now)
            return rating_nudge(scene.order, scene.t) if is_due else None
        if row.kind is Kind.CLIENT_ANSWER_NUDGE:
            return reminded(scene.order, rules, now, scene.t)
        async with self._database.read() as c:
            history = await events.history(c, row.order_id)
        event = next((entry.event for entry in history if entry.version == row.subject), None)
        tell = NEWS.get(type(event)) if event is not None else None
        return tell(scene.order, event, rules, now, scene.t) if tell else None

    async def _card(self, row: Row, scene: _Scene) -> None:
        """Edited in place; aloud it comes anew, and the one before goes."""
        screen = client_card(scene.order, scene.shop.name, scene.shop.rules, self._clock(), scene.t)
        card_id = scene.shown.card_id
        if card_id is None or row.sound:
            await self._new_card(row, scene, screen)
        elif screen.digest != scene.shown.card_digest:
            try:
                await self._bot.edit_message_text(
                    screen.text, chat_id=row.target, message_id=card_id, reply_markup=screen.keyboard
                )
            except TelegramBadRequest as error:
                if "message is not modified" not in error.message:  # it is gone
                    await self._new_card(row, scene, screen)
                    return
            async with self._database.write() as c:
                await client_links.note_card(c, scene.link.id, card_id, screen.digest)

    async def _new_card(self, row: Row, scene: _Scene, screen: Screen) -> None:
        message_id = await self._send(row, screen)
        async with self._database.write() as c:
            await client_links.note_card(c, scene.link.id, message_id, screen.digest)
        if scene.shown.card_id is not None:
            with suppress(TelegramBadRequest):  # gone or too old: nothing depends on it
                await self._bot.delete_message(row.target, scene.shown.card_id)

    async def _photo(self, row: Row, scene: _Scene) -> None:
        """The newest photo, once."""
        photos = scene.order.progress.photos
        if not photos or photos[-1].sha256 == scene.shown.photo_sha256 or scene.order.is_final:
            return
        try:
            content = await self._photos.latest(scene.order)
        except PhotoMissing:
            log.warning("client_photo_missing", order_id=scene.order.id)
            return
        if content is None:
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
            await client_talk.note_message(c, row.target, message.message_id, row.order_id)

    async def _send(self, row: Row, screen: Screen) -> int:
        message = await self._bot.send_message(
            row.target,
            screen.text,
            reply_markup=screen.keyboard,
            link_preview_options=screen.preview,
            disable_notification=not row.sound,
        )
        async with self._database.write() as c:
            await client_talk.note_message(c, row.target, message.message_id, row.order_id)
        return message.message_id
