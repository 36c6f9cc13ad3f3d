"""Named locks within this process: tasks that use the same name run one after another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class NamedLocks:
    """Hands out locks by name. They are not reentrant and hold within this process only."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        """Wait for the lock of this name and hold it inside the `async with` block."""
        async with self._locks.setdefault(name, asyncio.Lock()):
            yield
