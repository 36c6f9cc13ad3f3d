"""Keeps within Telegram's rate limits per bot, chat and group, which it enforces with 429.

Senders wait for a turn first. Turns go by priority, so that an alarm overtakes waiting cards.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

from services.sending.send_slots import MARGIN, SendSlots, Slot

MINUTE = 60.0
BURST = 3
"""Messages that a chat may get in quick succession within its average: Telegram allows short bursts."""
MOST_CHATS = 10_000
"""Above this number of chats, those that got nothing lately are forgotten."""


@dataclass(frozen=True, slots=True)
class Window:
    """At most `most` messages to one chat within any `seconds`."""

    seconds: float
    most: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages per second over all chats, per second in one chat on average, per minute in one group."""

    bot_per_second: float = 30
    chat_per_second: float = 1
    group_per_minute: int = 20

    def window(self, chat_id: int) -> Window:
        """The limit for this chat. Groups have negative ids."""
        return self.group if chat_id < 0 else self.person

    @property
    def person(self) -> Window:
        """The limit for a private chat."""
        return Window(BURST * MARGIN / self.chat_per_second, BURST)

    @property
    def group(self) -> Window:
        """The limit for a group."""
        return Window(MINUTE * MARGIN, self.group_per_minute)


@dataclass(order=True, frozen=True, slots=True)
class _Ticket:
    """A waiting caller; the lowest priority goes first, and among equals the earliest."""

    priority: int
    arrival: int
    messages: int = field(compare=False)
    slot: asyncio.Future[Slot] = field(compare=False)


class RateLimiter:
    """Assigns turns. Times are seconds of a monotonic clock."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._slots = SendSlots(limits.bot_per_second, clock)
        self._sent: dict[int, deque[float]] = {}
        self._held: dict[int, float] = {}
        self._queue: list[_Ticket] = []
        self._arrivals = count()
        self._giving: asyncio.Task[None] | None = None

    def wait_for_chat(self, chat_id: int) -> float:
        """Seconds until this chat may get its next message; 0 when it may have it now."""
        window = self._limits.window(chat_id)
        sent = self._sent.get(chat_id, ())
        free_at = sent[-window.most] + window.seconds if len(sent) >= window.most else 0.0
        return max(0.0, max(free_at, self._held.get(chat_id, 0.0)) - self._clock())

    def hold(self, chat_id: int, seconds: float) -> None:
        """Block this chat for as long as Telegram's 429 says."""
        self._held[chat_id] = self._clock() + seconds

    @asynccontextmanager
    async def turn(self, chat_id: int, priority: int, messages: int = 1) -> AsyncIterator[None]:
        """Wait for the bot's next free slot, and send within the context; a lower `priority` goes first.

        `messages`: how many Telegram counts for the call. The chat's own limit is not waited for here:
        callers check `wait_for_chat`, so that other chats can go first.
        """
        slot = await self._queued(priority, messages)
        self._note(chat_id, messages)
        try:
            yield
        finally:
            self._slots.left(slot)

    def _queued(self, priority: int, messages: int) -> asyncio.Future[Slot]:
        slot: asyncio.Future[Slot] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, _Ticket(priority, next(self._arrivals), messages, slot))
        if self._giving is None or self._giving.done():
            self._giving = asyncio.create_task(self._give())
        return slot

    async def _give(self) -> None:
        while self._queue:
            ticket = heapq.heappop(self._queue)
            if ticket.slot.done():  # the waiting caller was cancelled
                continue
            slot = self._slots.take(ticket.messages)
            if slot.key is None:
                heapq.heappush(self._queue, ticket)  # an alarm that comes meanwhile goes first
            await asyncio.sleep(slot.seconds)
            if slot.key is not None:
                self._hand_over(ticket, slot)

    def _hand_over(self, ticket: _Ticket, slot: Slot) -> None:
        if ticket.slot.done():
            self._slots.left(slot)
        else:
            ticket.slot.set_result(slot)

    def _note(self, chat_id: int, messages: int) -> None:
        if len(self._sent) > MOST_CHATS:
            self._forget()
        most = self._limits.window(chat_id).most
        self._sent.setdefault(chat_id, deque(maxlen=most)).extend([self._clock()] * messages)

    def _forget(self) -> None:
        lately = self._clock() - MINUTE * MARGIN
        self._sent = {chat: sent for chat, sent in self._sent.items() if sent[-1] > lately}
        self._held = {chat: until for chat, until in self._held.items() if until > self._clock()}
