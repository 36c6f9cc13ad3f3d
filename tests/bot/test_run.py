"""How `florist run` ends: wrong settings are said in a line, whatever the groups they come wrapped in."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest

from bot import run as run_module
from bot.settings import Settings, SettingsProblem, load_settings
from bot.wiring import House, open_house
from services.background import Background, Job
from tests.routers import take_routers_off
from tests.scenarios.stage import free_port

pytestmark = pytest.mark.requirement("X22")


def settings_in(folder: Path) -> Settings:
    """A shop with a marketplace, all that it keeps in this folder."""
    env = folder / ".env"
    env.write_text(
        "BOT_TOKEN=42:abcdefghijklmnopqrstuvwxyzABCDEFGHI\nSHOP_NAME=Rose\nDIRECTOR_PHONE=+79160000001\n"
        "FLOWWOW_TOKEN=t\nFLOWWOW_SHOP_ID=7\nFLOWWOW_WEBHOOK_SECRET=long_random_text-43\n"
        f"WEB_HOST=127.0.0.1\nWEB_PORT={free_port()}\nDATABASE_URL=sqlite+aiosqlite:///{folder}/orders.db\n"
        f"BACKUP_PATH={folder}/copy.db\nPHOTOS_PATH={folder}/photos\n"
    )
    return load_settings(env)


@asynccontextmanager
async def a_house(folder: Path) -> AsyncIterator[House]:
    async with open_house(settings_in(folder)) as house:
        try:
            yield house
        finally:
            take_routers_off()


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
    async with a_house(tmp_path) as house:
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


async def test_no_job_that_fails_ends_the_bot_and_a_stop_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.background.FIRST_PAUSE", 0.02)
    failed: Counter[str] = Counter()
    all_failed = asyncio.Event()

    class Broken(House):
        def jobs(self) -> dict[str, Job]:
            names = super().jobs().keys()

            async def fail(name: str) -> None:
                failed[name] += 1
                if len(failed) == len(names) and min(failed.values()) > 1:
                    all_failed.set()
                raise KeyError(name)

            return {name: partial(fail, name) for name in names}

    @asynccontextmanager
    async def broken_house(_settings: object) -> AsyncIterator[House]:
        async with a_house(tmp_path) as house:
            yield Broken(**{field.name: getattr(house, field.name) for field in fields(House)})

    async def go_on(*_args: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(run_module, "open_house", broken_house)
    monkeypatch.setattr(run_module, "introduce", go_on)
    monkeypatch.setattr(run_module, "listen", go_on)
    bot = asyncio.create_task(run_module.run(settings_in(tmp_path)))
    has_failed = asyncio.create_task(all_failed.wait())
    await asyncio.wait({bot, has_failed}, timeout=30, return_when=asyncio.FIRST_COMPLETED)
    assert has_failed.done()
    assert not bot.done()
    bot.cancel()
    await asyncio.wait({bot}, timeout=30)
    assert bot.cancelled()
