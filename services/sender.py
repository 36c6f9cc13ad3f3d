"""The sender: takes what waits in the outbox after a commit, and tries each row until it is done.

One loop per channel, so that a slow Telegram does not hold up the backup copy.
"""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter

from services.pulse import Pulse
from storage import outbox
from storage.database import Database
from storage.errors import StorageError
from storage.outbox import Channel, Row

BATCH = 20
LONGEST_PAUSE = 60.0
"""Seconds between two tries of a row that keeps failing, at the most."""

HEARTBEAT = 5.0
"""Seconds between two signs of life, where several workers share the database."""
LEASE = timedelta(seconds=30)
"""A worker that gave no sign of life for so long is taken for dead; its rows go to the others."""

PARTING = 5.0
"""Seconds that the row in hand may still take when the bot is told to stop."""

Deliver = Callable[[Row], Awaitable[None]]

log = structlog.get_logger(__name__)


class Sender:
    """Empties one channel of the outbox. `deliver` renders the order as it is then, and sends."""

    def __init__(
        self,
        database: Database,
        pulse: Pulse,
        channel: Channel,
        deliver: Deliver,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._channel = channel
        self._deliver = deliver
        self._clock = clock
        self._pulse = pulse
        self._woken = pulse.subscribe()
        self._worker = uuid.uuid4().hex

    async def run(self) -> None:
        """Work until cancelled; begin anew after a failure of the database.

        A row that was being sent when the process died, or of which it could not be noted what became of it,
        is taken up again (X3): rather twice than never.
        """
        async with asyncio.TaskGroup() as group:
            if self._database.is_shared:
                group.create_task(self._watch())
            await self._send()

    async def _send(self) -> None:
        while True:
            try:
                await self._take_back()
                await self._empty()
            except Exception:
                log.exception("sender_failed", channel=self._channel)
                await asyncio.sleep(1)

    async def _take_back(self) -> None:
        """Beside other workers only what is its own: the rest they may be sending just now."""
        async with self._database.write() as c:
            if self._database.is_shared:
                await outbox.release_own(c, self._channel, self._worker)
            else:
                await outbox.release_all(c, self._channel)

    async def _watch(self) -> None:
        """Beside other workers: tell them that this one lives, and take over from those that do not.

        Their commits do not wake anybody here, so the pulse beats as well.
        """
        while True:
            await asyncio.sleep(HEARTBEAT)
            try:
                async with self._database.write() as c:
                    now = self._clock()
                    await outbox.renew(c, self._worker, now)
                    await outbox.release_lost(c, self._channel, now - LEASE)
            except StorageError as error:
                log.warning("no_heartbeat", channel=self._channel, why=str(error))
            else:
                self._pulse.beat()

    async def _empty(self) -> None:
        while True:
            self._woken.clear()
            while await self._work():
                pass
            await self._rest()

    async def _work(self) -> bool:
        async with self._database.write() as c:
            rows = await outbox.claim(c, self._channel, self._worker, self._clock(), BATCH)
        for row in rows:
            await _finish(self._try(row))
        return bool(rows)

    async def _rest(self) -> None:
        """Sleep until something is put into the outbox or the next row may be tried again."""
        async with self._database.read() as c:
            due = await outbox.next_due(c, self._channel)
        seconds = max(0.0, (due - self._clock()).total_seconds()) if due else None
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return

    async def _try(self, row: Row) -> None:
        try:
            await self._deliver(row)
        except TelegramRetryAfter as error:
            await self._again(row, error.retry_after, error)
        except (TelegramForbiddenError, TelegramBadRequest) as error:
            await self._give_up(row, error)
        except Exception as error:  # noqa: BLE001 - whatever it was, the row is kept and tried again
            await self._again(row, _pause(row.attempts), error)
        else:
            async with self._database.write() as c:
                await outbox.done(c, row.id)

    async def _again(self, row: Row, seconds: float, error: Exception) -> None:
        log.warning("send_again", **_where(row), seconds=round(seconds, 1), why=type(error).__name__)
        async with self._database.write() as c:
            await outbox.retry(c, row.id, self._clock() + timedelta(seconds=seconds))

    async def _give_up(self, row: Row, error: Exception) -> None:
        log.error("send_failed", **_where(row), why=str(error))
        async with self._database.write() as c:
            await outbox.fail(c, row.id, str(error))


async def _finish(work: Coroutine[Any, Any, None]) -> None:
    """Do it to its end even when told to stop: what has left but is not noted would leave once more."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=PARTING)
        task.cancel()
        raise


def _pause(attempts: int) -> float:
    """Seconds to wait: doubled with each try, with jitter so that rows do not come back all at once."""
    longest = min(LONGEST_PAUSE, 2.0 ** min(attempts, 10))
    return longest * (0.5 + random.random() / 2)  # noqa: S311 - jitter, not a secret


def _where(row: Row) -> dict[str, object]:
    return {"row": row.id, "order_id": row.order_id, "kind": row.kind.value, "attempts": row.attempts}
