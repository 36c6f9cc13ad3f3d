"""Order steps per second, from tap to answer after the commit, compared with a bare bot in the same run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.crowd import Pressed, Story, check_all_done, press_all, story
from benchmarks.figures import Figure, milliseconds, quantile, report
from benchmarks.processes import program
from benchmarks.shop import Staffed, Town, colleagues, copies_are_written, florist, shop_of, town

ORDERS = 300
"""Each order takes four taps."""
PEOPLE = colleagues(manager=2, seller=2, courier=2)


async def measure(how_many: int = ORDERS) -> list[Figure]:
    """Measure the bare bot, then the real one, with the same sandbox."""
    with tempfile.TemporaryDirectory() as name:
        async with town(PEOPLE, Path(name)) as place, shop_of(place, PEOPLE) as shop:
            stories = [story((await shop.receive()).id, shop) for _ in range(how_many)]
            bare = await _of_bare_bot(place, stories)
            real = await _of_florist(place, shop, stories)
    beside = (
        f"p99 of a tap {milliseconds(quantile(real.waits, 0.99))} "
        f"(bare {milliseconds(quantile(bare.waits, 0.99))}); the bot's own processor time "
        f"{milliseconds(real.cpu_of_a_tap)} a tap (bare {milliseconds(bare.cpu_of_a_tap)})"
    )
    return [
        Figure(
            "order actions",
            f"{real.rate:.0f} /s",
            f"bare bot {bare.rate:.0f} /s",
            real.rate / bare.rate,
            "0.3, aim 0.5",
            beside,
        )
    ]


async def _of_bare_bot(place: Town, stories: list[Story]) -> Pressed:
    env = {"BOT_API_URL": place.url, "BOT_TOKEN": place.config.bot_token, "DATABASE": "bare.db"}
    async with program("benchmarks.bare_bot", folder=place.folder, env=env) as bot:
        return await press_all(place, stories, [bot])


async def _of_florist(place: Town, shop: Staffed, stories: list[Story]) -> Pressed:
    async with florist(place) as bot:
        await copies_are_written(shop.database)
        pressed = await press_all(place, stories, [bot])
    await check_all_done(shop.database, len(stories))
    return pressed


if __name__ == "__main__":
    report(measure())
