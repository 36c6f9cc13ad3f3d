"""The Telegram server's state: chats, files, updates; posts, changes and deletes messages."""

import asyncio
import itertools
import secrets
import time
from dataclasses import dataclass, field

from sandbox.config import Group, Person, SandboxConfig
from sandbox.events import EventLog
from sandbox.telegram.chats import Chat, Json, Message, user_json
from sandbox.telegram.files import FileStore
from sandbox.telegram.keyboards import is_inline
from sandbox.telegram.limits import Clock, RateLimits
from sandbox.telegram.older_server import Lacks
from sandbox.telegram.profile import BotProfile
from sandbox.telegram.queries import CallbackQuery
from sandbox.telegram.seen import seen_message
from sandbox.telegram.updates import UpdateQueue
from sandbox.telegram.webhook_settings import WebhookSettings

LOWEST_PLAIN_GROUP_ID = -999_999_999_999


@dataclass(frozen=True)
class Draft:
    """The content of a new message."""

    content: Json
    markup: Json | None = None
    reply_to: Message | None = None
    silent: bool = False
    receiver: Person | None = None


@dataclass
class Telegram:
    """The state on which the Bot API and the control interface work."""

    config: SandboxConfig
    events: EventLog
    updates: UpdateQueue = field(default_factory=UpdateQueue)
    files: FileStore = field(default_factory=FileStore)
    profile: BotProfile = field(default_factory=BotProfile)
    webhook: WebhookSettings = field(default_factory=WebhookSettings)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, CallbackQuery] = field(default_factory=dict)
    delivery: asyncio.Task[None] | None = None
    clock: Clock = time.monotonic
    lacks: Lacks = field(default_factory=Lacks)

    def __post_init__(self) -> None:
        self.people = {person.key: person for person in self.config.people}
        self.keys = {person.id: person.key for person in self.config.people}
        self.limits = RateLimits(self.config.limits, self.clock)
        self._shared_ids = itertools.count(1)
        self._ephemeral_ids = itertools.count(1)
        for person in self.config.people:
            self.chats[person.id] = Chat(
                person.id, "private", person.key, person.first_name, [person], started=False
            )
        for group in self.config.groups:
            self.chats[group.id] = self._new_group(group)

    def _new_group(self, group: Group) -> Chat:
        kind = "group" if group.id >= LOWEST_PLAIN_GROUP_ID else "supergroup"
        members = [self.people[key] for key in group.members]
        return Chat(group.id, kind, group.key, group.title, members, bot_is_admin=group.bot_is_admin)

    @property
    def bot_user(self) -> Json:
        """The bot as the Bot API's User."""
        name = self.profile.name.get("") or self.config.bot_name
        return {
            "id": self.config.bot_id,
            "is_bot": True,
            "first_name": name,
            "username": self.config.bot_username,
        }

    def group(self, key: str) -> Chat | None:
        """Find a group by its key; after a migration, the new one."""
        found = [chat for chat in self.chats.values() if not chat.is_private and chat.key == key]
        return found[-1] if found else None

    def post(self, chat: Chat, sender: Json, draft: Draft) -> Message:
        """Post a message to a chat; all members see it, or only the receiver of an ephemeral message."""
        message = Message(
            chat=chat,
            message_id=-next(self._ephemeral_ids) if draft.receiver else self._next_message_id(chat),
            sender=sender,
            date=int(time.time()),
            content=draft.content,
            markup=draft.markup,
            reply_to=draft.reply_to,
            silent=draft.silent,
            receiver=draft.receiver,
            place=len(chat.messages),
        )
        chat.messages[message.message_id] = message
        self.tell("message", message)
        if sender["is_bot"] and not is_inline(draft.markup):
            self._show_keyboard(message)
        return message

    def post_from(self, person: Person, chat: Chat, draft: Draft) -> Message:
        """Post a person's message to a chat."""
        return self.post(chat, user_json(person), draft)

    def change(self, message: Message, content: Json, markup: Json | None, *, edited: bool = True) -> None:
        """Change a message's content or keyboard; the old keyboard is kept."""
        if message.markup:
            message.earlier_markups.append(message.markup)
        message.content, message.markup = content, markup
        if edited:
            message.edit_date = int(time.time())
        self.tell("edited", message)

    def delete(self, message: Message) -> None:
        """Delete a message for everybody, with the keyboard that it brought, as the apps do."""
        message.deleted = True
        if message.message_id in message.chat.pinned:
            message.chat.pinned.remove(message.message_id)
        self.tell("deleted", message)
        for person in message.chat.members:
            if message.chat.keyboards.get(person.key, {}).get("message_id") == message.message_id:
                del message.chat.keyboards[person.key]
                self.tell_keyboard(message.chat, person)

    def tell(self, kind: str, message: Message) -> None:
        """Add an event about a new, changed or deleted message."""
        message.last_event_id = self.events.last_id + 1
        message.chat.changed(message)
        self.tell_chat(kind, message.chat, {"message": seen_message(message, self.keys)})

    def tell_chat(self, kind: str, chat: Chat, data: Json) -> None:
        """Add an event about a chat."""
        place = {"chat": "bot", "person": chat.key} if chat.is_private else {"chat": chat.key, "person": None}
        self.events.add(kind, {"chat_id": chat.id, **place, **data})

    def forget_old_queries(self) -> None:
        """Drop the oldest expired presses, which would use up memory in a long run."""
        while self.queries and (oldest := next(iter(self.queries.values()))).expired:
            del self.queries[oldest.id]

    def new_id(self) -> str:
        """Create an id like those of callback queries and albums."""
        return str(secrets.randbelow(9 * 10**17) + 10**17)

    def _next_message_id(self, chat: Chat) -> int:
        """The next id: private chats and plain groups share a counter, supergroups have their own."""
        if chat.type == "supergroup":
            return len(chat.messages) + 1
        return next(self._shared_ids)

    def _show_keyboard(self, message: Message) -> None:
        markup = message.markup or {}
        chat = message.chat
        for person in self._keyboard_readers(message):
            if "keyboard" in markup:
                chat.keyboards[person.key] = {**markup, "message_id": message.message_id}
            elif markup.get("remove_keyboard"):
                chat.keyboards.pop(person.key, None)
            self.tell_keyboard(chat, person)

    def tell_keyboard(self, chat: Chat, person: Person) -> None:
        """Add an event about a person's current reply keyboard."""
        self.tell_chat("keyboard", chat, {"of": person.key, "reply_keyboard": chat.keyboards.get(person.key)})

    def _keyboard_readers(self, message: Message) -> list[Person]:
        """The people who get a keyboard: a selective one only those whom the message answers or mentions."""
        people = message.chat.members
        if not (message.markup or {}).get("selective") or message.chat.is_private:
            return people
        named = {e["user"]["id"] for e in message.content.get("entities", []) if e["type"] == "text_mention"}
        if message.reply_to:
            named.add(message.reply_to.sender["id"])
        return [person for person in people if person.id in named]
