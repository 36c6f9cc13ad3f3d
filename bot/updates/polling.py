"""Receives updates by long polling, without losing any if the process dies.

A request with a later offset confirms an update, and Telegram forgets it. So the bot confirms an update only
after its handler has finished or the update is stored in the database (`bot.updates.update_feed`); a slow
handler does not delay the updates of others.
"""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetUpdates, Response

from bot.config.settings import SettingsProblem
from bot.updates.raw_updates import outline
from bot.updates.rivals import Rivals
from bot.updates.update_feed import UpdateFeed
from bot.updates.vitals import Vitals
from services.health.pauses import doubled

LONG_POLL = 20
"""Seconds that a request stays open when there are no updates."""
PATIENCE = 0.3
"""Seconds that handlers get before the next request."""
MOST = 100
"""Updates per answer; the Bot API's limit."""
FIRST_PAUSE = 0.2
"""Initial back-off in seconds, doubled after each failure."""
LONGEST_PAUSE = 15.0
CONFLICT_PAUSE = 1.0
"""Seconds before the next request while another bot polls with the same token."""
REMEMBERED = 1000
"""Most update ids kept to recognise an update that Telegram sends again."""

UNKNOWN_TOKEN = "BOT_TOKEN: Telegram does not know this token. Copy it anew from @BotFather."  # noqa: S105 - words

log = structlog.get_logger(__name__)


class GetRawUpdates(GetUpdates):
    """`getUpdates` with an undecoded answer: aiogram would reject all of it for one unknown update."""

    __returning__ = list[Any]


ANSWER = Response[list[Any]]
"""Kept referenced: otherwise pydantic frees the model, and aiogram builds it again for each answer."""


class Polling:
    """Polls Telegram and passes updates to the feed, until cancelled."""

    def __init__(
        self, bot: Bot, feed: UpdateFeed, updates: list[str], vitals: Vitals, rivals: Rivals
    ) -> None:
        self._bot = bot
        self._feed = feed
        self._types = updates
        self._vitals = vitals
        self._rivals = rivals
        self._seen: dict[int, None] = {}
        self._last = 0
        self._failures = 0
        self._is_connected = False
        self._was_connected = False

    async def run(self) -> None:
        """Poll until cancelled. Raises SettingsProblem for an unknown token."""
        while True:
            answer = await self._fetch()
            for raw in answer:
                await self._hand_out(raw)
            # After a full answer more updates may wait: store these, so that the next request can skip them.
            if len(answer) < MOST or not await self._feed.keep():
                await self._feed.wait(PATIENCE)

    async def _fetch(self) -> list[Any]:
        try:
            answer = await self._ask()
        except (AiogramError, OSError, ValueError) as error:  # ValueError: the answer is not valid text
            await self._rest(error)
            return []
        self._vitals.updates_came()
        self._rivals.not_met()
        self._failures, self._is_connected, self._was_connected = 0, True, True
        return answer

    async def _ask(self) -> list[Any]:
        # The first request, also after a failure, asks for an immediate answer, so that the bot soon reports
        # itself healthy.
        unconfirmed = self._feed.unconfirmed
        offset = min([*unconfirmed, self._last + 1])
        seconds = LONG_POLL if self._is_connected and not unconfirmed else 0
        return await self._bot(
            GetRawUpdates(
                offset=offset if offset > 1 else None,
                limit=MOST,
                timeout=seconds,
                allowed_updates=self._types,
            ),
            request_timeout=seconds + 10,
        )

    async def _hand_out(self, raw: object) -> None:
        """Pass an update to the feed unless it is a repeat: each answer contains all unconfirmed ones."""
        number = raw.get("update_id") if isinstance(raw, dict) else None
        if isinstance(number, int) and number in self._seen:
            return
        seen = outline(raw)
        if seen is not None:
            self._seen[seen.update_id] = None
            if len(self._seen) > REMEMBERED:
                del self._seen[next(iter(self._seen))]
            self._last = max(self._last, seen.update_id)
        await self._feed.take(raw)

    async def _rest(self, error: Exception) -> None:
        """Log the error, and wait as long as Telegram demands or with growing back-off."""
        self._vitals.no_answer()
        self._is_connected = False
        if isinstance(error, TelegramConflictError):
            await self._rest_from_conflict(error)
            return
        await self._wait(error)

    async def _wait(self, error: Exception) -> None:
        pause = doubled(self._failures, FIRST_PAUSE, LONGEST_PAUSE)
        if isinstance(error, TelegramRetryAfter):
            pause = float(error.retry_after)
        self._failures += 1
        _say(error, pause, may_be_new=not self._was_connected)
        await asyncio.sleep(pause)

    async def _rest_from_conflict(self, error: TelegramConflictError) -> None:
        if "webhook" not in error.message:
            self._rivals.met(error.message)
            await asyncio.sleep(CONFLICT_PAUSE)
            return
        if self._was_connected:  # else an earlier run of this bot set it
            self._rivals.met(error.message)
        try:
            await self._bot.delete_webhook()
        except AiogramError as refused:
            await self._wait(refused)


def _say(error: Exception, pause: float, *, may_be_new: bool) -> None:
    """Log why polling failed. Raises SettingsProblem for a token that has never worked."""
    if isinstance(error, TelegramUnauthorizedError | TelegramNotFound):
        if may_be_new:
            raise SettingsProblem([UNKNOWN_TOKEN]) from error
        log.error("telegram_refuses_token", again_in_seconds=pause)
    else:
        log.warning(event_of(error), again_in_seconds=pause, why=type(error).__name__)


def event_of(error: Exception) -> str:
    """The log event for a failed call: a server whose answer cannot be read is not unreachable."""
    if isinstance(error, TelegramRetryAfter):
        return "telegram_asks_to_wait"
    if isinstance(error, ClientDecodeError | ValueError):
        return "telegram_answers_in_unknown_form"
    return "telegram_unreachable"
