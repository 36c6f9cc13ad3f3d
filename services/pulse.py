"""The signal that something was committed: whoever waits for work looks again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime


def utc_now() -> datetime:
    """The clock of the running program; everything below takes `now` as an argument."""
    return datetime.now(UTC)


class Pulse:
    """Wakes every subscriber once after each commit; beats that come while one is busy are merged."""

    def __init__(self) -> None:
        self._subscribers: list[asyncio.Event] = []

    def subscribe(self) -> asyncio.Event:
        """An event that is set at each beat; the subscriber clears it before it looks for work."""
        event = asyncio.Event()
        self._subscribers.append(event)
        return event

    def beat(self) -> None:
        """Call after a commit, never before."""
        for event in self._subscribers:
            event.set()
