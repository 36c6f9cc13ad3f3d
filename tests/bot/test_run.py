"""How `florist run` ends: wrong settings are said in a line, whatever the groups they come wrapped in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import run as run_module
from bot.settings import SettingsProblem, load_settings
from bot.wiring import House, open_house
from services.background import Background

pytestmark = pytest.mark.requirement("X22")


async def ended_by(error: BaseException, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env = folder / ".env"
    env.write_text(
        "BOT_TOKEN=42:abcdefghijklmnopqrstuvwxyzABCDEFGHI\nSHOP_NAME=Rose\nDIRECTOR_PHONE=+79160000001\n"
    )

    @asynccontextmanager
    async def no_house(_settings: object) -> AsyncIterator[None]:
        yield

    async def work(_house: object) -> None:
        raise error

    monkeypatch.setattr(run_module, "open_house", no_house)
    monkeypatch.setattr(run_module, "_work", work)
    await run_module.run(load_settings(env))


@pytest.mark.parametrize("depth", [1, 2, 3])
async def test_a_problem_of_the_settings_comes_out_of_its_groups(
    depth: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error: Exception = SettingsProblem(["BOT_TOKEN: wrong"])
    for _ in range(depth):
        error = ExceptionGroup("tasks", [ValueError("beside"), error])
    with pytest.raises(SettingsProblem, match="BOT_TOKEN"):
        await ended_by(error, tmp_path, monkeypatch)


async def test_anything_else_comes_out_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ExceptionGroup, match="tasks"):
        await ended_by(ExceptionGroup("tasks", [ValueError("a fault")]), tmp_path, monkeypatch)


async def test_everything_that_works_in_the_background_is_kept_running(tmp_path: Path) -> None:
    """By the names that log, metrics and texts know; a job that is not in the list does not run at all."""
    env = tmp_path / ".env"
    env.write_text(
        "BOT_TOKEN=42:abcdefghijklmnopqrstuvwxyzABCDEFGHI\nSHOP_NAME=Rose\nDIRECTOR_PHONE=+79160000001\n"
        f"FLOWWOW_TOKEN=t\nFLOWWOW_SHOP_ID=7\nFLOWWOW_WEBHOOK_SECRET=long_random_text-43\nDATABASE_URL=sqlite+aiosqlite:///{tmp_path}/orders.db\n"
        f"BACKUP_PATH={tmp_path}/copy.db\nPHOTOS_PATH={tmp_path}/photos\n"
    )
    async with open_house(load_settings(env)) as house:
        assert isinstance(house, House)
        assert isinstance(house.background, Background)
        assert set(house.jobs()) >= {
            "alarms",
            "belongings",
            "caretaker",
            "chosen",
            "clock_watch",
            "goods_syncs",
            "news_sender",
            "nightly",
            "sender_copy",
            "sender_marketplace",
            "sender_telegram",
            "shop_door",
            "sync",
            "trouble_news",
        }
        for router in house.dispatcher.sub_routers:  # they are made once in a process
            router._parent_router = None  # noqa: SLF001 - aiogram has no other way to take them off
