"""Steps of clients in their chat, and of the shop to give them their link."""

from __future__ import annotations

import re

from sandbox.driver import SeenMessage
from tests.scenarios.stage import Stage
from tests.scenarios.steps import menu

LINK = re.compile(r"https://t\.me/\w+\?start=(c[\w-]{32})")


async def link_of(stage: Stage, person: str, number: str) -> str:
    """Open the client link as a person of the shop; returns its secret part."""
    await menu(stage, person, number, "Связаться", "в приложении Flowwow")
    given = await menu(stage, person, number, "Ссылка для клиента", "https://t.me/")
    found = LINK.search(given.text)
    assert found is not None, given
    await menu(stage, person, number, "← Назад", "в приложении Flowwow")
    await stage.tap(person, number, "← Назад")
    return found[1]


async def follow(stage: Stage, number: str, given_by: str = "director") -> SeenMessage:
    """Let the client open the link that the shop gave; returns their card."""
    await stage.driver.start("client", await link_of(stage, given_by, number))
    return await client_card(stage, number)


async def client_card(stage: Stage, number: str, containing: str = "") -> SeenMessage:
    """Wait for the card in the client's chat that contains this."""
    return await stage.driver.wait_message(
        "client", lambda message: message.text.startswith(f"Заказ {number} · ") and containing in message.text
    )
