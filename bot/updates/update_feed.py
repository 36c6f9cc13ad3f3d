"""Feeds updates from polling or webhook to the handlers.

Telegram sends an update again until it is confirmed. The bot confirms it when its handler has finished, or
when the update is stored ("kept") in the database. It stores updates when waiting would delay others: polling
returns only the 100 oldest unconfirmed updates, and a webhook has few connections.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import AiogramError
from aiogram.types import Update

from bot.updates.flood import QUIET_SECONDS, FloodGuard, Verdict
from bot.updates.raw_updates import Outline, decode, outline
from bot.updates.unread import UnreadNotes
from messages.i18n.texts import Translator
from services.health.clock import utc_now
from services.health.metrics import Metrics
from storage.db.database import Database
from storage.db.errors import NotLeading, StorageError
from storage.db.leader import Leader
from storage.updates import waiting_updates
from storage.updates.waiting_updates import WaitingUpdate

HOLD_SECONDS = 0.5
"""How long a webhook request waits for the handler before the update is stored instead."""
ANSWER_SECONDS = 50.0
"""The same if the update cannot be stored. Telegram gives up after 60 s and sends it again."""
RESUME_SECONDS = 10.0
"""Time between attempts to read stored updates while the database is unavailable."""
PARTING_SECONDS = 3.0
"""How long the shutdown waits for pending writes."""
MOST_RESTARTS = 3
"""After this many restarts an unfinished update is dropped: it may be what kills the process."""
LONGEST_KEPT = timedelta(days=1)
"""As long as Telegram itself keeps updates."""
MOST_NOTICES = 20
"""Concurrent flood notices; above it strangers get none, known senders still do."""

log = structlog.get_logger(__name__)


@dataclass(eq=False, slots=True)
class Unfinished:
    """An update whose handler has not finished."""

    update: Update
    sender_id: int | None
    raw: object
    is_kept: bool = False
    is_through: asyncio.Event = field(default_factory=asyncio.Event)


class UpdateFeed:
    """Dispatches updates and tracks unfinished ones; one per process."""

    def __init__(
        self, bot: Bot, dispatcher: Dispatcher, database: Database, leader: Leader, metrics: Metrics
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._database = database
        self._leader = leader
        self._metrics = metrics
        self._guard = FloodGuard(database)
        self._notes = UnreadNotes(database, metrics, utc_now)
        self._unfinished: dict[int, Unfinished] = {}
        self._of_sender: Counter[int | None] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._notices: set[asyncio.Task[None]] = set()
        self._writes: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Resume the previous process's stored updates; on exit leave unfinished ones to the next process."""
        await self._resume()
        try:
            yield
        finally:
            tasks = {*self._tasks, *self._notices}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if self._writes:
                await asyncio.wait(self._writes, timeout=PARTING_SECONDS)
            await self._notes.settle()

    @property
    def unconfirmed(self) -> Collection[int]:
        """Ids of the updates that Telegram must send again if this process dies."""
        return [update_id for update_id, entry in self._unfinished.items() if not entry.is_kept]

    async def take(self, raw: object) -> Unfinished | None:
        """Start handling an update. Returns None if it is ignored."""
        seen = outline(raw)
        if seen is None:
            self._notes.passed_over(raw, None, "", "update_id")
            return None
        if seen.update_id in self._unfinished:
            return self._unfinished[seen.update_id]  # sent again by Telegram
        verdict = await self._judge(seen)
        if verdict is not Verdict.HANDLE:
            self._pass_over(seen, verdict)
            return None
        return self._begin(seen, raw)

    async def keep(self) -> bool:
        """Store all unfinished updates, so that they can be confirmed. Returns False if that fails."""
        return await self._keep({number: self._unfinished[number] for number in self.unconfirmed})

    async def settled(self, entry: Unfinished) -> bool:
        """Wait until an update can be confirmed. Returns False if Telegram must send it again."""
        is_alone = self._of_sender[entry.sender_id] <= 1
        if await _through(entry, HOLD_SECONDS if is_alone else 0):
            return True
        if await self._keep({entry.update.update_id: entry}):
            return True
        return await _through(entry, ANSWER_SECONDS)

    async def wait(self, seconds: float) -> None:
        """Wait until all handlers have finished, at most `seconds`."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    async def _judge(self, seen: Outline) -> Verdict:
        try:
            return await self._guard.judge(seen, self._of_sender[seen.sender_id], len(self._unfinished))
        except Exception:  # a failure on one update must not block the others
            log.exception("flood_guard_failed", update_id=seen.update_id)
            return Verdict.HANDLE

    def _pass_over(self, seen: Outline, verdict: Verdict) -> None:
        self._metrics.update_came("passed_over")
        if verdict is Verdict.PASS_OVER:
            return
        is_stranger = verdict is Verdict.TELL_STRANGER
        log.warning("flood", update_id=seen.update_id, is_stranger=is_stranger)
        has_room = len(self._notices) < MOST_NOTICES or not is_stranger
        if seen.is_private and seen.sender_id is not None and has_room:
            t = Translator(seen.language)
            key = "flood-stranger" if is_stranger else "flood-known"
            words = t(key, minutes=round(QUIET_SECONDS / 60))
            self._spawn(self._notices, self._tell(seen.sender_id, words))

    async def _tell(self, chat_id: int, words: str) -> None:
        with suppress(AiogramError):
            await self._bot.send_message(chat_id, words)

    def _begin(self, seen: Outline, raw: object, *, is_kept: bool = False) -> Unfinished | None:
        if (begun := self._unfinished.get(seen.update_id)) is not None:
            begun.is_kept = begun.is_kept or is_kept
            return begun
        reading = decode(raw, self._bot) if seen.kind else None
        if reading is None or reading.update is None:
            fault = reading.fault if reading else "no known event"
            self._notes.passed_over(raw, seen.update_id, seen.kind, fault)
            return None
        if reading.fault:
            self._notes.read_in_part(raw, seen.update_id, seen.kind, reading.fault)
        else:
            self._metrics.update_came("read")
        entry = Unfinished(reading.update, seen.sender_id, raw, is_kept)
        self._unfinished[seen.update_id] = entry
        self._of_sender[seen.sender_id] += 1
        self._spawn(self._tasks, self._handle(entry))
        return entry

    async def _undisturbed(self, work: Coroutine[None, None, None]) -> None:
        """Finish the work even if the caller is cancelled, which could leak a connection being opened."""
        task = asyncio.create_task(work)
        self._writes.add(task)
        task.add_done_callback(self._writes.discard)
        await asyncio.shield(task)

    def _spawn(self, tasks: set[asyncio.Task[None]], work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    async def _handle(self, entry: Unfinished) -> None:
        number, failure = entry.update.update_id, None
        try:
            await self._dispatcher.feed_update(self._bot, entry.update)
        except Exception as error:  # noqa: BLE001 - it must not stop other updates
            failure = error
        try:
            await self._leader.confirm()
        except NotLeading:  # left unconfirmed: the next leader handles it
            return
        if failure is not None:
            log.error("update_failed", update_id=number, exc_info=failure)
        del self._unfinished[number]
        self._of_sender[entry.sender_id] -= 1
        if self._of_sender[entry.sender_id] <= 0:
            del self._of_sender[entry.sender_id]
        entry.is_through.set()
        if entry.is_kept:
            await self._undisturbed(self._forget([number]))

    async def _keep(self, entries: dict[int, Unfinished]) -> bool:
        raws = {number: entry.raw for number, entry in entries.items()}
        try:
            if raws:
                async with self._database.write() as c:
                    await waiting_updates.add_all(c, raws, utc_now())
        except StorageError as error:
            log.warning("updates_not_kept", why=str(error))
            return False
        for entry in entries.values():
            entry.is_kept = True
        await self._forget([number for number, entry in entries.items() if entry.is_through.is_set()])
        return True

    async def _forget(self, numbers: list[int]) -> None:
        try:
            if numbers:
                async with self._database.write() as c:
                    await waiting_updates.remove_all(c, numbers)
        except StorageError as error:  # handled again after the next start, which is harmless
            log.warning("updates_not_forgotten", why=str(error))

    async def _resume(self) -> None:
        """Handle the updates stored by the previous process, waiting for the database."""
        while True:
            try:
                async with self._database.write() as c:
                    left = await waiting_updates.take_over(c)
            except NotLeading:
                raise
            except StorageError as error:
                log.warning("kept_updates_not_resumed", why=str(error))
            else:
                await self._begin_again(left)
                return
            await asyncio.sleep(RESUME_SECONDS)

    async def _begin_again(self, left: list[WaitingUpdate]) -> None:
        given_up: list[int] = []
        for kept in left:
            seen = outline(kept.raw)
            is_worth_it = kept.restarts < MOST_RESTARTS and utc_now() - kept.at < LONGEST_KEPT
            if seen is None or not is_worth_it or self._begin(seen, kept.raw, is_kept=True) is None:
                given_up.append(kept.update_id)
        if left:
            log.warning("kept_updates_resumed", updates=len(left), given_up=len(given_up))
        await self._forget(given_up)


async def _through(entry: Unfinished, seconds: float) -> bool:
    """Whether the handler finishes within this time."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await entry.is_through.wait()
    return entry.is_through.is_set()
