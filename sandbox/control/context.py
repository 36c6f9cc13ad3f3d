"""Parses control requests and answers errors in JSON."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.config import Person
from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.errors import ApiError
from sandbox.telegram.people import CannotError, Place
from sandbox.telegram.state import Telegram
from sandbox.world import WORLD

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answering(handler: Handler) -> Handler:
    """Wrap a handler so that CannotError and ApiError become JSON answers with the reason."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except CannotError as error:
            return web.json_response({"error": str(error)}, status=error.status)
        except ApiError as error:
            return web.json_response({"error": error.description}, status=error.code)

    return answer


def telegram_of(request: web.Request) -> Telegram:
    """Return the sandbox's Telegram."""
    return request.app[WORLD].telegram


async def json_body(request: web.Request) -> dict[str, Any]:
    """Parse the body as a JSON object; an empty body counts as {}. Raises CannotError."""
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        raise CannotError("the body is not JSON", 400) from None
    if not isinstance(body, dict):
        raise CannotError("the body is not a JSON object", 400)
    return body


def find_person(telegram: Telegram, key: str) -> Person:
    """Find a person by key or user id. Raises CannotError."""
    key = telegram.keys.get(int(key), key) if key.isdigit() else key
    if key not in telegram.people:
        raise CannotError(f"no person {key!r}, there are {', '.join(telegram.people)}", 404)
    return telegram.people[key]


def find_group(telegram: Telegram, key: str) -> Chat:
    """Find a group by key or chat id. Raises CannotError."""
    chat = telegram.group(key)
    if chat is None and key.removeprefix("-").isdigit():
        chat = telegram.chats.get(int(key))
    if chat is None or chat.is_private:
        raise CannotError(f"no group {key!r}", 404)
    return chat


def find_place(telegram: Telegram, person_key: str, chat: object) -> Place:
    """Find a person in a chat: "bot" (or nothing) is the private chat, else a group's key or id."""
    person = find_person(telegram, person_key)
    if chat in {None, "", "bot", str(person.id), person.id}:
        return Place(telegram, person, telegram.chats[person.id])
    group = find_group(telegram, str(chat))
    if person not in group.members:
        raise CannotError(f"{person.key} is not in the group {group.key}", 403)
    return Place(telegram, person, group)


def place_of(request: web.Request, chat: object) -> Place:
    """Find the person named in the path in the given chat."""
    return find_place(telegram_of(request), request.match_info["person"], chat)


def find_message(place: Place, message_id: object) -> Message:
    """Find a message that this person sees, even a deleted one; ephemeral ones have negative ids."""
    is_number = str(message_id).removeprefix("-").isdigit()
    message = place.chat.messages.get(int(str(message_id))) if is_number else None
    if message is None or not message.is_seen_by(place.person):
        raise CannotError(f"no message {message_id} in this chat", 404)
    return message


def replied(place: Place, message_id: object) -> Message | None:
    """Find the message replied to, if any. Raises CannotError for an ephemeral one."""
    if message_id in {None, ""}:
        return None
    message = find_message(place, message_id)
    if message.receiver:
        raise CannotError("an ephemeral message cannot be replied to")
    return message
