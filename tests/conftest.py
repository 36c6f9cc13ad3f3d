from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from bot.config.zone_data import use_newest_zones
from tests.compiled_once import compile_once_per_process
from tests.postgres import PostgresServer, running_server

# How long an example takes says more of the machine's other work than of the code.
settings.register_profile(
    "any machine", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")
compile_once_per_process()
# As at the bot's start, and before any test module makes a zone: the machine's own data may be years old.
use_newest_zones()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for the session, or for each worker of xdist; it starts when a test first asks for it."""
    with running_server() as server:
        yield server
