"""Makes the machine of the running bot ill, in ways that work for every user, root too."""

from __future__ import annotations

import asyncio
import io
import random
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
from PIL import Image

from tests.scenarios.process import BotProcess
from tests.scenarios.stage import HOST, Stage


@contextmanager
def in_the_way(path: Path) -> Iterator[None]:
    """A file stands where the folder should be; what was in the folder is back afterwards."""
    aside = path.with_name(path.name + ".aside")
    if path.exists():
        path.rename(aside)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("not the disk that was meant to be here")
    try:
        yield
    finally:
        path.unlink()
        if aside.exists():
            aside.rename(path)


@contextmanager
def full_disk(bot: BotProcess, largest: int) -> Iterator[None]:
    """The running bot can write no byte beyond this size of a file."""
    before = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (largest, before[1]))
    try:
        yield
    finally:
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, before)


def a_large_picture(megabytes: int = 4) -> bytes:
    """A picture file that is at least so large: noise does not shrink."""
    width, height = 1024, megabytes * 360
    noise = random.Random(7).randbytes(width * height * 3)
    buffer = io.BytesIO()
    Image.frombytes("RGB", (width, height), noise).save(buffer, "PNG", compress_level=0)
    return buffer.getvalue()


async def get(stage: Stage, path: str) -> tuple[int, str]:
    """Ask the bot's own web address."""
    url = f"http://{HOST}:{stage.bot.settings['WEB_PORT']}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()


async def health_becomes(stage: Stage, status: int, seconds: float = 40) -> str:
    """Wait until `/healthz` answers so; gives its words."""
    answer = (0, "")
    for _ in range(int(seconds * 4)):
        answer = await get(stage, "/healthz")
        if answer[0] == status:
            return answer[1]
        await asyncio.sleep(0.25)
    raise AssertionError(f"/healthz still answers {answer}")
