"""Messages in a group that only the member who tapped sees (X17).

A server that does not support them ignores the receiver and shows the message to the whole group. So the
first message holds nothing personal; the rest is added by an edit, only after the server has answered that
the message is ephemeral, and by a method that an older server does not have.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramNotFound
from aiogram.types import EphemeralMessageParameters, Message
from aiogram.utils.deep_linking import create_start_link

from messages.ui.screen import Screen
from services.sending.new_features import Features

log = structlog.get_logger(__name__)

PATIENCE = 5.0
"""Time limit in seconds for showing one: when the group's queue is long, the private chat is quicker."""

_OF_ONE_TAP = ("query", "receiver", "user", "not found")
"""Words of an error that concerns only this tap or this person, not the feature."""


@dataclass(frozen=True, slots=True)
class GroupTap:
    """Who tapped in which group; Telegram accepts the query's id for 15 seconds."""

    chat_id: int
    person: int
    query_id: str


class EphemeralMessages:
    """Shows, edits and deletes ephemeral messages; each person has at most one per group."""

    def __init__(self, bot: Bot, features: Features) -> None:
        self._bot = bot
        self.features = features
        self._shown: dict[tuple[int, int], int] = {}

    async def link(self, order_id: int) -> str:
        """The link that opens this order in the private chat."""
        return await create_start_link(self._bot, f"o{order_id}")

    async def show(self, tap: GroupTap, first: Screen, whole: Screen) -> bool:
        """Show `first`, which holds nothing personal, and replace it by `whole`.

        Returns False where the person does not see it, so that the caller must answer in another way.
        """
        if not self.features.ephemeral:
            return False
        try:
            async with asyncio.timeout(PATIENCE):
                message_id = await self._opened(tap, first)
                return message_id is not None and await self._put(tap, message_id, whole)
        except (AiogramError, TimeoutError) as error:
            self._note(error)
            return False

    async def change(self, tap: GroupTap, message_id: int, screen: Screen) -> None:
        """Show another screen in its place; does nothing where the message is gone."""
        with suppress(AiogramError):
            await self._edit(tap, message_id, screen)

    async def close(self, tap: GroupTap, message_id: int) -> None:
        """Delete the message."""
        self._shown.pop((tap.chat_id, tap.person), None)
        with suppress(AiogramError):
            await self._bot.delete_ephemeral_message(tap.chat_id, tap.person, message_id)

    async def _opened(self, tap: GroupTap, first: Screen) -> int | None:
        message = await self._bot.send_message(
            tap.chat_id,
            first.text,
            reply_markup=first.keyboard,
            ephemeral_message_parameters=EphemeralMessageParameters(
                receiver_user_id=tap.person, callback_query_id=tap.query_id
            ),
        )
        if message.ephemeral_message_id is None:
            await self._take_back(message)
        return message.ephemeral_message_id

    async def _put(self, tap: GroupTap, message_id: int, whole: Screen) -> bool:
        before = self._shown.get((tap.chat_id, tap.person))
        await self._edit(tap, message_id, whole)
        if before not in {None, message_id}:
            await self.close(tap, before or 0)
        self._shown[tap.chat_id, tap.person] = message_id
        return True

    async def _edit(self, tap: GroupTap, message_id: int, screen: Screen) -> None:
        await self._bot.edit_ephemeral_message_text(
            tap.chat_id,
            tap.person,
            message_id,
            screen.text,
            reply_markup=screen.keyboard,
            link_preview_options=screen.preview,
        )

    async def _take_back(self, message: Message) -> None:
        """Delete what the server has shown to the whole group, and turn the feature off."""
        self._turn_off("shown to the whole group")
        if message.message_id:
            await self._bot.delete_message(message.chat.id, message.message_id)

    def _note(self, error: Exception) -> None:
        if isinstance(error, TelegramNotFound):
            self._turn_off(error.message)
        elif isinstance(error, TelegramBadRequest):
            said = error.message.lower()
            if "ephemeral" in said and not any(word in said for word in _OF_ONE_TAP):
                self._turn_off(error.message)

    def _turn_off(self, answer: str) -> None:
        self.features.ephemeral = False
        log.warning("telegram_feature_refused", answer=answer)
