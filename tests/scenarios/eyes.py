"""Reads what people see, and what the database stores."""

from __future__ import annotations

from typing import Any

from orders.steps.events import Event
from sandbox.driver import SeenMessage
from storage.order import events, marketplace_objects
from tests.scenarios.finding import is_board
from tests.scenarios.stage import Stage


async def ever(stage: Stage, person: str, about: str, chat: str = "bot") -> list[SeenMessage]:
    """All messages of the bot that contain this, oldest first, including deleted ones.

    The pinned board is left out, since it names every order of the day.
    """
    messages = await stage.driver.messages(person, chat)
    return [seen for seen in messages if seen.from_bot and about in seen.text and not is_board(seen)]


async def shown(stage: Stage, person: str, about: str, chat: str = "bot") -> list[SeenMessage]:
    """The bot's visible messages that contain this."""
    return [seen for seen in await ever(stage, person, about, chat) if not seen.deleted]


async def headed(stage: Stage, person: str, number: str, chat: str = "bot") -> list[SeenMessage]:
    """The messages with this order in the heading, including deleted ones; not lists of orders."""
    return [
        seen for seen in await ever(stage, person, number, chat) if number in seen.text.partition("\n")[0]
    ]


async def history(stage: Stage, number: str) -> list[Event]:
    """The stored events of an order, oldest first."""
    order = await stage.order(number)
    database = stage.database()
    async with database.snapshot() as c:
        entries = await events.history(c, order.id)
    await database.close()
    return [entry.event for entry in entries]


async def raw_object(stage: Stage, number: str) -> dict[str, Any] | None:
    """The stored marketplace object of an order."""
    order = await stage.order(number)
    database = stage.database()
    async with database.snapshot() as c:
        raw = await marketplace_objects.raw_of(c, order.id)
    await database.close()
    return raw
