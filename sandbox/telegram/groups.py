"""Changes of groups: members, the bot's membership, migration to a supergroup."""

import time

from sandbox.config import Person
from sandbox.telegram.chats import BotStatus, Chat, Json, Message, chat_json, message_json, user_json
from sandbox.telegram.membership import change_membership
from sandbox.telegram.people import CannotError
from sandbox.telegram.privacy import reaches_bot
from sandbox.telegram.state import Draft, Telegram

SUPERGROUP_OFFSET = -1_002_000_000_000


def kick_bot(telegram: Telegram, chat: Chat, by: Person) -> None:
    """Remove the bot, which gets only `my_chat_member` about it."""
    _service(telegram, chat, by, {"left_chat_member": telegram.bot_user}, heard=False)
    change_membership(telegram, chat, by, BotStatus.KICKED)


def add_bot(telegram: Telegram, chat: Chat, by: Person) -> None:
    """Add the bot back."""
    change_membership(telegram, chat, by, BotStatus.MEMBER)
    _service(telegram, chat, by, {"new_chat_members": [telegram.bot_user]})


def migrate(telegram: Telegram, chat: Chat, by: Person) -> Chat:
    """Turn a group into a supergroup: a new chat with a new id; the old one refers to it."""
    if chat.type != "group":
        raise CannotError("this is a supergroup already")
    new_id = SUPERGROUP_OFFSET + chat.id
    successor = Chat(new_id, "supergroup", chat.key, chat.title, chat.members, chat.bot_status)
    telegram.chats[new_id] = successor
    _service(telegram, chat, by, {"migrate_to_chat_id": new_id})
    chat.migrated_to = new_id
    _service(telegram, successor, by, {"migrate_from_chat_id": chat.id})
    telegram.events.add("migrated", {"chat": chat.key, "from": chat.id, "to": new_id})
    return successor


def join(telegram: Telegram, chat: Chat, person: Person) -> None:
    """Add a person to the group. Raises CannotError."""
    if person in chat.members:
        raise CannotError(f"{person.key} is in the group already")
    chat.members.append(person)
    _service(telegram, chat, person, {"new_chat_members": [user_json(person)]})
    _tell_of_member(telegram, chat, person, ("left", "member"))


def leave(telegram: Telegram, chat: Chat, person: Person) -> None:
    """Remove a person from the group. Raises CannotError."""
    if person not in chat.members:
        raise CannotError(f"{person.key} is not in the group")
    _service(telegram, chat, person, {"left_chat_member": user_json(person)})
    chat.members.remove(person)
    _tell_of_member(telegram, chat, person, ("member", "left"))


def _tell_of_member(telegram: Telegram, chat: Chat, person: Person, statuses: tuple[str, str]) -> None:
    """Queue `chat_member`, which a bot gets only if its allowed updates include it."""
    old, new = ({"status": status, "user": user_json(person)} for status in statuses)
    payload = {"chat": chat_json(chat), "from": user_json(person), "date": int(time.time())}
    if chat.bot_status is BotStatus.MEMBER:
        telegram.updates.add("chat_member", {**payload, "old_chat_member": old, "new_chat_member": new})


def _service(telegram: Telegram, chat: Chat, by: Person, content: Json, *, heard: bool = True) -> Message:
    message = telegram.post(chat, user_json(by), Draft(content))
    if heard and reaches_bot(telegram, message):
        telegram.updates.add("message", message_json(message))
    return message
