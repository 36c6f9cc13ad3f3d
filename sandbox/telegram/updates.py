"""The queue of updates for the bot, and the long poll that reads it.

Everything that comes to the bot passes `UpdateQueue.add`: lost, late or doubled updates would be made there.
"""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.errors import conflict

ALL_KINDS = frozenset({"message", "edited_message", "callback_query", "my_chat_member", "chat_member"})
DEFAULT_KINDS = ALL_KINDS - {"chat_member"}
FIRST_UPDATE_ID = 700_000_001
MAX_BATCH = 100
TWO_POLLS = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True)
class Update:
    """One thing the bot must hear of."""

    id: int
    kind: str
    payload: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Give the Bot API's Update."""
        return {"update_id": self.id, self.kind: self.payload}


class UpdateQueue:
    """Updates that the bot has not confirmed yet, oldest first."""

    def __init__(self, next_id: int = FIRST_UPDATE_ID) -> None:
        self.next_id = next_id
        self.allowed: frozenset[str] = DEFAULT_KINDS
        self._waiting: deque[Update] = deque()
        self._news = asyncio.Event()
        self._poll: asyncio.Future[str] | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, kind: str, payload: dict[str, Any]) -> None:
        """Queue an update, unless the bot does not want its kind."""
        if kind not in self.allowed:
            return
        self._waiting.append(Update(self.next_id, kind, payload))
        self.next_id += 1
        self._news.set()

    def allow(self, kinds: object) -> None:
        """Set which kinds the bot wants; an empty list means the usual ones, none given means no change."""
        if isinstance(kinds, list):
            wanted = frozenset(str(kind) for kind in kinds) & ALL_KINDS
            self.allowed = wanted if kinds else DEFAULT_KINDS

    def clear(self) -> None:
        """Forget what is waiting."""
        self._waiting.clear()
        self._news.clear()

    def confirm_before(self, offset: int) -> None:
        """Forget the updates with smaller ids; a negative offset keeps that many from the end."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        while offset > 0 and self._waiting and self._waiting[0].id < offset:
            self._waiting.popleft()
        if not self._waiting:
            self._news.clear()

    async def wait(self) -> Update:
        """Wait until there is an update, and give it without confirming it."""
        await self._news.wait()
        return self._waiting[0]

    def interrupt_poll(self, reason: str) -> None:
        """End the poll that is waiting now with a 409."""
        if self._poll and not self._poll.done():
            self._poll.set_result(reason)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """Answer getUpdates: confirm, then wait up to `seconds`; a newer poll ends an older one with 409."""
        self.interrupt_poll(TWO_POLLS)
        self.confirm_before(offset)
        if not self._waiting and seconds > 0:
            await self._wait_or_conflict(seconds)
        batch = list(self._waiting)[: min(max(limit, 1), MAX_BATCH)]
        return [update for update in batch if update.id >= offset]

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
