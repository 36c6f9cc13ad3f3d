"""Locks by name: one process' own, and those of several workers on one PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from sqlalchemy import text

from storage.db import advisory_locks as module
from storage.db.advisory_locks import LocalLocks, NamedLocks, SharedLocks
from storage.db.database import Database
from storage.db.errors import DatabaseUnavailable
from tests.sandbox.tools import eventually

ROUNDS = 15
BUSY = 30
"""Seconds that a server on a busy machine may take for what nobody holds up."""
CUT_OFF = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE query LIKE '%advisory_%lock(%'"


@asynccontextmanager
async def shared(url: str) -> AsyncIterator[SharedLocks]:
    locks = SharedLocks(url)
    try:
        yield locks
    finally:
        await locks.close()


@pytest.fixture
async def workers(postgres_url: str) -> AsyncIterator[list[SharedLocks]]:
    """Each with a connection of its own, as processes have."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(shared(postgres_url)) for _ in range(3)]


async def most_at_once(holders: list[NamedLocks], names: list[str]) -> int:
    """How many were ever inside together, when all want these names again and again."""
    inside, most = 0, 0

    async def work(locks: NamedLocks, name: str) -> None:
        nonlocal inside, most
        async with locks.hold(name):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.002)
            inside -= 1

    wishes = (work(locks, name) for _ in range(ROUNDS) for locks in holders for name in names)
    await asyncio.gather(*wishes)
    return most


async def test_in_one_process_one_waits_for_the_other() -> None:
    assert await most_at_once([LocalLocks()], ["Анна"]) == 1


async def test_over_several_workers_one_waits_for_the_other(workers: list[SharedLocks]) -> None:
    assert await most_at_once([*workers], ["Анна"]) == 1


async def test_who_wants_another_name_waits_for_nobody(workers: list[SharedLocks]) -> None:
    one, other, _ = workers
    async with asyncio.timeout(BUSY), one.hold("Анна"), one.hold("Вера"), other.hold("Оля"):
        pass


async def test_a_lock_is_free_again_after_a_failure(workers: list[SharedLocks]) -> None:
    with pytest.raises(ZeroDivisionError):
        async with workers[0].hold("Анна"):
            raise ZeroDivisionError
    async with asyncio.timeout(BUSY), workers[1].hold("Анна"):
        pass


async def test_who_gives_up_waiting_leaves_no_lock_behind(workers: list[SharedLocks]) -> None:
    async def want(locks: SharedLocks) -> None:
        async with locks.hold("Анна"):
            await asyncio.sleep(60)

    wishes = [asyncio.create_task(want(locks)) for locks in workers for _ in range(5)]
    await asyncio.sleep(0.1)
    for wish in wishes:
        wish.cancel()
    await asyncio.gather(*wishes, return_exceptions=True)
    for locks in workers:
        async with asyncio.timeout(BUSY), locks.hold("Анна"):
            pass


async def test_what_a_dead_worker_held_is_free(postgres: Database, postgres_url: str) -> None:
    async with shared(postgres_url) as dying, shared(postgres_url) as living:
        async with dying.hold("Анна"):
            async with postgres.write() as c:
                await c.execute(text(f"{CUT_OFF} AND pid <> pg_backend_pid()"))
            async with asyncio.timeout(BUSY), living.hold("Анна"):
                pass
        async with asyncio.timeout(BUSY), dying.hold("Анна"):  # over a new connection
            pass


async def test_who_lets_go_while_a_new_connection_takes_the_locks_again_disturbs_nobody(
    workers: list[SharedLocks], postgres: Database
) -> None:
    one, other, _ = workers
    names, enough = [f"order {number}" for number in range(100)], asyncio.Event()

    async def hold(name: str) -> None:
        async with one.hold(name):
            await enough.wait()

    async def taken() -> int:
        async with postgres.snapshot() as c:
            return int(await c.scalar(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")))

    holding = [asyncio.create_task(hold(name)) for name in names]

    async def all_taken() -> bool:
        return await taken() == len(names)

    async def some_taken() -> bool:
        return await taken() > 0

    await eventually(all_taken, seconds=BUSY)
    async with postgres.write() as c:
        await c.execute(text(f"{CUT_OFF} AND pid <> pg_backend_pid()"))
    with pytest.raises(DatabaseUnavailable):
        async with one.hold("Анна"):
            pass
    assert await taken() == 0
    wanted = asyncio.create_task(hold("Анна"))
    await eventually(some_taken, seconds=BUSY, pause=0)
    enough.set()
    async with asyncio.timeout(BUSY):
        await asyncio.gather(wanted, *holding)

    assert await taken() == 0
    async with asyncio.timeout(BUSY), other.hold(names[0]):
        pass


async def test_who_waits_too_long_is_told_so(
    workers: list[SharedLocks], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.1)
    async with workers[0].hold("Анна"):
        with pytest.raises(DatabaseUnavailable, match="does not let go"):
            async with workers[1].hold("Анна"):
                pass


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    async with shared("postgresql+asyncpg://postgres@/x?host=/nowhere") as locks:
        with pytest.raises(DatabaseUnavailable):
            async with locks.hold("Анна"):
                pass


async def test_a_lock_that_somebody_holds_is_not_waited_for_when_only_a_free_one_is_wanted(
    workers: list[SharedLocks],
) -> None:
    local = LocalLocks()
    for one, other in ((local, local), (workers[0], workers[0]), (workers[0], workers[1])):
        async with one.hold_if_free("poll") as first, other.hold_if_free("poll") as second:
            assert (first, second) == (True, False)
            async with other.hold_if_free("something else") as third:
                assert third
        async with other.hold("poll"), one.hold_if_free("poll") as fourth:
            assert not fourth
        async with other.hold_if_free("poll") as fifth:
            assert fifth
