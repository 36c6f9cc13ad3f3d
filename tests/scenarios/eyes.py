"""What people have before their eyes, and what is kept behind it."""

from __future__ import annotations

from typing import Any

from orders.steps.events import Event
from sandbox.driver import SeenMessage
from storage.order import events, marketplace_objects
from tests.scenarios.finding import is_board
from tests.scenarios.stage import Stage


async def ever(stage: Stage, person: str, about: str, chat: str = "bot") -> list[SeenMessage]:
    """All messages of the bot that speak of this, oldest first, those that were taken away too.

    The pinned board names every order of the day, and is left out.
    """
    messages = await stage.driver.messages(person, chat)
    return [seen for seen in messages if seen.from_bot and about in seen.text and not is_board(seen)]


async def shown(stage: Stage, person: str, about: str, chat: str = "bot") -> list[SeenMessage]:
    """The messages of the bot that speak of this and are there now."""
    return [seen for seen in await ever(stage, person, about, chat) if not seen.deleted]


async def headed(stage: Stage, person: str, number: str, chat: str = "bot") -> list[SeenMessage]:
    """The messages of this one order, those that were taken away too; not lists of several orders."""
    return [
        seen for seen in await ever(stage, person, number, chat) if number in seen.text.partition("\n")[0]
    ]


async def history(stage: Stage, number: str) -> list[Event]:
    """All that is kept of what happened to an order, oldest first."""
    order = await stage.order(number)
    database = stage.database()
    async with database.snapshot() as c:
        entries = await events.history(c, order.id)
    await database.close()
    return [entry.event for entry in entries]


async def raw_object(stage: Stage, number: str) -> dict[str, Any] | None:
    """The marketplace's own object of an order, as it is kept."""
    order = await stage.order(number)
    database = stage.database()
    async with database.snapshot() as c:
        raw = await marketplace_objects.raw_of(c, order.id)
    await database.close()
    return raw
