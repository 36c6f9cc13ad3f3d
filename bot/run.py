"""`florist run`: the bot, from start to stop."""

from __future__ import annotations

import asyncio

from bot.connections import raise_file_limit
from bot.introduction import introduce
from bot.listening import listen
from bot.settings import Settings, SettingsProblem
from bot.update_feed import UpdateFeed
from bot.vitals import Vitals
from bot.web import serve
from bot.wiring import House, open_house
from messages.own_texts import OwnTextsWrong, read_own_texts
from messages.texts import use_own_texts


async def run(settings: Settings) -> None:
    """Run until cancelled. Raises SettingsProblem for an unknown token and for wrong own texts."""
    _take_own_texts(settings)
    raise_file_limit()
    try:
        async with open_house(settings) as house:
            await _work(house)
    except* SettingsProblem as problems:
        raise problems.exceptions[0] from None


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
        for sender in house.senders:
            group.create_task(sender.run())
        for worker in (house.alarms, *house.watchers):
            group.create_task(worker.run())
        group.create_task(introduce(house.bot, house.settings.web_port))
        await listen(house, feed, vitals)
