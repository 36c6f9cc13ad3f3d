"""The sender: delivers committed outbox rows, and retries each until it is done.

One sender per channel, so that a slow Telegram does not delay the backup copy.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime, timedelta

import structlog
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from services.health.pauses import doubled, jittered
from services.health.set_aside import BROKEN, PARTS, tell_directors
from services.sending.bot_middlewares import turn
from services.sending.rate_limiter import RateLimiter
from services.sending.unheard_notifications import report_unsendable
from services.sending.unreachable_chats import UnreachableChats
from storage.db import tables
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.sending import outbox
from storage.sending.outbox import AnyRow, Channel, Kind, Row, ShopRow
from storage.sending.unreadable_rows import fail_unreadable

AT_ONCE = 30
"""Rows processed at one time: enough for Telegram's rate limit while each takes up to a second."""
COPIES_AT_ONCE = 100
"""The same for the copy: they are read and written together."""
CALLS_AT_ONCE = 4
"""The same for the marketplace: a slow answer for one order does not delay the others."""

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
"""The longest back-off in seconds of a row that keeps failing."""
MOST_TRIES = 5
"""After this many failures that no retry can fix, a row is set aside: about half a minute."""

GATHERING = 0.03
"""Seconds between two polls of the outbox: changes made in the meantime are handled together."""
GATHERING_COPIES = 0.3
"""The same for the copy: nobody waits for it, and opening its file costs more than many versions."""

PARTING = 5.0
"""At a stop, the rows in progress get this many seconds to finish."""
NOTING = 2.0
"""At a stop, seconds to record what was sent."""

Deliver = Callable[[Row], Awaitable[None]]
DeliverOfShop = Callable[[ShopRow], Awaitable[None]]


class NotNow(Exception):  # noqa: N818 - an answer to the sender, not an error of the program
    """Defer the row for this many seconds; does not count as a failed attempt."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not for {seconds:g} s")
        self.seconds = seconds


class GivenUp(Exception):  # noqa: N818 - an answer to the sender, not an error of the program
    """The row can never be delivered; the code that tried has already recorded that."""


log = structlog.get_logger(__name__)


async def _nothing_of_shops(row: ShopRow) -> None:
    raise TypeError(f"{row.kind} of a shop in the channel {row.channel}")


class Sender:
    """Delivers one channel of the outbox. `deliver` renders the order as it is at that moment, and sends.

    `of_shop` does the same for rows that concern a shop and no order.

    Several rows are processed at once; except for copies, at most one per target. `lost` handles chats that
    cannot be reached any more.
    """

    def __init__(
        self,
        database: Database,
        channel: Channel,
        deliver: Deliver,
        clock: Callable[[], datetime],
        pace: RateLimiter | None = None,
        lost: UnreachableChats | None = None,
        of_shop: DeliverOfShop = _nothing_of_shops,
    ) -> None:
        self._database = database
        self._channel = channel
        self._deliver = deliver
        self._of_shop = of_shop
        self._clock = clock
        self._pace = pace
        self._lost = lost
        self._woken = database.subscribe(tables.outbox)
        self._in_hand: dict[asyncio.Task[None], int] = {}
        self._lately: set[int] = set()
        """Chats that a row was sent to, until the rate limit allows the next one."""
        self._left: set[int] = set()
        """Rows that were sent, to be marked as done with the next poll of the outbox."""
        self._looks_again: float | None = None
        """Seconds until the next row is due; None: wait until a row is added."""

    @property
    def channel(self) -> Channel:
        """The channel of the outbox that this sender delivers."""
        return self._channel

    async def run(self) -> None:
        """Deliver until cancelled. Raises on failures of the outbox; the caller runs it again.

        A row that was being sent at a crash, or whose result could not be stored, is sent again (X3): rather
        twice than never.
        """
        try:
            async with self._noting() as c:
                await outbox.release_all(c, self._channel)
            await self._empty()
        except BROKEN:
            await self._leave_unreadable()
            raise
        finally:
            await self._part()

    async def _leave_unreadable(self) -> None:
        """Set aside the unreadable rows, so that the others are sent at the next start."""
        async with self._database.write() as c:
            for row in await fail_unreadable(c, self._channel):
                log.error("row_unreadable", channel=self._channel, **asdict(row))
                await self._report(c, "", order_id=row.order_id, shop_id=row.shop_id)

    @asynccontextmanager
    async def _noting(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that first marks the sent rows as done: one commit for all of them."""
        left = set(self._left)
        async with self._database.write() as c:
            await outbox.done(c, *left)
            yield c
        self._left -= left

    async def _empty(self) -> None:
        while True:
            self._woken.clear()
            while await self._take():
                pass
            looked = time.monotonic()
            await self._rest()
            await asyncio.sleep(max(0.0, looked + self._gathering - time.monotonic()))

    async def _take(self) -> bool:
        """Claim rows that may be sent now, up to the free capacity; returns whether there may be more."""
        self._raise_failure()
        free = self._hands - len(self._in_hand)
        if free == 0:
            await asyncio.wait(self._in_hand, return_when=asyncio.FIRST_COMPLETED)
            return True
        async with self._noting() as c:
            now, closed = self._clock(), self._closed()
            rows = await outbox.claim(c, self._channel, now, free, not_to=closed, one_each=self._one_each)
            if len(rows) < free:
                if self._one_each:
                    closed = closed | {row.target for row in rows}
                due = await outbox.next_due(c, self._channel, not_to=closed)
                self._looks_again = max(0.0, (due - now).total_seconds()) if due else None
        for row in rows:
            self._in_hand[asyncio.create_task(self._try(row))] = row.target
        if self._pace is not None:
            self._lately |= {row.target for row in rows}
        return len(rows) == free

    @property
    def _hands(self) -> int:
        if self._channel is Channel.MARKETPLACE:
            return CALLS_AT_ONCE
        if self._channel is Channel.COPY:
            return COPIES_AT_ONCE
        return AT_ONCE

    @property
    def _gathering(self) -> float:
        return GATHERING_COPIES if self._channel is Channel.COPY else GATHERING

    @property
    def _one_each(self) -> bool:
        return self._channel is not Channel.COPY

    def _raise_failure(self) -> None:
        """Drop the finished tasks; raises when a task could not even store its row's result."""
        for task in [task for task in self._in_hand if task.done()]:
            del self._in_hand[task]
            task.result()

    def _closed(self) -> set[int]:
        """The targets that may get nothing just now; the others do not wait for them."""
        busy = set(self._in_hand.values()) if self._one_each else set[int]()
        if self._pace is None:
            return busy
        self._lately = {
            chat for chat in self._lately | busy if self._pace.wait_for_chat(chat) > 0 or chat in busy
        }
        return self._lately

    async def _rest(self) -> None:
        """Sleep until a row is added, a task ends, a chat's limit allows a message, or a row is due."""
        waits = [] if self._looks_again is None else [self._looks_again]
        if self._pace is not None:
            # As the last poll excluded them: a chat that has become free since then is polled at once.
            closed = self._lately - set(self._in_hand.values())
            waits += [self._pace.wait_for_chat(chat) for chat in closed]
        woken = asyncio.create_task(self._woken.wait())
        try:
            await asyncio.wait(
                {woken, *self._in_hand},
                timeout=max(0.0, min(waits)) if waits else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            woken.cancel()

    async def _part(self) -> None:
        """Finish the rows in progress: a sent row that is not marked as done would be sent once more."""
        if self._in_hand:
            done, late = await asyncio.wait(self._in_hand, timeout=PARTING)
            for failure in filter(None, (task.exception() for task in done)):  # the row is sent again
                log.warning("row_not_noted", channel=self._channel, why=str(failure))
            for task in late:
                task.cancel()
            self._in_hand.clear()
        try:
            async with asyncio.timeout(NOTING), self._noting():
                pass
        except (StorageError, TimeoutError) as error:
            log.warning("sent_not_noted", channel=self._channel, why=str(error))

    async def _try(self, row: AnyRow) -> None:
        try:
            with turn(row.priority):
                await (self._of_shop(row) if isinstance(row, ShopRow) else self._deliver(row))
        except TelegramRetryAfter as error:
            # Telegram asked to wait: this does not count as an attempt.
            await self._again(row, error.retry_after, error, counts=False)
        except NotNow as error:
            await self._again(row, error.seconds, error, counts=False)
        except GivenUp:
            return
        except TelegramMigrateToChat as error:
            await self._move(row, error)
        except (TelegramForbiddenError, TelegramBadRequest) as error:
            await self._give_up(row, error)
        except BROKEN as error:
            if row.attempts + 1 < MOST_TRIES:
                await self._again(row, _pause(row.attempts), error)
            else:
                await self._set_aside(row, error)
        except Exception as error:  # noqa: BLE001 - the row is kept and retried
            await self._again(row, _pause(row.attempts), error)
        else:
            self._left.add(row.id)

    async def _set_aside(self, row: AnyRow, error: Exception) -> None:
        """Set aside a row that fails because of a bug or its own data, and tell the directors (X22)."""
        log.error("row_set_aside", **_where(row), exc_info=error)
        async with self._database.write() as c:
            await outbox.fail(c, row.id, type(error).__name__)
            await self._report(c, row.kind, **_of(row))

    async def _report(
        self, c: AsyncConnection, kind: str, *, order_id: int | None = None, shop_id: int | None = None
    ) -> None:
        """Tell the directors that a row was set aside, unless it was such a notification itself."""
        if order_id is not None and kind != Kind.SET_ASIDE:
            await tell_directors(c, order_id, PARTS[self._channel], self._clock())
        if shop_id is not None:
            await report_unsendable(c, shop_id, kind, self._clock())

    async def _again(self, row: AnyRow, seconds: float, error: Exception, *, counts: bool = True) -> None:
        say = log.info if isinstance(error, NotNow) else log.warning
        say("send_again", **_where(row), seconds=round(seconds, 1), why=type(error).__name__)
        async with self._database.write() as c:
            await outbox.retry(c, row.id, self._clock() + timedelta(seconds=seconds), counts=counts)

    async def _move(self, row: AnyRow, error: TelegramMigrateToChat) -> None:
        if self._lost is not None:
            await self._lost.follow(row.target, error.migrate_to_chat_id)
        await self._again(row, 0, error, counts=False)

    async def _give_up(self, row: AnyRow, error: TelegramAPIError) -> None:
        log.error("send_failed", **_where(row), why=str(error))
        if self._lost is not None:
            await self._lost.give_up(row, error)
            return
        async with self._database.write() as c:
            await outbox.fail(c, row.id, str(error))


def _pause(attempts: int) -> float:
    """Back-off in seconds: doubled with each attempt, with jitter so that rows do not retry all at once."""
    return jittered(doubled(attempts, FIRST_PAUSE, LONGEST_PAUSE))


def _where(row: AnyRow) -> dict[str, object]:
    return {"row": row.id, **_of(row), "kind": str(row.kind), "attempts": row.attempts}


def _of(row: AnyRow) -> dict[str, int]:
    return {"shop_id": row.shop_id} if isinstance(row, ShopRow) else {"order_id": row.order_id}
