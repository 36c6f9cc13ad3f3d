"""`/control/groups/...`: actions on a group."""

from aiohttp import web

from sandbox.config import Person
from sandbox.control.context import find_group, find_person, json_body, telegram_of
from sandbox.telegram import groups
from sandbox.telegram.chats import Chat
from sandbox.telegram.state import Telegram


async def _named(request: web.Request) -> tuple[Telegram, Chat, Person]:
    telegram = telegram_of(request)
    chat = find_group(telegram, request.match_info["group"])
    by = (await json_body(request)).get("by")
    return telegram, chat, find_person(telegram, str(by)) if by else chat.members[0]


async def kick(request: web.Request) -> web.Response:
    """Remove the bot; `by` is the acting person, by default the first member."""
    groups.kick_bot(*await _named(request))
    return web.json_response({"ok": True})


async def add(request: web.Request) -> web.Response:
    """Add the bot back."""
    groups.add_bot(*await _named(request))
    return web.json_response({"ok": True})


async def join(request: web.Request) -> web.Response:
    """Add a person to the group."""
    telegram, chat, _ = await _named(request)
    groups.join(telegram, chat, find_person(telegram, str((await json_body(request)).get("person"))))
    return web.json_response({"ok": True})


async def leave(request: web.Request) -> web.Response:
    """Remove a person from the group."""
    telegram, chat, _ = await _named(request)
    groups.leave(telegram, chat, find_person(telegram, str((await json_body(request)).get("person"))))
    return web.json_response({"ok": True})


async def migrate(request: web.Request) -> web.Response:
    """Make the group a supergroup; answers with its new id."""
    successor = groups.migrate(*await _named(request))
    return web.json_response({"ok": True, "chat_id": successor.id})
