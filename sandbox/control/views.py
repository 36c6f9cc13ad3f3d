"""Read access: the world, a chat, the stream of events; and resets."""

import asyncio
import json
from typing import Any

from aiohttp import web

from sandbox.control.context import find_message, json_body, place_of, telegram_of
from sandbox.events import Event
from sandbox.telegram.chats import Chat, Json
from sandbox.telegram.people import CannotError
from sandbox.telegram.seen import seen_message
from sandbox.telegram.state import Telegram
from sandbox.world import RESTART, WORLD

HEARTBEAT_SECONDS = 15.0
MAX_WAIT_SECONDS = 60.0


async def health(request: web.Request) -> web.Response:
    """Answer that the sandbox is up."""
    return web.json_response({"status": "ok"})


async def world(request: web.Request) -> web.Response:
    """List people, groups and shops, without tokens and secrets."""
    telegram = telegram_of(request)
    config = telegram.config
    groups = [_group(chat) for chat in telegram.chats.values() if not chat.is_private]
    return web.json_response(
        {
            "bot": telegram.bot_user,
            "people": [
                {**person.model_dump(), **_state(telegram.chats[person.id])} for person in config.people
            ],
            "groups": [group for group in groups if group["migrated_to"] is None],
            "shops": [
                shop.model_dump(include={"shop_id", "name", "currency", "timezone"})
                for shop in config.marketplace
            ],
            "language": config.language,
            "bot_is_up": request.app[WORLD].bot_is_up,
            "is_demo": RESTART in request.app,
            "event_id": telegram.events.last_id,
        }
    )


async def restart(request: web.Request) -> web.Response:
    """Restart the demo in a language; all its data are lost."""
    if RESTART not in request.app:
        raise CannotError("this sandbox is no demo", 404)
    language = (await json_body(request)).get("language")
    if language not in {"ru", "en"}:
        raise CannotError("`language` is ru or en", 400)
    await request.app[RESTART](str(language))
    return web.json_response({"ok": True})


def _state(chat: Chat) -> Json:
    return {"started": chat.started, "bot_status": chat.bot_status.value}


def _group(chat: Chat) -> Json:
    return {
        "key": chat.key,
        "id": chat.id,
        "type": chat.type,
        "title": chat.title,
        "members": [person.key for person in chat.members],
        "migrated_to": chat.migrated_to,
        "bot_status": chat.bot_status.value,
    }


async def messages(request: web.Request) -> web.Response:
    """Show a chat as a person sees it; `last` limits it to the messages that came or changed last."""
    place = place_of(request, request.match_info["chat"])
    telegram, chat, person = place.telegram, place.chat, place.person
    latest = [
        one for one in chat.latest(_number(request, "last")) if not 0 < one.message_id <= chat.cleared_to
    ]
    shown = [one for one in latest if one.is_seen_by(person)]
    return web.json_response(
        {
            "chat_id": chat.id,
            "messages": [seen_message(message, telegram.keys) for message in shown],
            "reply_keyboard": chat.keyboards.get(person.key),
            "commands": telegram.profile.commands_for(chat.id, person.id, person.language_code),
            "pinned": chat.pinned,
            "pending": _pending(telegram, chat, person.key),
            **_state(chat),
            "event_id": telegram.events.last_id,
        }
    )


def _number(request: web.Request, name: str) -> int | None:
    raw = request.query.get(name)
    if raw is not None and not raw.isdigit():
        raise CannotError(f"`{name}` is a whole number", 400)
    return None if raw is None else int(raw)


def _pending(telegram: Telegram, chat: Chat, key: str) -> list[Json]:
    """Button presses of this person that the bot has not answered."""
    waiting = [query for query in telegram.queries.values() if not query.expired]
    return [
        {"message_id": query.message.message_id, "callback_data": query.data}
        for query in waiting
        if query.message.chat is chat and query.person.key == key
    ]


async def message(request: web.Request) -> web.Response:
    """Show one message."""
    place = place_of(request, request.match_info["chat"])
    found = find_message(place, request.match_info["message_id"])
    return web.json_response(seen_message(found, place.telegram.keys))


async def events(request: web.Request) -> web.StreamResponse:
    """Stream events, starting after `Last-Event-ID` or `since`, else with the next event."""
    log = request.app[WORLD].events
    seen = _since(request, log.last_id)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
    await response.prepare(request)
    await response.write(b"retry: 1000\n\n")
    if seen > log.last_id:
        # The client knew an earlier run of the sandbox, so it must reload everything.
        seen = log.add("reset", {}).id - 1
    while not log.closed and not _disconnected(request):
        fresh = await log.wait(seen, HEARTBEAT_SECONDS)
        try:
            await response.write(b"".join(map(_frame, fresh)) or b": still here\n\n")
        except ConnectionResetError:
            break
        seen = fresh[-1].id if fresh else seen
    return response


async def wait(request: web.Request) -> web.Response:
    """Long-poll for events newer than `since`, up to `timeout` seconds."""
    log = request.app[WORLD].events
    seconds = min(float(request.query.get("timeout", "10")), MAX_WAIT_SECONDS)
    fresh = await log.wait(_since(request, log.last_id), seconds)
    listed: list[dict[str, Any]] = [event.as_json() for event in fresh]
    return web.json_response({"events": listed, "event_id": log.last_id})


def _since(request: web.Request, usual: int) -> int:
    raw = request.headers.get("Last-Event-ID") or request.query.get("since")
    if raw is None:
        return usual
    if not raw.isdigit():
        raise CannotError("`since` is the id of an event", 400)
    return int(raw)


def _frame(event: Event) -> bytes:
    return f"id: {event.id}\ndata: {json.dumps(event.as_json(), ensure_ascii=False)}\n\n".encode()


def _disconnected(request: web.Request) -> bool:
    transport = request.transport
    return transport is None or transport.is_closing()


async def reset(request: web.Request) -> web.Response:
    """Reset the world."""
    await asyncio.shield(request.app[WORLD].reset())
    return web.json_response({"ok": True})
