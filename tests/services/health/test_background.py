"""Background jobs: one that fails is started again, counted and told, and stops nothing else (X22)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from services.health.background import Background, Patience, repeat
from services.health.metrics import Metrics
from services.health.troubles import TroubleKind, Troubles
from storage.db.errors import DatabaseUnavailable
from tests.services.workplace import Clock, running

pytestmark = pytest.mark.requirement("X22")

IMPATIENT = Patience(longest_pause=0.02, outage_pause=0.01, told_after=0.05, well_after=0.3)
SECONDS = 10


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.health.background.FIRST_PAUSE", 0.01)


@pytest.fixture
def troubles() -> Troubles:
    return Troubles(Clock(datetime(2026, 3, 8, 9, tzinfo=UTC)))


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def background(troubles: Troubles, metrics: Metrics) -> Background:
    return Background(troubles, metrics, IMPATIENT)


class Job:
    """Fails with `error` until it is mended, then works until cancelled."""

    def __init__(self, error: BaseException) -> None:
        self._error: BaseException | None = error
        self.starts = 0
        self.works = asyncio.Event()

    def mend(self) -> None:
        self._error = None

    async def started(self, times: int) -> None:
        while self.starts < times:  # noqa: ASYNC110 - what is tested is how often
            await asyncio.sleep(0.01)

    async def run(self) -> None:
        self.starts += 1
        if self._error is not None:
            raise self._error
        self.works.set()
        await asyncio.Event().wait()


async def until_stands(troubles: Troubles, kind: TroubleKind, *, stands: bool = True) -> None:
    changed = troubles.subscribe()
    async with asyncio.timeout(SECONDS):
        while (kind in troubles.standing()) is not stands:
            changed.clear()
            await changed.wait()


@pytest.mark.parametrize(
    "error",
    [
        KeyError("field"),
        OSError("no room"),
        ExceptionGroup("two at once", [ValueError("a"), DatabaseUnavailable("db", "away")]),
        asyncio.CancelledError(),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_job_that_fails_is_started_again_and_ends_no_other(
    background: Background, metrics: Metrics, error: BaseException
) -> None:
    failing, other = Job(error), Job(error)
    other.mend()
    async with running(
        background.keep_running("shop_closures", failing.run), background.keep_running("alarms", other.run)
    ):
        async with asyncio.timeout(SECONDS):
            await other.works.wait()
            await failing.started(3)
            failing.mend()
            await failing.works.wait()
        assert other.starts == 1
    page = metrics.page(()).decode()
    assert f'florist_job_failures_total{{job="shop_closures"}} {failing.starts - 1}.0' in page


async def test_the_pauses_between_starts_grow_up_to_a_bound(background: Background) -> None:
    job = Job(KeyError("field"))
    with capture_logs() as logged:
        async with running(background.keep_running("alarms", job.run)), asyncio.timeout(SECONDS):
            await job.started(4)
    pauses = [entry["again_in_seconds"] for entry in logged if entry["event"] == "job_failed"]
    assert pauses[:3] == [0.01, 0.02, 0.02]


async def test_directors_hear_of_what_lasts_and_of_its_end(
    background: Background, troubles: Troubles
) -> None:
    door = Job(KeyError("field"))
    async with running(background.keep_running("shop_closures", door.run)):
        await until_stands(troubles, TroubleKind.JOB_SHOP_DOOR)
        door.mend()
        await until_stands(troubles, TroubleKind.JOB_SHOP_DOOR, stands=False)


async def test_a_trouble_of_two_jobs_ends_with_the_last_of_them(
    background: Background, troubles: Troubles
) -> None:
    orders, goods = Job(KeyError("a")), Job(KeyError("b"))
    async with running(
        background.keep_running("sync", orders.run), background.keep_running("goods_syncs", goods.run)
    ):
        await until_stands(troubles, TroubleKind.JOB_MARKETPLACE)
        await asyncio.sleep(IMPATIENT.told_after * 2)
        orders.mend()
        await asyncio.sleep(IMPATIENT.well_after * 1.5)
        assert TroubleKind.JOB_MARKETPLACE in troubles.standing()
        goods.mend()
        await until_stands(troubles, TroubleKind.JOB_MARKETPLACE, stands=False)


async def test_an_outage_of_the_database_is_told_once_by_the_caretaker_and_not_by_each_job(
    background: Background, troubles: Troubles
) -> None:
    job = Job(DatabaseUnavailable("orders.db", "locked"))
    async with running(background.keep_running("alarms", job.run)):
        async with asyncio.timeout(SECONDS):
            await job.started(20)
        assert not troubles.standing()


async def test_one_failure_now_and_then_is_no_trouble(background: Background, troubles: Troubles) -> None:
    job = Job(KeyError("once"))
    async with running(background.keep_running("alarms", job.run)):
        await job.started(1)
        job.mend()
        await asyncio.wait_for(job.works.wait(), SECONDS)
        assert not troubles.standing()


@pytest.mark.parametrize("works", [True, False], ids=["while it works", "while it waits to start again"])
async def test_a_stop_ends_a_job(background: Background, *, works: bool) -> None:
    job = Job(KeyError("field"))
    if works:
        job.mend()
    task = asyncio.create_task(background.keep_running("alarms", job.run))
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.wait({task}, timeout=SECONDS)
    assert task.cancelled()


async def test_a_turn_follows_when_it_said_so_or_when_it_is_woken() -> None:
    turns: asyncio.Queue[float] = asyncio.Queue()
    pauses, woken = iter([0.01, 0.01, 3600, 3600]), asyncio.Event()

    async def turn() -> float:
        turns.put_nowait(pause := next(pauses))
        return pause

    async with asyncio.timeout(SECONDS), running(repeat(turn, woken)):
        for _ in range(3):
            await turns.get()
        woken.set()
        assert await turns.get() == 3600
