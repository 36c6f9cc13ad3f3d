from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

from bot.config.zone_data import use_newest_zones
from storage.db.database import Database
from tests.once_per_process import work_once_per_process
from tests.postgres import PostgresServer, running_server

# No deadline: an example's duration depends on the machine's load. Each run draws other examples, so half of
# the default number finds as much over a few runs.
settings.register_profile(
    "any machine", settings(), max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")
work_once_per_process()
# Like on a terminal, but tracebacks without the values of all variables, which take seconds in a running bot.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]
)
# As at the bot's start, before any test module creates a zone: the machine's own data may be years old.
use_newest_zones()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file, which each test copies."""
    path = tmp_path_factory.mktemp("migrated") / "orders.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated: Path) -> str:
    """A separate, migrated, empty SQLite database for the test."""
    return f"sqlite+aiosqlite:///{shutil.copy(migrated, tmp_path / 'empty.db')}"


async def _migrate(url: str) -> None:
    database = Database(url)
    await database.migrate()
    await database.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server per session or xdist worker, started when a test first uses it."""
    with running_server() as server:
        yield server
