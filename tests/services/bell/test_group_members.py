"""Who sits in the shop's group is asked of Telegram; what it cannot say now keeps nothing else."""

from __future__ import annotations

import pytest
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiogram.methods import GetMe
from sqlalchemy import text

from services.bell.group_members import GroupMembers
from storage.db.database import Database
from tests.services.bell.wire import Recorder
from tests.services.workplace import DIRECTOR_CHAT, GROUP, MANAGER_CHAT


async def members_in_group(database: Database) -> int:
    query = text("SELECT count(*) FROM group_members WHERE chat_id = :group AND is_member")
    async with database.snapshot() as c:
        found: int = (await c.execute(query, {"group": GROUP})).scalar_one()
    return found


@pytest.mark.requirement("X14", "X22")
@pytest.mark.parametrize(
    "failure",
    [
        TelegramMigrateToChat(GetMe(), "moved", -100_777),
        TelegramRetryAfter(GetMe(), "Too Many Requests", 1),
        TelegramNetworkError(GetMe(), "no way"),
    ],
    ids=lambda failure: type(failure).__name__,
)
async def test_where_telegram_cannot_say_who_sits_in_a_group_the_others_are_asked_all_the_same(
    members: GroupMembers, wire: Recorder, database: Database, failure: TelegramAPIError
) -> None:
    wire.in_group = {DIRECTOR_CHAT, MANAGER_CHAT}
    wire.failures[GROUP] = [failure]

    is_known = await members.look()

    assert not is_known
    assert await members_in_group(database) == 1

    is_known = await members.look()

    assert is_known
    assert await members_in_group(database) == 2, "whoever it could not say of is asked again"
