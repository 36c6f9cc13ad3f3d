"""Locks by name: of two tasks that want to do the same thing at once, one waits for the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class NamedLocks:
    """Hands out locks; whoever holds one must not want it again. One process works, so they are its own."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        """Wait for the lock of this name, and hold it while inside."""
        async with self._locks.setdefault(name, asyncio.Lock()):
            yield
