"""Simulates faults of the bot's machine, in ways that affect root too."""

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
    """Replace a folder by a file, and restore it on exit."""
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
    """Limit the size of files that the running bot can write, in bytes."""
    before = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (largest, before[1]))
    try:
        yield
    finally:
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, before)


def a_large_picture(megabytes: int = 4) -> bytes:
    """A picture of at least this size: noise cannot be compressed."""
    width, height = 1024, megabytes * 360
    noise = random.Random(7).randbytes(width * height * 3)
    buffer = io.BytesIO()
    Image.frombytes("RGB", (width, height), noise).save(buffer, "PNG", compress_level=0)
    return buffer.getvalue()


async def get(stage: Stage, path: str) -> tuple[int, str]:
    """GET a path of the bot's web server; returns status and text."""
    url = f"http://{HOST}:{stage.bot.settings['WEB_PORT']}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()


async def health_becomes(stage: Stage, status: int, seconds: float = 40) -> str:
    """Wait until `/healthz` has this status; returns its body. Raises AssertionError on timeout."""
    answer = (0, "")
    for _ in range(int(seconds * 4)):
        answer = await get(stage, "/healthz")
        if answer[0] == status:
            return answer[1]
        await asyncio.sleep(0.25)
    raise AssertionError(f"/healthz still answers {answer}")
