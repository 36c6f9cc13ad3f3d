"""Senders of several workers on one PostgreSQL: what one leaves behind, another sends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from services.db.commit_signal import CommitSignal, utc_now
from services.sending import sender as sender_module
from services.sending.sender import Sender
from storage.db.database import Database
from storage.sending import outbox
from storage.sending.outbox import Channel, Kind, Outgoing, Priority, Row
from tests.builders import NOON, an_order
from tests.storage.conftest import Keep

PATIENCE = 30


@pytest.fixture
def database(postgres: Database) -> Database:
    """SQLite is one process' own: there is nobody to leave anything behind."""
    return postgres


@pytest.fixture
async def card(keep: Keep) -> Outgoing:
    order = await keep(an_order())
    return Outgoing(Channel.TELEGRAM, Kind.CARD, order.id, Priority.CARD, NOON)


@asynccontextmanager
async def working(database: Database, left: asyncio.Queue[Row]) -> AsyncIterator[None]:
    async def deliver(row: Row) -> None:
        left.put_nowait(row)

    sender = Sender(database, CommitSignal(), Channel.TELEGRAM, deliver, utc_now)
    task = asyncio.create_task(sender.run())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_what_a_dead_worker_was_sending_is_sent_by_another(
    database: Database, card: Outgoing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_module, "HEARTBEAT", 0.05)
    left: asyncio.Queue[Row] = asyncio.Queue()
    async with database.write() as c:
        await outbox.put(c, [card, replace(card, target=7)])
        [lost] = await outbox.claim(c, Channel.TELEGRAM, "dead", utc_now(), 1)
    async with working(database, left):
        assert (await asyncio.wait_for(left.get(), PATIENCE)).target == 7
        assert left.empty()
        monkeypatch.setattr(sender_module, "LEASE", timedelta(0))
        assert (await asyncio.wait_for(left.get(), PATIENCE)).id == lost.id


async def test_what_another_worker_commits_is_sent_though_nobody_here_was_woken(
    database: Database, card: Outgoing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_module, "HEARTBEAT", 0.05)
    left: asyncio.Queue[Row] = asyncio.Queue()
    async with working(database, left):
        await asyncio.sleep(0.1)
        async with database.write() as c:
            await outbox.put(c, [card])
        assert (await asyncio.wait_for(left.get(), PATIENCE)).order_id == card.order_id


async def test_a_slow_worker_that_lives_keeps_its_rows(
    database: Database, card: Outgoing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_module, "HEARTBEAT", 0.05)
    monkeypatch.setattr(sender_module, "LEASE", timedelta(seconds=2))
    tries: asyncio.Queue[Row] = asyncio.Queue()
    may_end = asyncio.Event()

    async def slowly(row: Row) -> None:
        tries.put_nowait(row)
        await may_end.wait()

    async with database.write() as c:
        await outbox.put(c, [card])
    slow = Sender(database, CommitSignal(), Channel.TELEGRAM, slowly, utc_now)
    task = asyncio.create_task(slow.run())
    await asyncio.wait_for(tries.get(), PATIENCE)
    async with working(database, tries):
        await asyncio.sleep(2.5)  # longer than the lease, which is long enough for a busy machine
        assert tries.empty()
    may_end.set()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
