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
    """Preload early, so that the first scenario does not wait for it."""
    if not session.config.option.collectonly:
        load_ahead()


@pytest.fixture
def watchers() -> list[Middleware]:
    """Middlewares for all requests to the sandbox; scenarios override this to count requests."""
    return []


@pytest.fixture
def kept_in(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """The settings of the bot's database: SQLite, or as parametrised by `tests.scenarios.stage.ON_BOTH`."""
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
    """A running sandbox; the bot is not started and the shop has no staff."""
    async with open_stage(tmp_path, watchers, kept_in) as stage:
        yield stage
        assert "Traceback" not in stage.bot.log, stage.bot.log


@pytest.fixture
async def stage(empty_stage: Stage, migrated: Path, kept_in: dict[str, str]) -> Stage:
    """The running bot with the whole staff connected: director, manager, two florists, two couriers.

    Its database is prepared; scenarios with `empty_stage` test that the bot creates one.
    """
    if not kept_in:
        folder = empty_stage.bot.folder / "data"
        folder.mkdir()
        shutil.copy(migrated, folder / "orders.db")
    await empty_stage.start_bot()
    await empty_stage.hire(*SHOP_STAFF)
    return empty_stage
