"""Downloads the files that people send, and separates temporary failures from permanent ones."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

import aiohttp
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest

from services.files.memory_budget import Room

LARGEST = 20 * 1024 * 1024
"""Bytes: Telegram's limit for a bot (getFile)."""
FIRST_SECONDS = 8.0
"""How long a person waits before they are told that the file is late."""
LATER_SECONDS = 60.0
_AT_ONCE = 40 * 1024 * 1024
"""At most this many bytes of files are in memory at once."""
_UNKNOWN_SIZE = 2 * 1024 * 1024
_TOO_BIG = "file is too big"


class FileTooBigError(Exception):
    """The file is over Telegram's 20 MB limit; no retry helps."""


class FileNotNowError(Exception):
    """Telegram does not hand it over now: unavailable, an error, a time-out, a truncated body."""


class Downloads:
    """Downloads all files within one memory budget, so that many large ones do not fill the memory (X22)."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._room = Room(_AT_ONCE)

    @asynccontextmanager
    async def fetched(
        self, file_id: str, size: int | None, seconds: float = FIRST_SECONDS
    ) -> AsyncIterator[bytes]:
        """The content of a file, until the end of the context. Raises FileTooBigError, FileNotNowError."""
        if (size or 0) > LARGEST:
            raise FileTooBigError
        async with self._room.taken(size or _UNKNOWN_SIZE):
            yield await self._fetch(file_id, seconds)

    async def _fetch(self, file_id: str, seconds: float) -> bytes:
        try:
            async with asyncio.timeout(seconds):
                return await self._whole(file_id, seconds)
        except TelegramBadRequest as error:
            if _TOO_BIG in error.message.lower():
                raise FileTooBigError from error
            raise FileNotNowError(error.message) from error
        except (AiogramError, aiohttp.ClientError, TimeoutError, OSError) as error:
            raise FileNotNowError(type(error).__name__) from error

    async def _whole(self, file_id: str, seconds: float) -> bytes:
        file = await self._bot.get_file(file_id)
        if not file.file_path:
            raise FileNotNowError("no path")
        content = BytesIO()
        await self._bot.download_file(file.file_path, content, timeout=int(seconds))
        if file.file_size is not None and len(content.getbuffer()) != file.file_size:
            raise FileNotNowError("cut off")
        return content.getvalue()
