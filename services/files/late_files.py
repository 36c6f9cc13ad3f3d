"""Retries files that Telegram could not hand out when they were sent, for some minutes (X3)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import Message, ReplyParameters

from messages.i18n.texts import Translator
from services.files.downloads import LATER_SECONDS, Downloads, FileNotNowError, FileTooBigError
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.updates import late_files
from storage.updates.late_files import LateFile

PATIENCE = timedelta(minutes=5)
"""After this time a file is given up and its sender is told."""
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(seconds=30)
_SHARE_OF_WAITING = 2
"""The pause before a retry is this fraction of the time that the file has waited."""
_LOOK_SECONDS = 2.0
_AT_A_TIME = 8

HandIn = Callable[[LateFile, bytes], Awaitable[None]]

log = structlog.get_logger(__name__)


class LateFiles:
    """Stores the messages of late files, and retries their download."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        downloads: Downloads,
        clock: Callable[[], datetime],
    ) -> None:
        self._bot = bot
        self._database = database
        self.downloads = downloads
        self._clock = clock
        self._hand_in: HandIn | None = None

    def deliver_to(self, hand_in: HandIn) -> None:
        """Set the function that takes a late file with its message."""
        self._hand_in = hand_in

    async def postpone(
        self, message: Message, file_id: str, size: int | None, order_id: int | None, language: str
    ) -> bool:
        """Retry this file later. Returns whether to tell its sender: once per message or album."""
        now = self._clock()
        late = LateFile(
            message.chat.id,
            message.message_id,
            message.media_group_id or "",
            file_id,
            size or 0,
            _is_photo(message),
            language,
            order_id,
            message.model_dump(mode="json", exclude_unset=True, exclude_none=True),
            now,
        )
        async with self._database.write() as c:
            is_known = late.album != "" and await late_files.has_album(c, late.chat_id, late.album)
            is_new = await late_files.add(c, late, now + FIRST_PAUSE)
        return is_new and not is_known

    async def is_postponed(self, message: Message) -> bool:
        """Whether the file of this message waits already: a crash can make Telegram send the update again."""
        try:
            async with self._database.read_one() as c:
                return await late_files.has_message(c, message.chat.id, message.message_id)
        except StorageError:  # reported elsewhere; the file is fetched as if it were new
            return False

    async def run(self) -> None:
        """Retry until cancelled."""
        while True:
            with suppress(StorageError):  # reported elsewhere; the rows remain
                await self._look()
            await asyncio.sleep(_LOOK_SECONDS)

    async def _look(self) -> None:
        async with self._database.snapshot() as c:
            due = await late_files.due(c, self._clock(), _AT_A_TIME)
        await asyncio.gather(*(self._try(late) for late in due))

    async def _try(self, late: LateFile) -> None:
        try:
            async with self.downloads.fetched(late.file_id, late.size, LATER_SECONDS) as content:
                await self._handed_in(late, content)
        except FileTooBigError:
            await self._give_up(late)
        except FileNotNowError as error:
            log.info("file_is_late", why=str(error), since=late.since.isoformat())
            if self._clock() - late.since >= PATIENCE:
                await self._give_up(late)
            else:
                await self._put_off(late)

    async def _handed_in(self, late: LateFile, content: bytes) -> None:
        """Hand the file in, then remove its row. A crash in between repeats it; a photo counts once."""
        if self._hand_in is None:
            raise AssertionError("nobody takes files")
        try:
            await self._hand_in(late, content)
        except StorageError:
            await self._put_off(late)
            return
        except Exception:
            log.exception("late_file_failed")
        await self._remove(late)

    async def _give_up(self, late: LateFile) -> None:
        t = Translator(late.language)
        text = t("photo-not-fetched" if late.is_photo else "file-not-fetched")
        reply = ReplyParameters(message_id=late.message_id, allow_sending_without_reply=True)
        try:
            await self._bot.send_message(
                late.chat_id, text, reply_parameters=reply, disable_notification=False
            )
        except (TelegramForbiddenError, TelegramBadRequest) as error:
            log.warning("late_file_not_told", why=type(error).__name__)
        except AiogramError:
            await self._put_off(late)
            return
        log.warning("file_given_up")
        await self._remove(late)

    async def _put_off(self, late: LateFile) -> None:
        now = self._clock()
        pause = min(LONGEST_PAUSE, max(FIRST_PAUSE, (now - late.since) / _SHARE_OF_WAITING))
        async with self._database.write() as c:
            await late_files.put_off(c, late, now + pause)

    async def _remove(self, late: LateFile) -> None:
        async with self._database.write() as c:
            await late_files.remove(c, late)


def _is_photo(message: Message) -> bool:
    kind = (message.document.mime_type or "") if message.document else ""
    return bool(message.photo) or kind.startswith("image/")
