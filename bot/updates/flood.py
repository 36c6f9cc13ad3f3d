"""Limits updates per sender, so that a flood does not delay answers to others (X22)."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.updates.raw_updates import Outline
from storage.client import links
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.team import staff

STRANGER_UNFINISHED = 4
"""Most updates of one stranger that are handled concurrently."""
STRANGER_MOST, STRANGER_SECONDS = 8, 60.0
"""Most updates of one stranger in this many seconds; connecting takes two or three."""
QUIET_SECONDS = 300.0
"""How long a sender above the limit is ignored."""
KNOWN_UNFINISHED = 500
"""Most pending updates of one member of the staff or client; a whole evening's photos are fewer."""
KNOWN_CAUGHT_UP = KNOWN_UNFINISHED // 2
"""With at most this many pending a flood has ended, and the next one is answered again."""
CROWD = 200
"""Unfinished updates of all senders at which strangers are ignored."""

LOOKUP_SECONDS = 2.0
"""Timeout for asking the database whether a sender is known; after it they count as known."""
KNOWN_FOR = 10.0
"""Seconds for which the database's answer is cached."""
MOST_SENDERS = 10_000
"""Most senders kept in memory; the one silent for longest is dropped first."""


class Verdict(Enum):
    """What to do with an update."""

    HANDLE = auto()
    PASS_OVER = auto()
    TELL_STRANGER = auto()
    """Ignore it, and tell the sender once that the bot will not read for a while."""
    TELL_KNOWN = auto()
    """Ignore it, and tell the sender once that the latest messages were not read."""


@dataclass(slots=True)
class _Sender:
    recent: deque[float] = field(default_factory=lambda: deque(maxlen=STRANGER_MOST + 1))
    told_until: float = 0.0
    is_known: bool = False
    asked_at: float = float("-inf")

    def is_hasty(self, now: float) -> bool:
        return len(self.recent) > STRANGER_MOST and now - self.recent[0] < STRANGER_SECONDS


class FloodGuard:
    """Decides which updates are handled. A few updates per sender need no query of the database."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._senders: dict[int, _Sender] = {}

    async def judge(self, update: Outline, unfinished_of_sender: int, unfinished: int) -> Verdict:
        """Decide on an update, given the number of unfinished ones of its sender and of all senders."""
        if update.sender_id is None or update.is_migration:
            return Verdict.HANDLE
        sender, now = self._sender(update.sender_id), self._clock()
        is_calm = unfinished_of_sender < STRANGER_UNFINISHED and unfinished < CROWD
        if update.kind == "callback_query":  # its answer, a toast, does not count for the rate limit
            if is_calm:
                return Verdict.HANDLE
        else:
            sender.recent.append(now)
            if is_calm and not sender.is_hasty(now) and now >= sender.told_until:
                return Verdict.HANDLE
        if await self._is_known(update.sender_id, sender, now):
            if unfinished_of_sender <= KNOWN_CAUGHT_UP:
                sender.told_until = 0.0
            if unfinished_of_sender < KNOWN_UNFINISHED:
                return Verdict.HANDLE
            return self._pass_over(sender, now, Verdict.TELL_KNOWN)
        return self._pass_over(sender, now, Verdict.TELL_STRANGER)

    def _pass_over(self, sender: _Sender, now: float, first: Verdict) -> Verdict:
        if now < sender.told_until:
            return Verdict.PASS_OVER
        sender.told_until = now + QUIET_SECONDS
        return first

    def _sender(self, sender_id: int) -> _Sender:
        found = self._senders.pop(sender_id, None) or _Sender()
        self._senders[sender_id] = found  # keeps the one silent for longest first
        if len(self._senders) > MOST_SENDERS:
            del self._senders[next(iter(self._senders))]
        return found

    async def _is_known(self, sender_id: int, sender: _Sender, now: float) -> bool:
        if now - sender.asked_at >= KNOWN_FOR:
            sender.is_known = await self._ask(sender_id)
            sender.asked_at = now
        return sender.is_known

    async def _ask(self, sender_id: int) -> bool:
        """Whether this is staff, or a client with a link; a private chat has its owner's id."""
        try:
            async with asyncio.timeout(LOOKUP_SECONDS), self._database.snapshot() as c:
                return bool(await staff.by_telegram(c, sender_id) or await links.of_chat(c, sender_id))
        except (StorageError, TimeoutError):
            return True
