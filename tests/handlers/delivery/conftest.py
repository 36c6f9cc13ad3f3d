"""The bot of the tests of support, at noon of the busiest day: its routes lead through one day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.builders import NOON
from tests.handlers.support.conftest import bot as bot  # noqa: PLC0414 - a fixture is found by its name


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=True):
        yield
