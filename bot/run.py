"""`florist run`: the bot, from start to stop."""

from __future__ import annotations

import asyncio

import structlog

from bot.connections import raise_file_limit
from bot.introduction import introduction
from bot.listening import intake
from bot.settings import Settings, SettingsProblem
from bot.update_feed import UpdateFeed
from bot.vitals import Vitals
from bot.web import serve
from bot.wiring import House, open_house
from bot.zone_data import use_newest_zones
from messages.own_texts import OwnTextsWrong, read_own_texts
from messages.texts import use_own_texts

log = structlog.get_logger(__name__)


async def run(settings: Settings) -> None:
    """Run until cancelled. Raises SettingsProblem for an unknown token and for wrong own texts."""
    _take_own_texts(settings)
    raise_file_limit()
    zones = use_newest_zones()
    try:
        async with open_house(settings) as house:
            log.info("time_zones", using=zones.words)
            await _work(house)
    except BaseExceptionGroup as failures:
        # Not `except*`: up to Python 3.11.3 what is raised inside comes out wrapped in a group again.
        problem = _settings_problem(failures)
        if problem is None:
            raise
        raise problem from None


def _settings_problem(failures: BaseExceptionGroup[BaseException]) -> SettingsProblem | None:
    """The first problem with the settings among the failures, however deep."""
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


async def _work(house: House) -> None:
    """Copies are written and orders taken in from the first moment, even while Telegram is out of reach."""
    vitals = Vitals()
    feed = UpdateFeed(house.bot, house.dispatcher, house.database, house.locks, house.metrics)
    async with feed.opened(), serve(house, vitals, feed), asyncio.TaskGroup() as group:
        for name, job in house.jobs().items():
            group.create_task(house.background.keep_running(name, job), name=name)
        for name, job in {"introduction": introduction(house), "intake": intake(house, feed, vitals)}.items():
            # An unknown token ends the bot: nothing but other settings helps.
            group.create_task(house.background.keep_running(name, job, fatal=SettingsProblem), name=name)
