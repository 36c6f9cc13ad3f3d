from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.demo import settings_for
from sandbox.app import make_app
from sandbox.driver import SandboxDriver
from tests.postgres import PostgresServer
from tests.scenarios.process import BotProcess
from tests.scenarios.stage import HOST, Stage, free_port, world
from tests.storage.conftest import migrated

__all__ = ["migrated"]

QUICK = {
    "LOG_LEVEL": "info",
    "SEND_CHAT_PER_SECOND": "1000",
    "SEND_GROUP_PER_MINUTE": "100000",
    "CALL_DELAY_SECONDS": "0",
    "EARLY_MINUTES": "1440",
    "COUNT_DAYS": "0",  # the time of day of a run adds no messages
}
"""The sandbox does not limit how fast messages leave, no step waits for an undo, and orders may come early.

Scenarios about the pace set Telegram's limits, those about the undo its wait.
"""


@pytest.fixture
def watchers() -> list[Middleware]:
    """What looks at every request to the sandbox; a scenario that counts them has its own."""
    return []


@pytest.fixture
def kept_in(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """The settings of the bot's database: its own file, or as `tests.scenarios.stage.ON_BOTH` says."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield {}
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.new_database()
    yield {"DATABASE_URL": url}
    server.drop(url)


@pytest.fixture
async def empty_stage(
    tmp_path: Path, watchers: list[Middleware], kept_in: dict[str, str]
) -> AsyncIterator[Stage]:
    """The sandbox is up; the bot is not started and nobody works here yet."""
    bot_port = free_port()
    config = world(bot_port)
    app = make_app(config)
    app.middlewares.extend(watchers)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, HOST, port).start()
    page = f"http://{HOST}:{port}"
    settings = settings_for(config, page, bot_port, accept_minutes=15) | QUICK | kept_in
    path = {name: os.environ[name] for name in ("PATH", "TZ", "LANG") if name in os.environ}
    bot = BotProcess(tmp_path, path | settings)
    try:
        async with SandboxDriver(page) as driver:
            yield Stage(driver, bot, config, page, runner)
            assert "Traceback" not in bot.log, bot.log
    finally:
        try:
            await bot.stop()
        finally:
            await runner.cleanup()


@pytest.fixture
async def stage(empty_stage: Stage, migrated: Path, kept_in: dict[str, str]) -> Stage:
    """The bot runs, and the whole shop is connected: director, manager, two florists, two couriers.

    Its database is new; that the bot makes one by itself is seen where a scenario begins with `empty_stage`.
    """
    if not kept_in:
        folder = empty_stage.bot.folder / "data"
        folder.mkdir()
        shutil.copy(migrated, folder / "orders.db")
    await empty_stage.start_bot()
    await empty_stage.hire("director", "manager", "florist", "florist2", "courier", "courier2")
    return empty_stage
