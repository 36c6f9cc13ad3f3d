"""A bot without a network, and people who write to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import CallbackQuery, Chat, Message, Update, User
from sqlalchemy import text

from bot.config.settings import load_settings
from bot.runtime.wiring import App, open_house
from orders.model.people import Role
from sandbox.config import demo_config
from storage.db.leader import Leader
from storage.db.tables import dialogues
from storage.team import staff
from tests.handlers.wire import Wire
from tests.pictures import a_bouquet

DIRECTOR, STRANGER = 100, 900
_ids = count(1)
AT = datetime(2026, 3, 8, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shop:
    """A bot without a network."""

    app: App
    wire: Wire

    async def hears(self, person: int, *, data: str | None = None, **what: Any) -> list[str]:  # noqa: ANN401 - any part of a message
        """Send a message, or press a button with this data; returns the texts of the answers."""
        user = User(id=person, is_bot=False, first_name="Ira", language_code="ru")
        chat, number = Chat(id=person, type="private"), next(_ids)
        message = Message(message_id=next(self.wire.ids), date=AT, chat=chat, from_user=user, **what)
        if data is None:
            update = Update(update_id=number, message=message)
        else:
            query = CallbackQuery(id="1", from_user=user, chat_instance="1", message=message, data=data)
            update = Update(update_id=number, callback_query=query)
        await self.app.dispatcher.feed_update(self.app.bot, update)
        return self.wire.said()

    async def stands(self, person: int, state: str | None, data: str | None) -> None:
        """Set the dialogue state that an earlier process left; None clears it and the waiting photos."""
        async with self.app.database.write() as c:
            await c.execute(dialogues.delete())
            await c.execute(text("DELETE FROM waiting_photos"))
            if state is not None:
                key = {"bot_id": self.app.bot.id, "chat_id": person, "user_id": person, "thread_id": 0}
                rest = {"business_connection_id": "", "destiny": "default"}
                await c.execute(dialogues.insert().values(**key, **rest, state=state))
                await c.execute(text("UPDATE dialogues SET data = :data"), {"data": data})

    async def open_states(self) -> list[str | None]:
        async with self.app.database.snapshot() as c:
            return list(await c.scalars(text("SELECT state FROM dialogues WHERE state IS NOT NULL")))


@pytest.fixture
async def shop(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Shop]:
    folder = tmp_path
    config = demo_config("http://127.0.0.1:9")
    env = folder / ".env"
    env.write_text(
        f"BOT_TOKEN={config.bot_token}\nSHOP_NAME=Rose\nDIRECTOR_PHONE=+79160000001\n"
        f"DATABASE_URL={sqlite_url}\nBACKUP_PATH={folder}/copy.db\n"
        f"PHOTOS_PATH={folder}/photos\n",
        encoding="utf-8",
    )
    settings = load_settings(env)
    wire = Wire(a_bouquet())
    async with open_house(settings, Leader()) as app:
        await app.bot.session.close()
        app.bot.session = wire
        async with app.database.write() as c:
            [director] = await staff.of_shop(c, 1, {Role.DIRECTOR})
            await staff.connect(c, director.staff_id, DIRECTOR, "ru", "Ирина")
        yield Shop(app, wire)
