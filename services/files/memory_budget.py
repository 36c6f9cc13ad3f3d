"""A shared memory budget; requests wait while it is used up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Room:
    """A budget of bytes; first come, first served."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._free = size
        self._first = asyncio.Lock()
        self._changed = asyncio.Event()

    @asynccontextmanager
    async def taken(self, size: int) -> AsyncIterator[None]:
        """Reserve `size` bytes, or the whole budget if `size` is larger."""
        wanted = min(size, self._size)
        async with self._first:
            while self._free < wanted:
                self._changed.clear()
                await self._changed.wait()
            self._free -= wanted
        try:
            yield
        finally:
            self._free += wanted
            self._changed.set()
