"""How fast messages may leave: Telegram counts them by bot, by chat and by group, and answers 429 past that.

Whoever sends asks for a turn first. Turns go by priority, so that an alarm overtakes every card that waits.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

MINUTE = 60.0
MOST_CHATS = 10_000
"""Chats remembered before those that got nothing lately are forgotten."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages a second over all chats, a second in one chat, and a minute in one group."""

    bot_per_second: float = 30
    chat_per_second: float = 1
    group_per_minute: float = 20


class Pace:
    """Gives turns. Times are seconds of a clock that only goes forward."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._gap = 1 / limits.bot_per_second
        self._free_at = 0.0
        self._sent: dict[int, deque[float]] = {}
        self._queue: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = count()
        self._giving: asyncio.Task[None] | None = None

    def wait_for_chat(self, chat_id: int) -> float:
        """Seconds until this chat may get its next message; 0 when it may have it now."""
        window, most = self._window(chat_id)
        sent = self._sent.get(chat_id)
        if sent is None or len(sent) < most:
            return 0.0
        return max(0.0, sent[-most] + window - self._clock())

    async def turn(self, chat_id: int, priority: int) -> None:
        """Wait for the bot's next free moment; a lower `priority` goes first.

        The chat's own limit is not waited for here: `wait_for_chat` tells it, so that others go meanwhile.
        """
        ticket: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (priority, next(self._order), ticket))
        if self._giving is None or self._giving.done():
            self._giving = asyncio.create_task(self._give())
        await ticket
        self._note(chat_id)

    async def _give(self) -> None:
        while self._queue:
            pause = self._free_at - self._clock()
            if pause > 0:
                await asyncio.sleep(pause)
            ticket = heapq.heappop(self._queue)[2]
            if not ticket.done():  # whoever waited may have been cancelled
                ticket.set_result(None)
                self._free_at = max(self._free_at, self._clock() - self._gap) + self._gap

    def _note(self, chat_id: int) -> None:
        window, most = self._window(chat_id)
        sent = self._sent.setdefault(chat_id, deque(maxlen=most))
        sent.append(self._clock())
        if len(self._sent) > MOST_CHATS:
            self._forget(window)

    def _window(self, chat_id: int) -> tuple[float, int]:
        """The span in which this chat is counted, and how many it may get in it. Groups have negative ids."""
        if chat_id < 0:
            return MINUTE, max(1, int(self._limits.group_per_minute))
        return 1 / self._limits.chat_per_second, 1

    def _forget(self, window: float) -> None:
        oldest = self._clock() - max(window, MINUTE)
        self._sent = {chat: sent for chat, sent in self._sent.items() if sent[-1] > oldest}
