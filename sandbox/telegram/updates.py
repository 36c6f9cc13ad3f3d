"""The queue of updates for the bot, and long polling.

All updates pass through `UpdateQueue.add`, where faults may double or delay them.
"""

import asyncio
import itertools
from collections import deque
from dataclasses import dataclass
from typing import Any

from sandbox.faults.injector import Faults
from sandbox.faults.plan import Fault, Section
from sandbox.telegram.errors import conflict

ALL_KINDS = frozenset({"message", "edited_message", "callback_query", "my_chat_member", "chat_member"})
DEFAULT_KINDS = ALL_KINDS - {"chat_member"}
FIRST_UPDATE_ID = 700_000_001
MAX_BATCH = 100
TWO_POLLS = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True)
class Update:
    """One update for the bot."""

    id: int
    kind: str
    payload: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return the Bot API's Update."""
        return {"update_id": self.id, self.kind: self.payload}


@dataclass(frozen=True)
class RawUpdate(Update):
    """Any JSON instead of an update; an object without an id gets one."""

    raw: object = None

    def as_json(self) -> Any:  # noqa: ANN401 - any JSON
        """Return the raw JSON."""
        return {"update_id": self.id, **self.raw} if isinstance(self.raw, dict) else self.raw


class UpdateQueue:
    """The updates that the bot has not confirmed yet, oldest first.

    With faults, a doubled update moves to `_again` when it is confirmed, and is sent once more. A delayed one
    is `_held` until the next arrives and then swapped with it, or until its delay ends.
    """

    def __init__(self, faults: Faults | None = None, next_id: int = FIRST_UPDATE_ID) -> None:
        self.next_id = next_id
        self.allowed: frozenset[str] = DEFAULT_KINDS
        self._faults = faults or Faults()
        self._waiting: deque[Update] = deque()
        self._twice: set[int] = set()
        self._again: deque[Update] = deque()
        self._swapped: set[int] = set()
        self._held: Update | None = None
        self._news = asyncio.Event()
        self._poll: asyncio.Future[str] | None = None

    def __len__(self) -> int:
        return len(self._waiting) + (self._held is not None)

    def add(self, kind: str, payload: dict[str, Any]) -> None:
        """Queue an update if its kind is allowed."""
        if kind not in self.allowed:
            return
        update = Update(self.next_id, kind, payload)
        self.next_id += 1
        fault = self._faults.draw(Section.UPDATES, kind)
        if fault is Fault.REORDER:
            self._release()
            self._hold(update)
            return
        if fault is Fault.DOUBLE:
            self._twice.add(update.id)
        if self._held:
            self._swapped.add(self._held.id)
        self._release()
        self._line_up(update)

    def add_raw(self, raw: object) -> int:
        """Queue any JSON as an update, even if its kind is not allowed; returns its id."""
        update = RawUpdate(self.next_id, "", {}, raw)
        self.next_id += 1
        self._release()
        self._line_up(update)
        return update.id

    def allow(self, kinds: object) -> None:
        """Set the allowed kinds; an empty list means the default, no list means no change."""
        if isinstance(kinds, list):
            wanted = frozenset(str(kind) for kind in kinds) & ALL_KINDS
            self.allowed = wanted if kinds else DEFAULT_KINDS

    def clear(self) -> None:
        """Drop all pending updates."""
        self._held = None
        for kept in (self._waiting, self._again, self._twice, self._swapped):
            kept.clear()
        self._news.clear()

    def confirm_before(self, offset: int) -> None:
        """Confirm the updates with smaller ids; a negative offset keeps only that many of the newest."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        while offset > 0 and self._waiting and self._waiting[0].id < offset:
            self._confirmed(self._waiting.popleft())
        self._look()

    async def first(self) -> Update:
        """Wait for an update and return it without confirming it."""
        await self._news.wait()
        return self._again[0] if self._again else self._ordered(2)[0]

    def taken(self, update: Update) -> None:
        """Confirm one update that the webhook has accepted."""
        if update in self._again:
            self._again.remove(update)
        elif update in self._waiting:
            self._waiting.remove(update)
            self._confirmed(update)
        self._look()

    def interrupt_poll(self, reason: str) -> None:
        """End the waiting poll with a 409."""
        if self._poll and not self._poll.done():
            self._poll.set_result(reason)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """Answer getUpdates: confirm, then wait up to `seconds`. A newer poll ends an older one with 409."""
        self.interrupt_poll(TWO_POLLS)
        self.confirm_before(offset)
        if not self._news.is_set() and seconds > 0:
            await self._wait_or_conflict(seconds)
        return self._batch(offset, min(max(limit, 1), MAX_BATCH))

    def _batch(self, offset: int, limit: int) -> list[Update]:
        repeated = [self._again.popleft() for _ in range(min(limit, len(self._again)))]
        waiting = [update for update in self._ordered(limit - len(repeated)) if update.id >= offset]
        self._look()
        return repeated + waiting

    def _ordered(self, count: int) -> list[Update]:
        """The first updates in sending order: a delayed one comes after its successor."""
        given = list(itertools.islice(self._waiting, count))
        for at, (one, other) in enumerate(itertools.pairwise(given)):
            if one.id in self._swapped and other.id == one.id + 1:
                given[at], given[at + 1] = other, one
        return given

    def _confirmed(self, update: Update) -> None:
        self._swapped.discard(update.id)
        if update.id in self._twice:
            self._twice.discard(update.id)
            self._again.append(update)

    def _hold(self, update: Update) -> None:
        self._held = update
        late = self._faults.plan.updates.late_seconds
        asyncio.get_running_loop().call_later(late, self._release, update)

    def _release(self, late: Update | None = None) -> None:
        """Queue the held update; a timer passes as `late` the update for which it was set."""
        if self._held and (late is None or late is self._held):
            self._line_up(self._held)
            self._held = None

    def _line_up(self, update: Update) -> None:
        self._waiting.append(update)
        self._look()

    def _look(self) -> None:
        """Set or clear the event that wakes waiting polls."""
        if self._waiting or self._again:
            self._news.set()
        else:
            self._news.clear()

    async def _wait_or_conflict(self, seconds: float) -> None:
        mine: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._poll = mine
        news = asyncio.ensure_future(self._news.wait())
        waiting: set[asyncio.Future[Any]] = {news, mine}
        try:
            await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            news.cancel()
            if self._poll is mine:
                self._poll = None
        if mine.done():
            raise conflict(mine.result())
