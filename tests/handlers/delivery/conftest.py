"""The running bot of the support wing serves the delivery wing too."""

from tests.handlers.support.conftest import bot as bot  # noqa: PLC0414 - a fixture
