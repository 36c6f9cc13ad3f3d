"""A dialogue that cannot be read is closed: what is said next is answered as if none had been open."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import CallbackQuery, Chat, Contact, Document, Message, PhotoSize, Update, User
from sqlalchemy import text

from bot.settings import load_settings
from bot.wiring import House, open_house
from handlers.client_reception import Talking
from handlers.counter import Counting
from handlers.dialogue import Waiting
from handlers.open_dialogues import READERS
from messages.callbacks import Answer
from messages.team_callbacks import TeamDo, TeamTap
from messages.texts import Translator
from orders.people import Role
from sandbox.config import demo_config
from storage import staff
from storage.tables import dialogues
from tests.handlers.wire import Wire
from tests.pictures import a_bouquet
from tests.routers import take_routers_off

pytestmark = pytest.mark.requirement("X3", "X22")

STATES = [str(state.state) for group in (Waiting, Counting, Talking) for state in group]
UNKNOWN = "Waiting:of-another-version"
DATA = {
    "none": None,
    "empty": "{}",
    "of another version": '{"order": "7", "shop": [], "draft": null, "product": "x", "field": 3, "at": "-"}',
    "broken": '{"order":',
    "no object": '["order"]',
}
DIRECTOR, STRANGER = 100, 900
_ids = count(1)
AT = datetime(2026, 3, 8, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shop:
    """A running bot without a network."""

    house: House
    wire: Wire

    async def hears(self, person: int, *, data: str | None = None, **what: Any) -> list[str]:  # noqa: ANN401 - any part of a message
        """What is answered to a message, or to a press of the button with this data."""
        user = User(id=person, is_bot=False, first_name="Ira", language_code="ru")
        chat, number = Chat(id=person, type="private"), next(_ids)
        message = Message(message_id=number, date=AT, chat=chat, from_user=user, **what)
        if data is None:
            update = Update(update_id=number, message=message)
        else:
            query = CallbackQuery(id="1", from_user=user, chat_instance="1", message=message, data=data)
            update = Update(update_id=number, callback_query=query)
        await self.house.dispatcher.feed_update(self.house.bot, update)
        return self.wire.said()

    async def stands(self, person: int, state: str | None, data: str | None) -> None:
        """The row that an earlier life left; no state: nothing is open, and no photo waits."""
        async with self.house.database.write() as c:
            await c.execute(dialogues.delete())
            await c.execute(text("DELETE FROM waiting_photos"))
            if state is not None:
                key = {"bot_id": self.house.bot.id, "chat_id": person, "user_id": person, "thread_id": 0}
                rest = {"business_connection_id": "", "destiny": "default"}
                await c.execute(dialogues.insert().values(**key, **rest, state=state))
                await c.execute(text("UPDATE dialogues SET data = :data"), {"data": data})

    async def open_states(self) -> list[str | None]:
        async with self.house.database.read() as c:
            return list(await c.scalars(text("SELECT state FROM dialogues")))


@pytest.fixture
async def shop(tmp_path: Path, migrated: Path) -> AsyncIterator[Shop]:
    folder = tmp_path
    shutil.copy(migrated, folder / "orders.db")
    config = demo_config("http://127.0.0.1:9")
    env = folder / ".env"
    env.write_text(
        f"BOT_TOKEN={config.bot_token}\nSHOP_NAME=Rose\nDIRECTOR_PHONE=+79160000001\n"
        f"DATABASE_URL=sqlite+aiosqlite:///{folder}/orders.db\nBACKUP_PATH={folder}/copy.db\n"
        f"PHOTOS_PATH={folder}/photos\n",
        encoding="utf-8",
    )
    settings = load_settings(env)
    wire = Wire(a_bouquet())
    async with open_house(settings) as house:
        await house.bot.session.close()
        house.bot.session = wire
        async with house.database.write() as c:
            [director] = await staff.of_shop(c, 1, {Role.DIRECTOR})
            await staff.connect(c, director.staff_id, DIRECTOR, "ru", "Ирина")
        yield Shop(house, wire)
        take_routers_off()


SAID: dict[str, dict[str, Any]] = {
    "text": {"text": "пион 15, эвкалипт 3"},
    "number": {"text": "12"},
    "order number": {"text": "25836184"},
    "help": {"text": "/help"},
    "photo": {"photo": [PhotoSize(file_id="p", file_unique_id="p", width=1200, height=900)]},
    "contact": {"contact": Contact(phone_number="+79160000099", first_name="Оля", user_id=5)},
    "document": {"document": Document(file_id="d", file_unique_id="d", mime_type="application/pdf")},
    "image file": {"document": Document(file_id="d", file_unique_id="d", mime_type="image/jpeg")},
    "sticker": {},
    "ready answer": {"data": Answer(index=0).pack(), "text": "?"},
    "role": {"data": TeamTap(do=TeamDo.ROLE, arg="seller", shop=1).pack(), "text": "?"},
}


@pytest.mark.parametrize("person", [DIRECTOR, STRANGER], ids=["director", "stranger"])
@pytest.mark.parametrize("said", SAID)
async def test_what_is_said_in_a_dialogue_that_cannot_be_read_is_answered_as_if_none_were_open(
    shop: Shop, said: str, person: int
) -> None:
    await shop.stands(person, None, None)
    expected = await shop.hears(person, **SAID[said])
    assert expected
    apologies = {Translator("ru").plain("trouble"), Translator("ru").plain("toast-trouble")}
    turn = list(SAID).index(said)  # each state meets all data, but not with all that can be said
    for state, name in zip((*STATES, UNKNOWN), islice(cycle(DATA), turn, None), strict=False):
        await shop.stands(person, state, DATA[name])
        answer = await shop.hears(person, **SAID[said])
        assert not apologies & set(answer), (state, name)
        assert answer == expected, (state, name)
        assert state not in await shop.open_states(), (state, name)


async def test_a_picture_in_a_dialogue_that_cannot_be_read_is_kept(shop: Shop) -> None:
    await shop.stands(DIRECTOR, str(Waiting.draft.state), None)
    await shop.hears(DIRECTOR, **SAID["photo"])
    async with shop.house.database.read() as c:
        assert await c.scalar(text("SELECT count(*) FROM waiting_photos")) == 1


def test_each_state_says_how_its_data_are_read() -> None:
    assert {state.state for state in READERS} == set(STATES)
