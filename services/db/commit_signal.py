"""The signal that something was committed: whoever waits for work looks again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime


def utc_now() -> datetime:
    """The clock of the running program; everything below takes `now` as an argument."""
    return datetime.now(UTC)


class CommitSignal:
    """Wakes its subscribers once after each commit; beats that come while one is busy are merged."""

    def __init__(self) -> None:
        self._of_orders: list[asyncio.Event] = []
        self._of_shops: list[asyncio.Event] = []

    def subscribe(self) -> asyncio.Event:
        """An event that is set at each beat; the subscriber clears it before it looks for work."""
        return _added_to(self._of_orders)

    def subscribe_to_shops(self) -> asyncio.Event:
        """The same for those whose work no step of an order brings: most commits are such steps."""
        return _added_to(self._of_shops)

    def notify(self) -> None:
        """Call after a commit, never before."""
        self.order_changed()
        for event in self._of_shops:
            event.set()

    def order_changed(self) -> None:
        """Call in its place after a commit that changed orders and what follows from them, nothing else."""
        for event in self._of_orders:
            event.set()


def _added_to(subscribers: list[asyncio.Event]) -> asyncio.Event:
    event = asyncio.Event()
    subscribers.append(event)
    return event
