"""Handles the updates of one dialogue one after another (aiogram's event isolation)."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiogram.fsm.storage.base import BaseEventIsolation, StorageKey

from storage.updates.named_locks import NamedLocks


class Isolation(BaseEventIsolation):
    """Lets one handler at a time work on a dialogue."""

    def __init__(self, locks: NamedLocks) -> None:
        self._locks = locks

    @asynccontextmanager
    async def lock(self, key: StorageKey) -> AsyncGenerator[None, None]:
        name = f"dialogue {key.bot_id} {key.chat_id} {key.user_id} {key.thread_id or 0} {key.destiny}"
        async with self._locks.hold(name):
            yield

    async def close(self) -> None:
        """Does nothing: this object does not own the locks."""
