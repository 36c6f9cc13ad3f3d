"""When the bot's next message may leave, so that Telegram never counts more within a second than it takes.

A message leaves later than its moment when the process is busy, and Telegram may count it as late as it
answers. So each counts from the moment it was given until a second after its answer: whatever came between,
no second at Telegram can hold more. Beside that, messages leave evenly.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from storage.sending.send_log import SECOND, Room

MARGIN = 1.035
"""Gaps and the spans of a chat are longer than they must be: on the way messages come closer together."""

UNANSWERED = 5.0
"""Seconds after which an answer is waited for no longer: a Telegram that hangs must not silence the bot."""


@dataclass(frozen=True, slots=True)
class SendSlot:
    """`seconds` until it; `key` names it when the message has left.

    Without a key there is no room now: ask again after `seconds`.
    """

    seconds: float
    key: datetime | int | None


class SendSlots(Protocol):
    """Hands out the moments of the bot; there may be other workers who want some."""

    async def take(self, chat_id: int, messages: int) -> SendSlot:
        """A moment at which nobody else sends, for a call that Telegram counts as so many messages."""

    def left(self, moment: SendSlot) -> None:
        """Telegram has answered what was sent at this moment, or it was not sent."""

    async def hold(self, chat_id: int, seconds: float) -> None:
        """Nothing to this chat, by any worker, for so long."""


def room(per_second: float) -> Room:
    """How many messages a second, and how far apart."""
    return Room(max(1, int(per_second)), MARGIN / per_second, UNANSWERED)


class LocalSendSlots:
    """The moments of a bot that is one process. Times are seconds of a clock that only goes forward."""

    def __init__(self, room: Room, clock: Callable[[], float] = time.monotonic) -> None:
        self._room = room
        self._clock = clock
        self._free_at = 0.0
        self._keys = 0
        self._under_way: dict[int, tuple[float, int]] = {}
        """By key: until when it is waited for, and how many messages it is."""
        self._answered: deque[tuple[float, int]] = deque()

    async def take(self, chat_id: int, messages: int) -> SendSlot:
        """See `SendSlots`; every chat has the same."""
        del chat_id
        now = self._clock()
        self._forget(now)
        busy = sum(count for _, count in (*self._under_way.values(), *self._answered))
        if busy and busy + messages > self._room.most:
            return SendSlot(self._room.gap, None)
        at = max(self._free_at, now)
        self._free_at = at + self._room.gap * messages
        self._keys += 1
        self._under_way[self._keys] = (at + self._room.unanswered, messages)
        return SendSlot(at - now, self._keys)

    def left(self, moment: SendSlot) -> None:
        """See `SendSlots`."""
        if isinstance(moment.key, int) and moment.key in self._under_way:
            _, messages = self._under_way.pop(moment.key)
            self._answered.append((self._clock(), messages))

    async def hold(self, chat_id: int, seconds: float) -> None:
        """Nobody else is there to be told."""

    def _forget(self, now: float) -> None:
        while self._answered and self._answered[0][0] <= now - SECOND:
            self._answered.popleft()
        for key in [key for key, (until, _) in self._under_way.items() if until <= now]:
            del self._under_way[key]
