"""Sends the client what their chat shows of the order: the live card, the photo, news (X7)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from messages.client.card import client_card, rating_nudge
from messages.client.notifications import NEWS
from messages.client.proposals import reminded
from messages.ui.screen import Screen
from orders.order.marketplace_backlog import quiet_until
from orders.schedule.deadlines import DeadlineKind, all_due
from services.client.client_context import Scene, scene_of
from services.client.client_maps import ClientMaps
from services.client.client_photos import ClientPhotos
from services.sending.bot_middlewares import UNREACHABLE
from services.sending.message_removal import take_away
from services.sending.sender import NotNow
from storage.client import conversation, links
from storage.db.database import Database
from storage.order import events
from storage.sending.outbox import Kind, Row

log = structlog.get_logger(__name__)


class ClientCards:
    """Delivers the client's rows of the outbox. A chat whose link was revoked meanwhile gets nothing."""

    def __init__(
        self, bot: Bot, database: Database, photos: ClientPhotos, clock: Callable[[], datetime]
    ) -> None:
        self._bot = bot
        self._database = database
        self._photos = photos
        self._clock = clock
        self._maps = ClientMaps(bot, database, clock)

    async def deliver(self, row: Row) -> None:
        """Send what the row announces, drawn from the order as it is now."""
        if row.kind in {Kind.MAP_OVER, Kind.MAP_NOTE_OVER}:
            await self._maps.take_away(row)
            return
        scene = await scene_of(row, self._database, self._clock())
        if scene is None:
            return
        if row.kind in {Kind.CLIENT_CARD, Kind.CLIENT_STEP}:
            await self._card(row, scene)
        elif row.kind is Kind.CLIENT_PHOTO:
            await self._photos.show(row, scene)
        elif row.kind is Kind.CLIENT_THUMBS:
            await self._photos.ask(row, scene)
        elif row.kind is Kind.CLIENT_PHOTO_AWAY:
            await self._photos.take_out(row, scene)
        elif row.kind is Kind.CLIENT_MAP:
            await self._maps.show(row)
        elif row.kind is Kind.CLIENT_HANDOVER:
            await self._photos.show_handover(row, scene)
        else:
            screen = await self._screen(row, scene)
            if screen is not None:
                await self._send(row, screen)

    async def _screen(self, row: Row, scene: Scene) -> Screen | None:
        now, rules = self._clock(), scene.shop.rules
        if row.kind is Kind.CLIENT_NUDGE:
            is_due = DeadlineKind.RATING_OVERDUE in all_due(scene.order, rules, now)
            return rating_nudge(scene.order, scene.t) if is_due else None
        if row.kind is Kind.CLIENT_ANSWER_NUDGE:
            return reminded(scene.order, rules, now, scene.t)
        async with self._database.snapshot() as c:
            history = await events.history(c, row.order_id)
        event = next((entry.event for entry in history if entry.version == row.subject), None)
        tell = NEWS.get(type(event)) if event is not None else None
        return tell(scene.order, event, rules, now, scene.t) if tell else None

    async def _card(self, row: Row, scene: Scene) -> None:
        """Edit the card in place; a row with sound sends a new card and deletes the old one."""
        screen = client_card(
            scene.order, scene.shop.name, scene.shop.rules, self._clock(), scene.t, scene.on_route
        )
        card_id, is_shown = scene.shown.card_id, screen.digest == scene.shown.card_digest
        if row.kind is Kind.CLIENT_STEP:
            until = quiet_until(scene.order, scene.shop.rules)
            if until is not None and self._clock() < until:  # another step followed at once
                raise NotNow((until - self._clock()).total_seconds())
            if is_shown:
                return
        if card_id is None or row.sound:
            await self._new_card(row, scene, screen)
        elif not is_shown:
            try:
                await self._bot.edit_message_text(
                    screen.text, chat_id=row.target, message_id=card_id, reply_markup=screen.keyboard
                )
            except TelegramBadRequest as error:
                if "message is not modified" not in error.message:  # it was deleted
                    await self._new_card(row, scene, screen)
                    return
            async with self._database.write() as c:
                await links.note_card(c, scene.link.id, card_id, screen.digest)

    async def _new_card(self, row: Row, scene: Scene, screen: Screen) -> None:
        message_id = await self._send(row, screen)
        async with self._database.write() as c:
            await links.note_card(c, scene.link.id, message_id, screen.digest)
        if scene.shown.card_id is not None:
            words = scene.t("client-card-replaced")
            with suppress(*UNREACHABLE):  # raising would send the card once more
                await take_away(self._bot, row.target, scene.shown.card_id, words)

    async def _send(self, row: Row, screen: Screen) -> int:
        message = await self._bot.send_message(
            row.target,
            screen.text,
            reply_markup=screen.keyboard,
            link_preview_options=screen.preview,
            disable_notification=not row.sound,
        )
        async with self._database.write() as c:
            await conversation.note_message(c, row.target, message.message_id, row.order_id)
        return message.message_id
