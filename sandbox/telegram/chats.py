"""Chats and messages, as the Telegram server stores them."""

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any

from sandbox.config import Person

Json = dict[str, Any]


class BotStatus(StrEnum):
    """The bot's membership in a chat, in the Bot API's terms."""

    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


KEPT_MARKUPS = 20


@dataclass
class Message:
    """One message. `content` has the Bot API's fields: text, entities, photo, contact, ...

    `receiver`: the only member who sees an ephemeral message; its `message_id` is then its negated
    `ephemeral_id`. `place` is the number of earlier messages in the chat.
    """

    chat: "Chat"
    message_id: int
    sender: Json
    date: int
    content: Json
    markup: Json | None = None
    reply_to: "Message | None" = None
    silent: bool = False
    receiver: Person | None = None
    place: int = 0
    edit_date: int | None = None
    deleted: bool = False
    reactions: list[str] = field(default_factory=list)
    """The bot's reactions."""
    earlier_markups: deque[Json] = field(default_factory=lambda: deque(maxlen=KEPT_MARKUPS))
    last_event_id: int = 0

    @property
    def ephemeral_id(self) -> int:
        """The id of an ephemeral message, 0 for others."""
        return -self.message_id if self.receiver else 0

    def is_seen_by(self, person: Person) -> bool:
        """Whether a member of the chat sees it."""
        return self.receiver in {None, person}

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return bool(self.sender["is_bot"])

    @property
    def inline_keyboard(self) -> list[list[Json]]:
        """The rows of buttons under the message, or an empty list."""
        rows: list[list[Json]] = (self.markup or {}).get("inline_keyboard", [])
        return rows


@dataclass
class Chat:
    """A private chat of the bot with a person, or a group; `key` is that of the person or group.

    `by_change` has the same messages, ordered by their last change.
    """

    id: int
    type: str
    key: str
    title: str
    members: list[Person]
    bot_status: BotStatus = BotStatus.MEMBER
    started: bool = True
    bot_is_admin: bool = False
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    by_change: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    keyboards: dict[str, Json] = field(default_factory=dict)
    menu_button: Json | None = None
    cleared_to: int = 0
    """The id of the last message that the person has cleared from their history."""

    @property
    def is_private(self) -> bool:
        """Whether this is a chat with one person, not a group."""
        return self.type == "private"

    def changed(self, message: Message) -> None:
        """Move a new, changed or deleted message to the end of `by_change`."""
        self.by_change.pop(message.message_id, None)
        self.by_change[message.message_id] = message

    def latest(self, count: int | None) -> list[Message]:
        """Return the `count` messages that came or changed last, or all, oldest first."""
        found = self.messages.values() if count is None else islice(reversed(self.by_change.values()), count)
        return sorted(found, key=lambda message: message.place)

    def live(self, message_id: int) -> Message | None:
        """Find a message that is not deleted."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message


def user_json(person: Person) -> Json:
    """Return a person as the Bot API's User."""
    user: Json = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    if person.last_name:
        user["last_name"] = person.last_name
    if person.username:
        user["username"] = person.username
    return {**user, "language_code": person.language_code}


def chat_json(chat: Chat) -> Json:
    """Return a chat as the Bot API's Chat."""
    if not chat.is_private:
        return {"id": chat.id, "type": chat.type, "title": chat.title}
    user = user_json(chat.members[0])
    names: Json = {name: user[name] for name in ("first_name", "last_name", "username") if name in user}
    return {"id": chat.id, "type": "private", **names}


def message_json(message: Message, *, with_reply: bool = True) -> Json:
    """Return a message as the Bot API's Message; the message it replies to has no `reply_to_message`."""
    message_id = 0 if message.receiver else message.message_id
    if message.deleted:
        return {"chat": chat_json(message.chat), "message_id": message_id, "date": 0}
    body: Json = {
        "message_id": message_id,
        "from": message.sender,
        "chat": chat_json(message.chat),
        "date": message.date,
    }
    if message.receiver:
        body |= {"receiver_user": user_json(message.receiver), "ephemeral_message_id": message.ephemeral_id}
    if message.edit_date:
        body["edit_date"] = message.edit_date
    if with_reply and message.reply_to and not message.reply_to.deleted:
        body["reply_to_message"] = message_json(message.reply_to, with_reply=False)
    body |= message.content
    if message.inline_keyboard:
        body["reply_markup"] = message.markup
    return body
