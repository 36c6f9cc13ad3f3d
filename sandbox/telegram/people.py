"""Actions of people: send messages, press buttons, start and block the bot."""

import asyncio
from dataclasses import dataclass

from sandbox.config import Person
from sandbox.telegram.chats import BotStatus, Chat, Json, Message, message_json, user_json
from sandbox.telegram.entities import MAX_TEXT, found_entities
from sandbox.telegram.membership import change_membership
from sandbox.telegram.privacy import reaches_bot
from sandbox.telegram.queries import Answer, CallbackQuery
from sandbox.telegram.state import Draft, Telegram
from sandbox.telegram.utf16 import utf16_length


class CannotError(Exception):
    """Raised for an action that a real client would not allow; `status` is the HTTP status."""

    def __init__(self, reason: str, status: int = 409) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Place:
    """A person in a chat."""

    telegram: Telegram
    person: Person
    chat: Chat

    def check_open(self) -> None:
        """Raise CannotError if the person has blocked the bot and must start it first."""
        if self.chat.is_private and self.chat.bot_status is BotStatus.KICKED:
            raise CannotError(f"{self.person.key} has blocked the bot: unblock or start it first")


def say(place: Place, draft: Draft) -> Message:
    """Send a message as the person, and queue the update if Telegram would."""
    place.check_open()
    place.chat.started = True
    message = place.telegram.post_from(place.person, place.chat, draft)
    if reaches_bot(place.telegram, message):
        place.telegram.updates.add("message", message_json(message))
    _fold_keyboard(place, draft.content.get("text"))
    return message


def text_parts(text: str) -> list[str]:
    """Split a long text into messages of at most 4096 UTF-16 units, as clients do."""
    parts = [""]
    length = 0
    for char in text.strip():
        length += utf16_length(char)
        if length > MAX_TEXT:
            parts.append("")
            length = utf16_length(char)
        parts[-1] += char
    return parts


def text_draft(text: str, reply_to: Message | None = None) -> Draft:
    """Create a text message. Raises CannotError for an empty one."""
    text = text.strip()
    if not text:
        raise CannotError("the text is empty", 400)
    content: Json = {"text": text}
    if entities := found_entities(text, []):
        content["entities"] = entities
    return Draft(content, reply_to=reply_to)


def edit_text(place: Place, message: Message, text: str) -> None:
    """Edit the person's own message; the bot gets `edited_message`."""
    if message.sender["id"] != place.person.id:
        raise CannotError("only one's own message can be edited")
    content = text_draft(text).content
    place.telegram.change(message, content, message.markup)
    if reaches_bot(place.telegram, message):
        place.telegram.updates.add("edited_message", message_json(message))


def start(place: Place, payload: str = "") -> Message:
    """Press Start: opens the chat, also after a block."""
    if place.chat.bot_status is BotStatus.KICKED:
        unblock(place)
    return say(place, text_draft(f"/start {payload}"))


def block(place: Place) -> None:
    """Block the bot."""
    change_membership(place.telegram, place.chat, place.person, BotStatus.KICKED)


def unblock(place: Place) -> None:
    """Unblock the bot."""
    change_membership(place.telegram, place.chat, place.person, BotStatus.MEMBER)


def press(place: Place, message: Message, data: str) -> CallbackQuery:
    """Press a button with callback data; returns the query, whose answer can be awaited."""
    place.check_open()
    telegram = place.telegram
    answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
    query = CallbackQuery(telegram.new_id(), place.person, message, data, answer)
    telegram.forget_old_queries()
    telegram.queries[query.id] = query
    telegram.tell_chat(
        "pressed",
        place.chat,
        {"of": place.person.key, "message_id": message.message_id, "callback_data": data},
    )
    if place.chat.bot_status is BotStatus.MEMBER:
        payload = query.as_json(user_json(place.person), message_json(message))
        telegram.updates.add("callback_query", payload)
    return query


def _fold_keyboard(place: Place, text: str | None) -> None:
    """Remove a one-time keyboard once one of its buttons was used."""
    keyboard = place.chat.keyboards.get(place.person.key)
    if not keyboard or not keyboard.get("one_time_keyboard") or text is None:
        return
    if any(button["text"] == text for row in keyboard["keyboard"] for button in row):
        del place.chat.keyboards[place.person.key]
        place.telegram.tell_keyboard(place.chat, place.person)
