"""Of several workers one does what must be done once."""

from __future__ import annotations

import asyncio

import pytest

from sandbox.driver.wire import PATIENCE
from services.db import leader as module
from services.db.commit_signal import utc_now
from services.db.leader import Leader
from services.health.troubles import TroubleKind, Troubles
from services.sending import trouble_notifications
from services.sending.trouble_notifications import TroubleNews
from storage.db.advisory_locks import LocalLocks
from storage.db.database import Database
from tests.sandbox.tools import eventually
from tests.services.workplace import Telegram, running

BACKUP = TroubleKind.BACKUP


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TRY_SECONDS", 0.05)
    monkeypatch.setattr(module, "AGAIN_SECONDS", 0.05)
    monkeypatch.setattr(trouble_notifications, "LOOK_SECONDS", 0.05)


async def test_when_the_chosen_one_is_gone_another_is_chosen() -> None:
    locks = LocalLocks()
    first, second = Leader(locks), Leader(locks)
    async with running(second.run()):
        async with running(first.run()):
            await eventually_one(first, second)
        await asyncio.wait_for(second.wait(), PATIENCE)
    assert not first.is_this_one
    assert not second.is_this_one


async def eventually_one(*workers: Leader) -> None:
    async def is_one() -> bool:
        return [worker.is_this_one for worker in workers].count(True) == 1

    await eventually(is_one)


async def test_of_several_workers_one_tells_the_directors(telegram: Telegram, database: Database) -> None:
    """Both meet the trouble, both see the end of it; the directors hear of each once."""
    locks, registers = LocalLocks(), [Troubles(utc_now), Troubles(utc_now)]
    workers = [Leader(locks), Leader(locks)]
    news = [
        TroubleNews(telegram.bot, database, register, worker)
        for register, worker in zip(registers, workers, strict=True)
    ]

    async def heard() -> list[bool]:
        return [message.silent for message in await telegram.shown("director")]

    async with running(*(worker.run() for worker in workers), *(each.run() for each in news)):
        for register in registers:
            register.report(BACKUP, "full")
        await telegram.people.wait_message("director", containing="Копия")
        for register in registers:
            register.over(BACKUP)

        async def is_over() -> bool:
            return True in await heard()

        await eventually(is_over)
        await asyncio.sleep(3 * trouble_notifications.LOOK_SECONDS)
    assert await heard() == [False, True]
