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

MARGIN = 1.035
"""Gaps are a little longer than they must be: on the way to Telegram messages come closer together."""
MINUTE = 60.0
BURST = 3
"""Messages that one chat may get close together, its average being kept: Telegram allows short bursts."""
MOST_CHATS = 10_000
"""Chats remembered before those that got nothing lately are forgotten."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages a second over all chats, a second in one chat on average, and a minute in one group."""

    bot_per_second: float = 30
    chat_per_second: float = 1
    group_per_minute: int = 20


class Pace:
    """Gives turns. Times are seconds of a clock that only goes forward."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._gap = MARGIN / limits.bot_per_second
        self._free_at = 0.0
        self._sent: dict[int, deque[float]] = {}
        self._held: dict[int, float] = {}
        self._queue: list[tuple[int, int, asyncio.Future[None]]] = []
        self._arrivals = count()
        self._giving: asyncio.Task[None] | None = None

    def wait_for_chat(self, chat_id: int) -> float:
        """Seconds until this chat may get its next message; 0 when it may have it now."""
        window, most = self._window(chat_id)
        sent = self._sent.get(chat_id, ())
        free_at = sent[-most] + window if len(sent) >= most else 0.0
        return max(0.0, max(free_at, self._held.get(chat_id, 0.0)) - self._clock())

    def hold(self, chat_id: int, seconds: float) -> None:
        """Telegram said 429: nothing to this chat for as long as it said."""
        self._held[chat_id] = self._clock() + seconds

    async def turn(self, chat_id: int, priority: int) -> None:
        """Wait for the bot's next free moment; a lower `priority` goes first.

        The chat's own limit is not waited for here: `wait_for_chat` tells it, so that others go meanwhile.
        """
        ticket: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (priority, next(self._arrivals), ticket))
        if self._giving is None or self._giving.done():
            self._giving = asyncio.create_task(self._give())
        await ticket
        self._note(chat_id)

    async def _give(self) -> None:
        while self._queue:
            await asyncio.sleep(self._free_at - self._clock())
            ticket = heapq.heappop(self._queue)[2]
            if not ticket.done():  # whoever waited may have been cancelled
                ticket.set_result(None)
                self._free_at = max(self._free_at, self._clock() - self._gap) + self._gap

    def _note(self, chat_id: int) -> None:
        if len(self._sent) > MOST_CHATS:
            self._forget()
        most = self._window(chat_id)[1]
        self._sent.setdefault(chat_id, deque(maxlen=most)).append(self._clock())

    def _window(self, chat_id: int) -> tuple[float, int]:
        """The span in which this chat is counted, and how many it may get in it. Groups have negative ids."""
        if chat_id < 0:
            return MINUTE * MARGIN, self._limits.group_per_minute
        return BURST * MARGIN / self._limits.chat_per_second, BURST

    def _forget(self) -> None:
        lately = self._clock() - MINUTE * MARGIN
        self._sent = {chat: sent for chat, sent in self._sent.items() if sent[-1] > lately}
        self._held = {chat: until for chat, until in self._held.items() if until > self._clock()}
