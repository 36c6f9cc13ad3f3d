"""The bot of the support tests, with one person per role, and orders for tomorrow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from orders.model.details import Window
from orders.model.order import Order
from orders.model.people import Role
from orders.steps import commands as do
from tests.handlers.support.conftest import Bot
from tests.handlers.support.conftest import bot as bot  # noqa: PLC0414 - a fixture

MOSCOW = ZoneInfo("Europe/Moscow")
ACCEPT = (do.Accept(), Role.MANAGER)
Put = Callable[..., Awaitable[Order]]


def tomorrow() -> date:
    return datetime.now(UTC).astimezone(MOSCOW).date() + timedelta(days=1)


@pytest.fixture
def put(bot: Bot) -> Put:
    """Creates an order whose delivery starts tomorrow at a given hour."""

    async def put_(hour: int, *steps: tuple[do.Command, Role], **details: object) -> Order:
        start = datetime.combine(tomorrow(), datetime.min.time(), MOSCOW) + timedelta(hours=hour)
        window = Window(start, start + timedelta(hours=1))
        return await bot.order(*steps, window=window, **details)

    return put_
