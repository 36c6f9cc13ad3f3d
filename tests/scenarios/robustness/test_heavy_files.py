"""Files that want all the memory, several at once: the bot stays small and answers everybody (X22)."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from sandbox.driver import SeenMessage
from tests.scenarios.stage import Stage
from tests.services.files.test_file_kinds import HEAVY
from tests.services.photo.test_image_checks import a_png_bomb
from tests.sheets import a_sheet_of

MOST = 300 * 1024 * 1024
"""Bytes above what the idle bot takes, with the processes it starts."""
PATIENCE = 5.0
"""Seconds for a tap meanwhile; a second on a machine that does nothing else."""


def family(pid: int) -> list[int]:
    """The process and those it started."""
    found = [pid]
    for child in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(child.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found += family(int(child.parent.name))
    return found


def memory(pid: int) -> int:
    """Bytes that the bot and its processes hold for themselves."""
    total = 0
    for one in family(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


@asynccontextmanager
async def watched(pid: int) -> AsyncIterator[list[int]]:
    """The memory again and again, until the end."""
    seen: list[int] = []

    async def look() -> None:
        while True:
            seen.append(memory(pid))
            await asyncio.sleep(0.03)

    looking = asyncio.create_task(look())
    try:
        yield seen
    finally:
        looking.cancel()


def a_large_jpeg(place: int) -> bytes:
    """50 megapixels as a phone writes them, some megabytes."""
    buffer = io.BytesIO()
    noise = Image.effect_noise((2_040, 1_530), 40 + place).resize((8_160, 6_120))
    noise.convert("RGB").save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


async def answered(stage: Stage, message_ids: list[int]) -> None:
    for message_id in message_ids:
        await stage.driver.wait_message("director", partial(_answers, message_id), timeout=300)


def _answers(message_id: int, message: SeenMessage) -> bool:
    return message.reply_to_message_id == message_id


def photos(count: int) -> list[tuple[bytes, str]]:
    return [(a_large_jpeg(place), "photo.jpg") for place in range(count)]


def bombs(count: int) -> list[tuple[bytes, str]]:
    return [(a_png_bomb(9_000 + place, colours=2), "photo.png") for place in range(count)]


def workbooks(count: int) -> list[tuple[bytes, str]]:
    kinds = list(HEAVY.values())
    return [(a_sheet_of(kinds[place % len(kinds)]), "report.xlsx") for place in range(count)]


LONG = pytest.mark.endurance


@pytest.mark.requirement("X22")
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is read from /proc")
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: [*photos(2), *bombs(2), *workbooks(1)], id="some of each"),
        pytest.param(lambda: photos(10), id="photos", marks=LONG),
        pytest.param(lambda: bombs(10), id="bombs", marks=LONG),
        pytest.param(lambda: workbooks(10), id="workbooks", marks=LONG),
    ],
)
async def test_heavy_files_at_once_take_little_memory_and_hold_up_nobody(
    stage: Stage, content: Callable[[], list[tuple[bytes, str]]]
) -> None:
    number = await stage.assigned()
    files = content()
    pid, slowest = stage.bot.pid, 0.0
    idle = memory(pid)
    async with watched(pid) as seen:
        sent = await asyncio.gather(
            *(stage.driver.document("director", data, name=name) for data, name in files)
        )
        finished = asyncio.create_task(answered(stage, [message.message_id for message in sent]))
        while not finished.done():
            began = time.monotonic()
            await stage.tap("florist", number, "Загрузить фото")
            slowest = max(slowest, time.monotonic() - began)
            await asyncio.sleep(0.3)
        await finished
    assert max(seen) - idle <= MOST
    assert slowest < PATIENCE
