"""Of several workers one is chosen for what must not be done by each of them."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from storage.db.advisory_locks import NamedLocks
from storage.db.errors import StorageError

NAME = "chosen worker"
TRY_SECONDS = 1.0
AGAIN_SECONDS = 10.0
"""After which another may be chosen, where the one before has died."""


class Leader:
    """Whether this worker is the one: as long as it holds the lock. Who is alone is chosen at once."""

    def __init__(self, locks: NamedLocks) -> None:
        self._locks = locks
        self._chosen = asyncio.Event()

    @property
    def is_this_one(self) -> bool:
        return self._chosen.is_set()

    async def wait(self) -> None:
        """Until this worker is chosen."""
        await self._chosen.wait()

    async def run(self) -> None:
        """Stand for it until cancelled."""
        while True:
            try:
                await self._hold()
            except (StorageError, TimeoutError):
                await asyncio.sleep(AGAIN_SECONDS)

    async def _hold(self) -> None:
        async with AsyncExitStack() as stack:
            async with asyncio.timeout(TRY_SECONDS):
                await stack.enter_async_context(self._locks.hold(NAME))
            self._chosen.set()
            try:
                await asyncio.Event().wait()
            finally:
                self._chosen.clear()
