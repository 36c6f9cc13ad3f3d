from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres import PostgresServer, running_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for the session, or for each worker of xdist; it starts when a test first asks for it."""
    with running_server() as server:
        yield server
