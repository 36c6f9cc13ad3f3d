"""Allocates send slots within Telegram's limit of messages a second.

A busy process sends later than its slot, and Telegram may count a message as late as it answers. So each
message counts from its slot until a second after its answer: with any delay, no second at Telegram exceeds
the limit. In addition, slots are evenly spaced.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

MARGIN = 1.035
"""Safety factor for gaps and spans: on the network messages move closer together."""

SECOND = 1.0
"""The span in which Telegram counts the bot's messages."""

UNANSWERED = 5.0
"""Seconds after which an answer is no longer waited for: a hanging Telegram must not silence the bot."""


@dataclass(frozen=True, slots=True)
class Slot:
    """`seconds` until the slot; `key` identifies it in `SendSlots.left`.

    Without a key all slots are taken: ask again after `seconds`.
    """

    seconds: float
    key: int | None


class SendSlots:
    """The slots of the bot's token. Times are seconds of a monotonic clock."""

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = max(1, int(per_second))
        self._gap = MARGIN / per_second
        self._clock = clock
        self._free_at = 0.0
        self._keys = 0
        self._under_way: dict[int, tuple[float, int]] = {}
        """By key: the time limit for its answer, and the number of messages."""
        self._answered: deque[tuple[float, int]] = deque()

    def take(self, messages: int) -> Slot:
        """The next free slot, for a call that Telegram counts as `messages` messages."""
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
