"""`florist run`: the bot, from start to stop."""

from __future__ import annotations

import asyncio
from functools import partial

import structlog

from bot.config.settings import Settings, SettingsProblem
from bot.config.zone_data import ZoneData, use_newest_zones
from bot.runtime.connections import raise_file_limit
from bot.runtime.introduction import introduction
from bot.runtime.listening import intake
from bot.runtime.standby import lead_in_turn
from bot.runtime.web import serve
from bot.runtime.wiring import App, open_house
from bot.updates.update_feed import UpdateFeed
from bot.updates.vitals import Vitals
from messages.i18n.own_texts import OwnTextsWrong, read_own_texts
from messages.i18n.texts import use_own_texts
from storage.db.leader import Leader

log = structlog.get_logger(__name__)


async def run(settings: Settings) -> None:
    """Run until cancelled. Raises SettingsProblem for an unknown token and for invalid own texts."""
    _take_own_texts(settings)
    raise_file_limit()
    zones = use_newest_zones()
    try:
        await lead_in_turn(settings, partial(_lead, settings, zones))
    except BaseExceptionGroup as failures:
        # Not `except*`: up to Python 3.11.3 it wraps what is raised inside in a group again.
        problem = _settings_problem(failures)
        if problem is None:
            raise
        raise problem from None


def _settings_problem(failures: BaseExceptionGroup[BaseException]) -> SettingsProblem | None:
    """The first SettingsProblem in the group, at any depth."""
    for failure in failures.exceptions:
        if isinstance(failure, SettingsProblem):
            return failure
        if isinstance(failure, BaseExceptionGroup) and (found := _settings_problem(failure)):
            return found
    return None


def _take_own_texts(settings: Settings) -> None:
    if settings.texts_path is None:
        return
    try:
        use_own_texts(read_own_texts(settings.texts_path))
    except OwnTextsWrong as wrong:
        raise SettingsProblem([f"TEXTS_PATH: {problem}" for problem in wrong.problems]) from wrong


async def _lead(settings: Settings, zones: ZoneData, leader: Leader) -> None:
    async with open_house(settings, leader) as app:
        log.info("time_zones", using=zones.words)
        await _work(app)


async def _work(app: App) -> None:
    """Run all jobs. Copies and marketplace orders do not wait for Telegram to be reachable."""
    vitals = Vitals()
    feed = UpdateFeed(app.bot, app.dispatcher, app.database, app.leader, app.metrics)
    async with feed.opened(), serve(app, vitals, feed), asyncio.TaskGroup() as group:
        for name, job in app.jobs().items():
            group.create_task(app.background.keep_running(name, job), name=name)
        for name, job in {"introduction": introduction(app), "intake": intake(app, feed, vitals)}.items():
            # An unknown token ends the bot: only other settings help.
            group.create_task(app.background.keep_running(name, job, fatal=SettingsProblem), name=name)
