from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiohttp.typedefs import Middleware

from tests.postgres import PostgresServer
from tests.scenarios.process import load_ahead
from tests.scenarios.stage import SHOP_STAFF, Stage, open_stage


def pytest_collection_finish(session: pytest.Session) -> None:
    """Here, and not at the first scenario: that one would wait for it."""
    if not session.config.option.collectonly:
        load_ahead()


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
    async with open_stage(tmp_path, watchers, kept_in) as stage:
        yield stage
        assert "Traceback" not in stage.bot.log, stage.bot.log


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
    await empty_stage.hire(*SHOP_STAFF)
    return empty_stage
