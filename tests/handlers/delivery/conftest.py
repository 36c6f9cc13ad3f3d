"""Uses the bot fixture of the support tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.builders import NOON
from tests.handlers.support.conftest import bot as bot  # noqa: PLC0414 - a fixture is found by its name


@pytest.fixture
def noon() -> Iterator[None]:
    """Start the clock at noon of the busiest day, so that a route stays within one day."""
    with time_machine.travel(NOON, tick=True):
        yield
