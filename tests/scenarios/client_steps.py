"""What clients do and see in their own chat, and how the shop gives them the way in."""

from __future__ import annotations

import re

from sandbox.driver import SeenMessage
from tests.scenarios.stage import Stage
from tests.scenarios.steps import menu

LINK = re.compile(r"https://t\.me/\w+\?start=(c[\w-]{32})")


async def link_of(stage: Stage, person: str, number: str) -> str:
    """The secret part of the link that the person is given for the order's client."""
    await menu(stage, person, number, "Связаться", "в приложении Flowwow")
    given = await menu(stage, person, number, "Ссылка для клиента", "https://t.me/")
    found = LINK.search(given.text)
    assert found is not None, given
    await menu(stage, person, number, "← Назад", "в приложении Flowwow")
    await stage.tap(person, number, "← Назад")
    return found[1]


async def follow(stage: Stage, number: str, by: str = "client", given_by: str = "director") -> SeenMessage:
    """The client opens the link that the shop gave, and sees how far the order is."""
    await stage.driver.start(by, await link_of(stage, given_by, number))
    return await client_card(stage, number, by=by)


async def client_card(stage: Stage, number: str, containing: str = "", by: str = "client") -> SeenMessage:
    """The card in the client's chat, once it says this."""
    return await stage.driver.wait_message(
        by, lambda message: message.text.startswith(f"Заказ {number} · ") and containing in message.text
    )
