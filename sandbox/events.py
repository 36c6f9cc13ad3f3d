"""The log of all events, with increasing ids; the page and the driver follow it."""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Any

KEPT_EVENTS = 5000


@dataclass(frozen=True)
class Event:
    """One event; `data` is JSON."""

    id: int
    kind: str
    data: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return the event as the control interface shows it."""
        return {"id": self.id, "type": self.kind, **self.data}


class EventLog:
    """Keeps the latest events and wakes tasks that wait for new ones."""

    def __init__(self) -> None:
        self._events: deque[Event] = deque(maxlen=KEPT_EVENTS)
        self._last_id = 0
        self.closed = False
        self._news = asyncio.Event()

    @property
    def last_id(self) -> int:
        """Id of the newest event, 0 before the first."""
        return self._last_id

    def add(self, kind: str, data: dict[str, Any]) -> Event:
        """Record an event and wake the listeners."""
        self._last_id += 1
        event = Event(self._last_id, kind, data)
        self._events.append(event)
        self._news.set()
        self._news = asyncio.Event()
        return event

    def close(self) -> None:
        """Wake all waiting tasks; no more events will follow."""
        self.closed = True
        self._news.set()

    def since(self, event_id: int) -> list[Event]:
        """Return the kept events newer than this id, oldest first."""
        fresh: list[Event] = []
        for event in reversed(self._events):
            if event.id <= event_id:
                break
            fresh.append(event)
        return fresh[::-1]

    async def wait(self, event_id: int, timeout: float) -> list[Event]:  # noqa: ASYNC109 - the caller's long poll
        """Return the events newer than this id; wait up to `timeout` seconds for the first."""
        fresh = self.since(event_id)
        if fresh:
            return fresh
        try:
            async with asyncio.timeout(timeout):
                await self._news.wait()
        except TimeoutError:
            return []
        return self.since(event_id)
