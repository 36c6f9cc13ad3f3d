"""Memory and start-up time of `florist run`, compared with a process that only imports aiogram and polls."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from benchmarks.figures import Figure, report
from benchmarks.processes import HOST, READY_SECONDS, free_port, program
from bot.commands.demo import settings_for
from sandbox.app import make_app
from sandbox.config import demo_config

ROUNDS = 5
"""Starts of each, alternating; the medians count."""
SETTLED = 2.0
"""Seconds after the first poll until memory is measured."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds until the first poll, and MiB of memory soon after."""

    seconds: float
    memory: float


async def measure(rounds: int = ROUNDS) -> list[Figure]:
    """Start both alternately; the first start of each only warms the disk cache."""
    with tempfile.TemporaryDirectory() as name:
        async with _telegram() as telegram:
            folder = Path(name)
            florist, idle = [], []
            for _ in range(rounds + 1):
                idle.append(await _start(telegram, folder, "benchmarks.idle_bot"))
                florist.append(await _start(telegram, folder, "bot", "run"))
    return _figures(florist[1:], idle[1:])


def _figures(florist: list[Start], idle: list[Start]) -> list[Figure]:
    mine, least = (statistics.median(start.memory for start in starts) for starts in (florist, idle))
    quick, quickest = (statistics.median(start.seconds for start in starts) for starts in (florist, idle))
    return [
        Figure("memory (PSS)", f"{mine:.1f} MiB", f"aiogram polls {least:.1f} MiB", mine / least, "1.25"),
        Figure(
            "start-up",
            f"{quick:.2f} s",
            f"aiogram polls {quickest:.2f} s",
            quick / quickest,
            "+ 1.5 s",
            f"+ {quick - quickest:.2f} s",
        ),
    ]


class _Telegram:
    """The sandbox in this process, which notices a bot's first poll."""

    def __init__(self, url: str) -> None:
        self.settings = settings_for(demo_config(url), url, free_port(), accept_minutes=15)
        self.polled = asyncio.Event()

    @web.middleware
    async def watch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.endswith("/getUpdates"):
            self.polled.set()
        return await handler(request)


@asynccontextmanager
async def _telegram() -> AsyncIterator[_Telegram]:
    port = free_port()
    url = f"http://{HOST}:{port}"
    telegram = _Telegram(url)
    app = make_app(demo_config(url))
    app.middlewares.append(telegram.watch)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
        yield telegram
    finally:
        await runner.cleanup()


async def _start(telegram: _Telegram, folder: Path, module: str, *arguments: str) -> Start:
    telegram.polled.clear()
    env: Mapping[str, str] = telegram.settings
    async with program(module, *arguments, folder=folder, env=env) as running:
        await asyncio.wait_for(telegram.polled.wait(), READY_SECONDS)
        seconds = time.monotonic() - running.started
        await asyncio.sleep(SETTLED)
        return Start(seconds, running.memory())


if __name__ == "__main__":
    report(measure())
