from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ParseMode

from services.bell.group_members import GroupMembers
from storage.db.database import Database
from tests.services.bell.wire import Bell, Recorder, a_bell
from tests.services.workplace import Clock


@pytest.fixture
def wire() -> Recorder:
    return Recorder()


@pytest.fixture
async def bell(database: Database, clock: Clock, wire: Recorder) -> AsyncIterator[Bell]:
    defaults = DefaultBotProperties(parse_mode=ParseMode.HTML, disable_notification=True)
    async with Bot("42:" + "a" * 35, wire, defaults) as bot:
        yield a_bell(database, clock, wire, bot)


@pytest.fixture
def members(bell: Bell, clock: Clock) -> GroupMembers:
    return GroupMembers(bell.bot, bell.database, clock)
