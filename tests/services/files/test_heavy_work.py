"""Files are read in a process of its own: whatever one does there, the next one is read."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator

import pytest

from services.files.heavy_work import HeavyWork, NoHandsError, TooHeavyError
from tests.services import heavy_tasks as tasks


@pytest.fixture
def work() -> Iterator[HeavyWork]:
    work = HeavyWork()
    yield work
    work.close()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_large_file_goes_there_and_its_result_comes_back(work: HeavyWork) -> None:
    assert await work.run(tasks.length, bytes(20_000_000)) == 20_000_000
    assert await work.run(tasks.shout, b"") == 1
    assert await work.run(tasks.length, b"") == 0


@pytest.mark.requirement("X22")
@pytest.mark.parametrize(
    ("task", "error"),
    [
        (tasks.eat, TooHeavyError),
        (tasks.crash, TooHeavyError),
        (tasks.starve, NoHandsError),
        (tasks.disk_full, NoHandsError),
        (tasks.refuse, ValueError),
    ],
)
async def test_what_goes_wrong_there_is_told_apart_and_the_next_file_is_read(
    work: HeavyWork, task: Callable[[bytes], object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        await work.run(task, b"why")
    assert await work.run(tasks.length, b"next") == 4


@pytest.mark.requirement("X22")
async def test_a_file_that_takes_too_long_is_given_up() -> None:
    work = HeavyWork(seconds=0.5)
    with pytest.raises(TooHeavyError):
        await work.run(tasks.hang, b"")
    work.close()


async def test_where_no_process_can_be_started_it_is_not_the_file(
    work: HeavyWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(NoHandsError):
        await work.run(tasks.length, b"")


async def test_one_file_is_read_at_a_time_and_an_answer_is_never_taken_for_anothers(work: HeavyWork) -> None:
    pids = await asyncio.gather(*(work.run(tasks.process, b"") for _ in range(5)))
    assert len(set(pids)) == 1
    waiting = asyncio.create_task(work.run(tasks.hang, b""))
    await asyncio.sleep(0.2)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await work.run(tasks.length, b"mine") == 4


async def test_a_process_without_work_ends() -> None:
    work = HeavyWork(idle=0.1)
    pid = await work.run(tasks.process, b"")
    assert is_running(pid)
    async with asyncio.timeout(20):
        while is_running(pid):  # noqa: ASYNC110 - another process tells nobody
            await asyncio.sleep(0.05)
    assert await work.run(tasks.process, b"") != pid
    work.close()


async def test_the_process_knows_no_secret_of_the_bot(
    work: HeavyWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:secret")
    assert "BOT_TOKEN" not in await work.run(tasks.environment, b"")
