"""Waits until a photo is stored, by the database: the card does not always show the version."""

from __future__ import annotations

from sandbox.driver.wire import PATIENCE
from tests.sandbox.tools import eventually
from tests.scenarios.stage import Stage


async def has_photos(stage: Stage, number: str, count: int) -> None:
    """Wait until the order has `count` photos."""

    async def are_kept() -> bool:
        return len((await stage.order(number)).progress.photos) == count

    await eventually(are_kept, seconds=PATIENCE, pause=0.1)


async def has_note(stage: Stage, number: str, words: str) -> None:
    """Wait until the order has a note with these words."""

    async def is_kept() -> bool:
        return words in [note.words for note in (await stage.order(number)).remarks]

    await eventually(is_kept, seconds=PATIENCE, pause=0.1)
