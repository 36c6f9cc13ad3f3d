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
from typing import Protocol

from storage.sendings import Window

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

    @property
    def gap(self) -> float:
        """Seconds between two messages."""
        return MARGIN / self.bot_per_second

    def window(self, chat_id: int) -> Window:
        """How many messages this chat may get in which span. Groups have negative ids."""
        return self.group if chat_id < 0 else self.person

    @property
    def person(self) -> Window:
        """What a private chat may get."""
        return Window(BURST * MARGIN / self.chat_per_second, BURST)

    @property
    def group(self) -> Window:
        """What a group may get."""
        return Window(MINUTE * MARGIN, self.group_per_minute)


class Moments(Protocol):
    """Hands out the moments of all workers together, where there are several."""

    async def wait(self, chat_id: int) -> None:
        """Wait for a moment at which nobody else sends, and take it for a message to this chat."""

    async def hold(self, chat_id: int, seconds: float) -> None:
        """Nothing to this chat, by any worker, for so long."""


class Pace:
    """Gives turns. Times are seconds of a clock that only goes forward.

    `moments` are those of all workers; without, this is the only one, and asks nobody.
    """

    def __init__(
        self, limits: Limits, clock: Callable[[], float] = time.monotonic, moments: Moments | None = None
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._moments = moments
        self._gap = limits.gap
        self._free_at = 0.0
        self._sent: dict[int, deque[float]] = {}
        self._held: dict[int, float] = {}
        self._queue: list[tuple[int, int, int, asyncio.Future[None]]] = []
        self._arrivals = count()
        self._giving: asyncio.Task[None] | None = None

    def wait_for_chat(self, chat_id: int) -> float:
        """Seconds until this chat may get its next message; 0 when it may have it now."""
        window = self._limits.window(chat_id)
        sent = self._sent.get(chat_id, ())
        free_at = sent[-window.most] + window.seconds if len(sent) >= window.most else 0.0
        return max(0.0, max(free_at, self._held.get(chat_id, 0.0)) - self._clock())

    async def hold(self, chat_id: int, seconds: float) -> None:
        """Telegram said 429: nothing to this chat for as long as it said."""
        self._held[chat_id] = self._clock() + seconds
        if self._moments is not None:
            await self._moments.hold(chat_id, seconds)

    async def turn(self, chat_id: int, priority: int) -> None:
        """Wait for the bot's next free moment; a lower `priority` goes first.

        The chat's own limit is not waited for here: `wait_for_chat` tells it, so that others go meanwhile.
        """
        ticket: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (priority, next(self._arrivals), chat_id, ticket))
        if self._giving is None or self._giving.done():
            self._giving = asyncio.create_task(self._give())
        await ticket
        self._note(chat_id)

    async def _give(self) -> None:
        while self._queue:
            await asyncio.sleep(self._free_at - self._clock())
            *_, chat_id, ticket = heapq.heappop(self._queue)
            if self._moments is not None and not ticket.done():
                await self._moments.wait(chat_id)
            if not ticket.done():  # whoever waited may have been cancelled
                ticket.set_result(None)
                self._free_at = max(self._free_at, self._clock() - self._gap) + self._gap

    def _note(self, chat_id: int) -> None:
        if len(self._sent) > MOST_CHATS:
            self._forget()
        most = self._limits.window(chat_id).most
        self._sent.setdefault(chat_id, deque(maxlen=most)).append(self._clock())

    def _forget(self) -> None:
        lately = self._clock() - MINUTE * MARGIN
        self._sent = {chat: sent for chat, sent in self._sent.items() if sent[-1] > lately}
        self._held = {chat: until for chat, until in self._held.items() if until > self._clock()}
