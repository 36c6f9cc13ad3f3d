"""Allocates send slots within Telegram's limit of messages a second.

A message leaves later than its slot when the process is busy, and Telegram may count it as late as it
answers. So each counts from its slot until a second after its answer: whatever came between, no second at
Telegram holds more than the limit. Beside that, slots are evenly spaced.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

MARGIN = 1.035
"""Gaps and the spans of a chat are longer than they must be: on the way messages come closer together."""

SECOND = 1.0
"""Seconds in which Telegram counts the bot's messages."""

UNANSWERED = 5.0
"""Seconds after which an answer is waited for no longer: a Telegram that hangs must not silence the bot."""


@dataclass(frozen=True, slots=True)
class Slot:
    """`seconds` until it; `key` names it when the message has left.

    Without a key all are taken: ask again after `seconds`.
    """

    seconds: float
    key: int | None


class SendSlots:
    """The slots of the bot's token. Times are seconds of a clock that only goes forward."""

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = max(1, int(per_second))
        self._gap = MARGIN / per_second
        self._clock = clock
        self._free_at = 0.0
        self._keys = 0
        self._under_way: dict[int, tuple[float, int]] = {}
        """By key: until when its answer is waited for, and how many messages it is."""
        self._answered: deque[tuple[float, int]] = deque()

    def take(self, messages: int) -> Slot:
        """The next free slot, for a call that Telegram counts as so many messages."""
        now = self._clock()
        self._forget(now)
        busy = sum(count for _, count in (*self._under_way.values(), *self._answered))
        if busy and busy + messages > self._most:
            return Slot(self._gap, None)
        at = max(self._free_at, now)
        self._free_at = at + self._gap * messages
        self._keys += 1
        self._under_way[self._keys] = (at + UNANSWERED, messages)
        return Slot(at - now, self._keys)

    def left(self, slot: Slot) -> None:
        """Telegram has answered what was sent in this slot, or it was not sent."""
        if slot.key in self._under_way:
            _, messages = self._under_way.pop(slot.key)
            self._answered.append((self._clock(), messages))

    def _forget(self, now: float) -> None:
        while self._answered and self._answered[0][0] <= now - SECOND:
            self._answered.popleft()
        for key in [key for key, (until, _) in self._under_way.items() if until <= now]:
            del self._under_way[key]
