"""Of the processes on a PostgreSQL database one leads; one that may not lead any more commits nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

import pytest
import time_machine
from sqlalchemy import insert, select, text

from sandbox.driver.wire import PATIENCE
from storage.db import leader as module
from storage.db.database import Database
from storage.db.errors import DatabaseUnavailable, NotLeading
from storage.db.leader import Leader, ServerLeader
from storage.db.tables import webhook_events
from tests.builders import NOON
from tests.postgres import PostgresServer
from tests.sandbox.tools import eventually
from tests.storage.conftest import opened

pytestmark = pytest.mark.requirement("X3")

END = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE query LIKE '%advisory%' AND {}"
OTHERS = "pid <> pg_backend_pid()"


@pytest.fixture
async def candidate(postgres_url: str) -> AsyncIterator[Callable[[], ServerLeader]]:
    """Makes processes that want to lead the same database."""
    made: list[ServerLeader] = []

    def make() -> ServerLeader:
        made.append(ServerLeader(postgres_url))
        return made[-1]

    yield make
    for each in made:
        await each.close()


Candidate = Callable[[], ServerLeader]


async def end_connections(database: Database) -> None:
    async with database.write() as c:
        await c.execute(text(END.format(OTHERS)))


async def write(database: Database, *meanwhile: Awaitable[None]) -> None:
    """Write something, and let this happen before the commit."""
    async with database.write() as c:
        await c.execute(insert(webhook_events).values(uuid="u", event="e", at=NOON))
        for one in meanwhile:
            await one


async def until_taken(leader: ServerLeader) -> None:
    async def is_taken() -> bool:
        return await leader.take()

    await eventually(is_taken)


async def test_of_two_one_leads_and_the_other_takes_over_when_it_ends(candidate: Candidate) -> None:
    first, second = candidate(), candidate()
    assert await first.take()
    assert not await second.take()
    await first.confirm()
    await first.close()
    await until_taken(second)
    await second.confirm()
    with pytest.raises(NotLeading):
        await first.confirm()


async def test_a_leader_whose_connection_is_cut_notices_at_once_and_never_leads_again(
    candidate: Candidate, postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CHECK_SECONDS", 1000.0)
    first, second = candidate(), candidate()
    assert await first.take()
    watching = asyncio.create_task(first.watch())
    await end_connections(postgres)
    with pytest.raises(NotLeading):
        await asyncio.wait_for(watching, PATIENCE)
    assert await second.take()
    assert first.is_lost
    with pytest.raises(NotLeading):
        await first.confirm()


async def test_a_leader_that_slept_longer_than_an_answer_is_proof_asks_before_it_goes_on(
    candidate: Candidate, postgres: Database
) -> None:
    """As after SIGSTOP: the process has not read yet that the server ended its connection."""
    leader = candidate()
    assert await leader.take()
    with time_machine.travel(time.time() + module.FRESH + 1):
        await leader.confirm()
    await end_connections(postgres)
    with time_machine.travel(time.time() + module.FRESH + 60), pytest.raises(NotLeading):
        await leader.confirm()


async def test_the_server_frees_the_lock_of_a_process_that_asks_nothing(
    candidate: Candidate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LEASE", 0.2)
    frozen = candidate()
    assert await frozen.take()
    monkeypatch.undo()
    await until_taken(candidate())


async def test_a_session_without_the_lock_does_not_lead(candidate: Candidate) -> None:
    """As behind a pooler that gives each question another session."""
    leader = candidate()
    assert await leader.take()
    assert leader._connection is not None  # noqa: SLF001 - nobody else has this session
    await leader._connection.execute(text("SELECT pg_advisory_unlock_all()"))  # noqa: SLF001
    with pytest.raises(NotLeading):
        await asyncio.wait_for(leader.watch(), PATIENCE)


async def test_who_is_cancelled_while_asking_costs_nobody_the_lock(candidate: Candidate) -> None:
    leader = candidate()
    assert await leader.take()
    with time_machine.travel(time.time() + module.FRESH + 1):
        asking = [asyncio.create_task(leader.confirm()) for _ in range(3)]
        await asyncio.sleep(0)
        asking[0].cancel()
        asking[1].cancel()
        await asyncio.wait(asking)
        await asking[2]
        await leader.confirm()


async def test_a_new_leader_ends_the_transactions_that_the_one_before_left_open(
    candidate: Candidate, postgres_url: str, postgres: Database
) -> None:
    """What a stopped process had in hand is neither committed later nor holds up the next one."""
    former, next_one = candidate(), candidate()
    assert await former.take()
    async with opened(postgres_url, former) as database:
        with pytest.raises(DatabaseUnavailable):
            await write(database, end_connections(postgres), until_taken(next_one))
        with pytest.raises(NotLeading):
            await database.ping()
    async with postgres.snapshot() as c:
        assert (await c.execute(select(webhook_events))).all() == []
        await postgres.ping()


async def test_nothing_is_committed_by_a_process_that_lost_the_lock_meanwhile(
    candidate: Candidate, postgres_url: str, postgres: Database
) -> None:
    leader = candidate()
    assert await leader.take()
    async with opened(postgres_url, leader) as database:
        with pytest.raises(NotLeading):
            await write(database, leader.close())
    async with postgres.snapshot() as c:
        assert (await c.execute(select(webhook_events))).all() == []


async def test_bots_with_databases_of_their_own_on_one_server_do_not_meet(
    postgres_server: PostgresServer, postgres_url: str, candidate: Candidate
) -> None:
    other_url = postgres_server.new_database()
    first, second = candidate(), ServerLeader(other_url)
    assert await first.take()
    async with opened(postgres_url, first) as database, opened(other_url, second) as other:
        async with database.write() as c:
            await c.execute(insert(webhook_events).values(uuid="u", event="e", at=NOON))
            assert await second.take()
        await other.ping()
        await asyncio.gather(first.confirm(), second.confirm())
    await second.close()
    postgres_server.drop(other_url)


async def test_a_server_that_is_not_there_is_unavailable_and_may_be_asked_again() -> None:
    leader = ServerLeader("postgresql+asyncpg://florist:geheim@/orders?host=/nowhere")
    for _ in range(2):
        with pytest.raises(DatabaseUnavailable, match="nowhere") as refused:
            await leader.take()
        assert "geheim" not in str(refused.value)
    await leader.close()


async def test_the_bot_of_a_file_leads_for_ever() -> None:
    leader = Leader()
    assert await leader.take()
    await leader.confirm()
    with suppress(TimeoutError):
        await asyncio.wait_for(leader.watch(), 0.01)
    assert not leader.is_lost
