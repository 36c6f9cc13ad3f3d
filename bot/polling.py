"""Getting updates by long polling, so that none is lost when the process dies.

Telegram forgets an update once a later offset is asked for. So an update is confirmed only after its handler
is through; one that takes long holds back only the confirmation, not the updates of others.
"""

from __future__ import annotations

import asyncio

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import AiogramError, TelegramConflictError, TelegramRetryAfter
from aiogram.types import Update

from bot.vitals import Vitals

LONG_POLL = 20
"""Seconds a request for updates stays open when there is nothing to do."""
PATIENCE = 0.3
"""Seconds that handlers get before others' updates are asked for beside them."""
MOST = 100
"""Updates in one answer; the Bot API's own limit."""
FIRST_PAUSE = 0.2
"""Seconds before asking again after a failure: one lost answer must not deafen the bot; then twice that."""
LONGEST_PAUSE = 15.0

log = structlog.get_logger(__name__)


class Polling:
    """Feeds the dispatcher until cancelled."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, vitals: Vitals) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._vitals = vitals
        self._types = dispatcher.resolve_used_update_types()
        self._running: dict[int, asyncio.Task[None]] = {}
        self._last = 0
        self._pause = FIRST_PAUSE
        self._is_connected = False

    async def run(self) -> None:
        """Ask, hand out, wait a little, confirm; again and again."""
        try:
            while True:
                for update in await self._fetch():
                    self._hand_out(update)
                await self._wait()
        finally:
            for task in self._running.values():
                task.cancel()

    async def _fetch(self) -> list[Update]:
        """The updates that are not being worked on yet. An answer full of known ones lets the oldest go."""
        offset = min(self._running) if self._running else self._last + 1
        try:
            updates = await self._ask(offset)
        except AiogramError as error:  # a proxy's page instead of an answer is no TelegramAPIError
            await self._rest(error)
            return []
        self._vitals.updates_came()
        self._pause, self._is_connected = FIRST_PAUSE, True
        if len(updates) == MOST and all(update.update_id <= self._last for update in updates):
            self._running.pop(offset, None)
        return [update for update in updates if update.update_id > self._last]

    async def _ask(self, offset: int) -> list[Update]:
        # The first request, also after a failure, is answered at once: whoever waits to hear that the bot
        # listens need not wait for it.
        seconds = LONG_POLL if self._is_connected and not self._running else 0
        return await self._bot.get_updates(
            offset=offset if offset > 1 else None,
            limit=MOST,
            timeout=seconds,
            allowed_updates=self._types,
            request_timeout=seconds + 10,
        )

    async def _rest(self, error: AiogramError) -> None:
        self._vitals.no_answer()
        self._is_connected = False
        pause = float(error.retry_after) if isinstance(error, TelegramRetryAfter) else self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        if isinstance(error, TelegramConflictError):
            log.warning("another_bot_polls", again_in_seconds=pause)
        else:
            log.warning("telegram_unreachable", again_in_seconds=pause, why=type(error).__name__)
        await asyncio.sleep(pause)

    def _hand_out(self, update: Update) -> None:
        number = update.update_id
        self._last = max(self._last, number)
        task = asyncio.create_task(self._handle(update))
        self._running[number] = task
        task.add_done_callback(lambda _task: self._running.pop(number, None))

    async def _handle(self, update: Update) -> None:
        try:
            await self._dispatcher.feed_update(self._bot, update)
        except Exception:
            log.exception("update_failed", update_id=update.update_id)

    async def _wait(self) -> None:
        if self._running:
            await asyncio.wait(self._running.values(), timeout=PATIENCE)
