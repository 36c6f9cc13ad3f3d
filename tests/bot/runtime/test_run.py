"""How `florist run` ends: wrong settings are said in a line, whatever the groups they come wrapped in."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields
from pathlib import Path

import pytest

from bot.config.settings import Settings, SettingsProblem, load_settings
from bot.runtime import run as run_module
from bot.runtime.wiring import App, open_house
from bot.updates.polling import UNKNOWN_TOKEN
from services.health.background import KINDS, Background, Job
from services.health.metrics import Metrics
from storage.db.leader import Leader
from tests.scenarios.stage import free_port

pytestmark = pytest.mark.requirement("X22")


JOBS = {
    "access_check",
    "alarms",
    "belongings",
    "boards",
    "clock_watch",
    "command_menus",
    "count_reminders",
    "day_packs",
    "evening_reports",
    "fallback",
    "filling_in",
    "first_days",
    "goods_syncs",
    "group_members",
    "health_checks",
    "intake",
    "introduction",
    "late_files",
    "load_advisor",
    "mornings",
    "nightly",
    "sender_copy",
    "sender_marketplace",
    "sender_telegram",
    "shop_closures",
    "shop_letters",
    "shopping_lists",
    "sync",
    "trouble_news",
}


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
async def a_house(folder: Path) -> AsyncIterator[App]:
    async with open_house(settings_in(folder), Leader()) as app:
        yield app


async def ended_by(error: BaseException, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env = folder / ".env"
    env.write_text(
        "BOT_TOKEN=42:abcdefghijklmnopqrstuvwxyzABCDEFGHI\nSHOP_NAME=Rose\nDIRECTOR_PHONE=+79160000001\n"
    )

    @asynccontextmanager
    async def no_house(*_args: object) -> AsyncIterator[None]:
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
    async with a_house(tmp_path) as app:
        assert isinstance(app, App)
        assert isinstance(app.background, Background)
        assert {*app.jobs(), "intake", "introduction"} == JOBS
        assert set(KINDS) <= JOBS


async def fail() -> None:
    raise KeyError


class Broken(App):
    """Each of its jobs fails at once."""

    def jobs(self) -> dict[str, Job]:
        return dict.fromkeys(super().jobs(), fail)


@asynccontextmanager
async def running_bot(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, intake: Job, introduction: Job
) -> AsyncIterator[asyncio.Task[None]]:
    """`florist run` whose background jobs all fail, with these two in place of what talks to Telegram."""

    @asynccontextmanager
    async def broken_house(*_args: object) -> AsyncIterator[App]:
        async with a_house(folder) as app:
            yield Broken(**{field.name: getattr(app, field.name) for field in fields(App)})

    monkeypatch.setattr("services.health.background.FIRST_PAUSE", 0.02)
    monkeypatch.setattr(run_module, "open_house", broken_house)
    monkeypatch.setattr(run_module, "intake", lambda *_args: intake)
    monkeypatch.setattr(run_module, "introduction", lambda *_args: introduction)
    bot = asyncio.create_task(run_module.run(settings_in(folder)))
    try:
        yield bot
    finally:
        bot.cancel()
        await asyncio.wait({bot}, timeout=30)


async def test_no_job_that_fails_ends_the_bot_and_a_stop_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures: Counter[str] = Counter()
    all_failed = asyncio.Event()

    def counted(metrics: Metrics, name: str) -> None:
        failures[name] += 1
        if len(failures) == len(JOBS) and min(failures.values()) > 1:
            all_failed.set()

    monkeypatch.setattr(Metrics, "job_failed", counted)
    async with running_bot(tmp_path, monkeypatch, intake=fail, introduction=fail) as bot:
        has_failed = asyncio.create_task(all_failed.wait())
        await asyncio.wait({bot, has_failed}, timeout=30, return_when=asyncio.FIRST_COMPLETED)
        assert has_failed.done()
        assert not bot.done()
    assert bot.cancelled()


@pytest.mark.parametrize("job", ["intake", "introduction"])
async def test_an_unknown_token_ends_the_bot(
    job: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse() -> None:
        raise SettingsProblem([UNKNOWN_TOKEN])

    jobs: dict[str, Job] = {"intake": fail, "introduction": fail, job: refuse}
    async with running_bot(tmp_path, monkeypatch, **jobs) as bot:
        with pytest.raises(SettingsProblem, match="BOT_TOKEN"):
            await asyncio.wait_for(bot, 30)


@pytest.mark.requirement("R63")
async def test_the_start_closes_to_others_what_an_earlier_version_left_open(tmp_path: Path) -> None:
    photo = tmp_path / "photos" / "2026" / "03" / "25836184" / "1-ab.jpg"
    photo.parent.mkdir(parents=True)
    database = tmp_path / "orders.db"
    for file in (photo, database):
        file.touch()
        file.chmod(0o666)
    photo.parent.chmod(0o777)
    async with a_house(tmp_path):
        modes = [path.stat().st_mode & 0o777 for path in (photo, photo.parent, database)]
    assert modes == [0o600, 0o700, 0o600]
