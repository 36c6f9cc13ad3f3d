"""A bot without a network, with one person per role who press, write and read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage
from aiogram.types import CallbackQuery, Chat, InlineKeyboardMarkup, Message, PhotoSize, Update, User

from bot.config.settings import load_settings
from bot.runtime.wiring import App, open_house
from orders.model.order import Order
from orders.model.people import Actor, Role
from orders.steps import commands as do
from sandbox.config import demo_config
from services.order.desk import Desk, Incoming
from storage.db.leader import Leader
from storage.team import staff
from tests.builders import some_details
from tests.handlers.wire import Wire

AT = datetime(2026, 3, 8, 9, tzinfo=UTC)
PEOPLE = {Role.DIRECTOR: 100, Role.MANAGER: 101, Role.SELLER: 102, Role.COURIER: 103}
STRANGER = 900
_ids = count(1)


@dataclass(frozen=True, slots=True)
class Seen:
    """A sent or edited message, and the toast with it."""

    text: str = ""
    toast: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    """Label and callback data."""

    @property
    def labels(self) -> list[str]:
        return [label for label, _ in self.buttons]

    def data(self, label: str) -> str:
        """The callback data of the button with this label."""
        return next(data for one, data in self.buttons if one == label)


@dataclass(frozen=True, slots=True)
class Bot:
    """The bot and its people, who are named by role or chat id."""

    app: App
    wire: Wire
    desk: Desk
    actors: dict[Role, Actor]

    async def press(
        self,
        who: Role | int,
        data: str,
        chat_type: str = "private",
        answers: Message | None = None,
        photo: list[PhotoSize] | None = None,
    ) -> Seen:
        """Press a button with this data below a message that replies to `answers` and shows `photo`."""
        user, message = self._from(who, "?", chat_type)
        message = message.model_copy(update={"reply_to_message": answers, "photo": photo})
        query = CallbackQuery(id="1", from_user=user, chat_instance="1", message=message, data=data)
        return await self._feed(Update(update_id=next(_ids), callback_query=query))

    async def say(self, who: Role | int, text: str, chat_type: str = "private") -> Seen:
        _, message = self._from(who, text, chat_type)
        return await self._feed(Update(update_id=next(_ids), message=message))

    async def send(self, who: Role | int, **what: object) -> Seen:
        """Send a message with a photo or a file."""
        _, message = self._from(who, "", "private")
        message = message.model_copy(update={"text": None, **what})
        return await self._feed(Update(update_id=next(_ids), message=message))

    async def order(self, *steps: tuple[do.Command, Role], **details: object) -> Order:
        """Receive a new order now, and take it through the steps."""
        number = str(30_000_000 + next(_ids))
        now = datetime.now(UTC)
        got = await self.desk.receive(1, Incoming(number, now, some_details(**details), {}))
        order = got.order
        for command, role in steps:
            order = await self.desk.do(order.id, command, self.actors[role])
        return order

    def _from(self, who: Role | int, text: str, chat_type: str) -> tuple[User, Message]:
        person = PEOPLE[who] if isinstance(who, Role) else who
        user = User(id=person, is_bot=False, first_name="Ira", language_code="ru")
        chat = Chat(id=person if chat_type == "private" else -500, type=chat_type)
        return user, Message(message_id=next(_ids), date=AT, chat=chat, from_user=user, text=text)

    async def _feed(self, update: Update) -> Seen:
        self.wire.calls = []
        await self.app.dispatcher.feed_update(self.app.bot, update)
        seen = Seen()
        for call in self.wire.calls:
            if isinstance(call, AnswerCallbackQuery):
                seen = replace(seen, toast=call.text or "")
            elif isinstance(call, SendMessage | EditMessageText):
                seen = replace(seen, text=call.text or "", buttons=_buttons(call))
        return seen


def _buttons(call: SendMessage | EditMessageText) -> tuple[tuple[str, str], ...]:
    markup = call.reply_markup
    if not isinstance(markup, InlineKeyboardMarkup):
        return ()
    return tuple((one.text, one.callback_data or "") for row in markup.inline_keyboard for one in row)


@pytest.fixture
async def bot(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Bot]:
    config = demo_config("http://127.0.0.1:9")
    env = tmp_path / ".env"
    env.write_text(
        f"BOT_TOKEN={config.bot_token}\nSHOP_NAME=Rose\nDIRECTOR_PHONE=+79160000001\n"
        f"DATABASE_URL={sqlite_url}\nBACKUP_PATH={tmp_path}/copy.db\n"
        f"PHOTOS_PATH={tmp_path}/photos\nCALL_DELAY_SECONDS=0\nEARLY_MINUTES=0\n",
        encoding="utf-8",
    )
    wire = Wire(b"")
    async with open_house(load_settings(env), Leader()) as app:
        await app.bot.session.close()
        app.bot.session = wire
        actors = await _hire(app)
        desk: Desk = app.services.desk
        yield Bot(app, wire, desk, actors)
        for router in app.dispatcher.sub_routers:  # the routers exist once per process
            router._parent_router = None  # noqa: SLF001 - aiogram has no other way to take them off


async def _hire(app: App) -> dict[Role, Actor]:
    actors = {}
    async with app.database.write() as c:
        [director] = await staff.of_shop(c, 1, {Role.DIRECTOR})
        members = {Role.DIRECTOR: director}
        for index, (role, name) in enumerate(
            ((Role.MANAGER, "Анна"), (Role.SELLER, "Оля"), (Role.COURIER, "Пётр"))
        ):
            members[role] = await staff.add(c, 1, f"+7916000009{index}", name, role)
        for role, member in members.items():
            name = member.name or "Ирина"
            await staff.connect(c, member.staff_id, PEOPLE[role], "ru", name)
            actors[role] = Actor(role, member.staff_id, name, shop_id=1)
    return actors
