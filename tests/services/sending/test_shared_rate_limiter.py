"""Several workers send at one pace, and never two of them to one chat at once."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from random import Random

import pytest

from orders.model.order import Order
from orders.model.rules import ShopRules
from sandbox.driver.wire import PATIENCE
from services.db.commit_signal import CommitSignal, utc_now
from services.order.desk import Desk
from services.sending.rate_limiter import Limits, RateLimiter
from services.sending.sender import Sender
from services.sending.shared_rate_limiter import SharedRateLimiter
from storage.db.advisory_locks import LocalLocks, NamedLocks, SharedLocks
from storage.db.database import Database
from storage.sending import outbox, send_log
from storage.sending.outbox import Channel, Kind, Outgoing, Priority, Row
from storage.sending.send_log import Room
from storage.shop import shops
from storage.shop.shops import Shop
from tests.builders import NOON
from tests.postgres import PostgresServer
from tests.sandbox.tools import eventually
from tests.services.pacing import most_within_a_second
from tests.services.workplace import an_incoming, clear, running
from tests.storage.conftest import opened

FREE = Limits(bot_per_second=1000, chat_per_second=1000, group_per_minute=100_000)
GROUP, PERSON = -100, 100


@pytest.fixture
def url(postgres_server: PostgresServer) -> Iterator[str]:
    url = postgres_server.new_database()
    yield url
    postgres_server.drop(url)


@pytest.fixture
async def workers(url: str) -> AsyncIterator[list[Database]]:
    """Each with connections of its own, as processes have."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(opened(url)) for _ in range(3)]


@pytest.fixture
async def locks(url: str) -> AsyncIterator[list[NamedLocks]]:
    """A worker's own, as many as there are workers."""
    some: list[NamedLocks] = [SharedLocks(url) for _ in range(3)]
    yield some
    for each in some:
        await each.close()


@asynccontextmanager
async def shared_pace(
    database: Database, limits: Limits, locks: NamedLocks | None = None
) -> AsyncIterator[SharedRateLimiter]:
    shared = SharedRateLimiter(database, limits, locks or LocalLocks())
    yield shared
    await shared.settle()


@asynccontextmanager
async def paces(workers: list[Database], limits: Limits) -> AsyncIterator[list[RateLimiter]]:
    async with AsyncExitStack() as stack:
        shared = [await stack.enter_async_context(shared_pace(database, limits)) for database in workers]
        yield [RateLimiter(limits, moments=each) for each in shared]


async def send(pace: RateLimiter, chat_id: int) -> None:
    async with pace.turn(chat_id, Priority.CARD):
        pass


async def closed(database: Database, limits: Limits) -> dict[int, float]:
    async with database.snapshot() as c:
        return await SharedRateLimiter(database, limits, LocalLocks()).closed(c, Channel.TELEGRAM)


async def test_all_workers_together_keep_the_bots_limit(workers: list[Database]) -> None:
    limits = Limits(bot_per_second=50)
    sent: list[float] = []

    async def send(pace: RateLimiter, chat: int) -> None:
        async with pace.turn(chat, Priority.CARD):
            sent.append(time.monotonic())

    begin = time.monotonic()
    async with paces(workers, limits) as some:
        await asyncio.gather(*(send(pace, n) for n, pace in itertools.product(range(1, 21), some)))

    assert len(sent) == 60
    assert most_within_a_second(sent) <= 50
    assert max(sent) - begin >= 59 / 50 * 0.95


async def test_however_late_a_worker_sends_telegram_counts_no_more_than_its_limit(
    workers: list[Database],
) -> None:
    limits, random = Limits(bot_per_second=20), Random(7)
    counted: list[float] = []

    async def send(pace: RateLimiter, chat: int) -> None:
        async with pace.turn(chat, Priority.CARD):
            await asyncio.sleep(random.choice([0, 0, 0.3, 0.6]))
            counted.append(time.monotonic())
            await asyncio.sleep(random.choice([0, 0.1]))

    async with paces(workers, limits) as some:
        await asyncio.gather(*(send(pace, n) for n, pace in itertools.product(range(1, 21), some)))

    assert len(counted) == 60
    assert most_within_a_second(counted) <= 20


async def test_moments_are_evenly_apart_and_an_album_takes_as_many_as_it_has_pictures(
    workers: list[Database],
) -> None:
    room = Room(most=50, gap=5, unanswered=60)
    found: list[datetime] = []
    for database, messages in zip(workers, (1, 3, 1), strict=True):
        async with database.write() as c:
            taken = await send_log.take(c, PERSON, messages, room)
        assert taken is not None
        found.append(taken.at)
    assert [after - before for before, after in itertools.pairwise(found)] == [
        timedelta(seconds=5),
        timedelta(seconds=15),
    ]


async def test_what_a_dead_worker_left_unanswered_is_waited_for_a_few_seconds_only(
    workers: list[Database],
) -> None:
    room = Room(most=1, gap=0.01, unanswered=2)
    async with workers[0].write() as c:
        assert await send_log.take(c, PERSON, 1, room)
    async with workers[1].write() as c:
        assert await send_log.take(c, PERSON, 1, room) is None

    async def there_is_room() -> bool:
        async with workers[1].write() as c:
            return await send_log.take(c, PERSON, 1, room) is not None

    await eventually(there_is_room)


async def test_a_chat_that_had_its_messages_from_several_workers_is_closed_to_all(
    workers: list[Database],
) -> None:
    limits = Limits(bot_per_second=1000, chat_per_second=0.1, group_per_minute=6)
    async with paces(workers, limits) as some:
        for pace in (*some[:2], *some[:2], *some[:2]):
            await send(pace, GROUP)
        for pace in some:
            await send(pace, PERSON)
        await send(some[0], PERSON + 1)

    for database in workers:
        found = await closed(database, limits)
        assert found.keys() == {GROUP, PERSON}
        assert 50 < found[GROUP] <= limits.group.seconds
        assert 0 < found[PERSON] <= limits.person.seconds


async def test_a_chat_that_telegram_closed_is_closed_to_all_workers(workers: list[Database]) -> None:
    async with paces(workers, FREE) as (one, *_):
        await one.hold(PERSON, 40)
        await one.hold(PERSON, 3)
    for database in workers:
        assert 30 < (await closed(database, FREE))[PERSON] <= 40


async def test_what_left_long_ago_is_forgotten(workers: list[Database]) -> None:
    limits = Limits(bot_per_second=1000, chat_per_second=30, group_per_minute=1)
    async with shared_pace(workers[0], limits) as shared:
        for chat in (PERSON, PERSON, PERSON, GROUP):
            shared.left(await shared.take(chat, 1))
        await asyncio.sleep(limits.person.seconds)
        async with workers[1].write() as c:
            await shared.forget(c)
    assert (await closed(workers[1], limits)).keys() == {GROUP}


async def test_without_the_database_each_worker_keeps_a_pace_of_its_own() -> None:
    async with (
        opened("postgresql+asyncpg://postgres@/x?host=/nowhere") as database,
        shared_pace(database, FREE) as shared,
        asyncio.timeout(PATIENCE),
    ):
        shared.left(await shared.take(PERSON, 1))
        await shared.hold(PERSON, 1)


@pytest.fixture
async def order(workers: list[Database]) -> Order:
    async with workers[0].write() as c:
        shop = await shops.put(c, Shop(0, 4711, "Лепесток", "ru", ShopRules()))
    order = (await Desk(workers[0], CommitSignal(), lambda: NOON).receive(shop.id, an_incoming(NOON))).order
    await clear(workers[0])
    return order


class Post:
    """The way out of all workers: counts who is being sent to."""

    def __init__(self) -> None:
        self.under_way: Counter[int] = Counter()
        self.most: Counter[int] = Counter()
        self.by: Counter[int] = Counter()
        self.left: asyncio.Queue[int] = asyncio.Queue()

    def sender(self, number: int, database: Database, locks: NamedLocks) -> Sender:
        shared = SharedRateLimiter(database, FREE, locks)
        pace = RateLimiter(FREE, moments=shared)

        async def deliver(row: Row) -> None:
            self.under_way[row.target] += 1
            self.most[row.target] = max(self.most[row.target], self.under_way[row.target])
            async with pace.turn(row.target, row.priority):
                await asyncio.sleep(0.01)
            self.under_way[row.target] -= 1
            self.by[number] += 1
            self.left.put_nowait(row.target)

        return Sender(database, CommitSignal(), Channel.TELEGRAM, deliver, utc_now, pace, shared=shared)


async def test_no_two_workers_send_to_one_chat_at_once_and_each_has_work(
    workers: list[Database], locks: list[NamedLocks], order: Order
) -> None:
    chats = range(1, 31)
    waiting = [
        Outgoing(Channel.TELEGRAM, kind, order.id, Priority.CARD, NOON, target=chat, subject=subject)
        for chat, subject, kind in itertools.product(chats, range(2), (Kind.CARD, Kind.ALARM))
    ]
    async with workers[0].write() as c:
        await outbox.put(c, waiting)
    post = Post()

    async with running(*(post.sender(n, workers[n], locks[n]).run() for n in range(len(workers)))):
        left = Counter([await asyncio.wait_for(post.left.get(), PATIENCE) for _ in waiting])

    assert left == dict.fromkeys(chats, 4)
    assert set(post.most.values()) == {1}
    assert len(post.by) == len(workers)


async def test_what_a_dead_worker_was_sending_is_taken_over_at_once(
    workers: list[Database], locks: list[NamedLocks], order: Order
) -> None:
    async with workers[0].write() as c:
        await outbox.put(
            c,
            [
                Outgoing(Channel.TELEGRAM, Kind.CARD, order.id, Priority.CARD, NOON, target=chat)
                for chat in (1, 2)
            ],
        )
        [of_the_dead] = await outbox.claim(c, Channel.TELEGRAM, "dead", utc_now(), 1)
        [of_the_living] = await outbox.claim(c, Channel.TELEGRAM, "living", utc_now(), 1)
    post = Post()

    async with locks[1].hold("living"), running(post.sender(0, workers[0], locks[0]).run()):
        assert await asyncio.wait_for(post.left.get(), PATIENCE) == of_the_dead.target

        async def only_the_living_sends() -> bool:
            async with workers[1].snapshot() as c:
                return await outbox.in_hand(c, Channel.TELEGRAM) == {of_the_living.target}

        await eventually(only_the_living_sends)
