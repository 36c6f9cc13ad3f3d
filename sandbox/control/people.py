"""`/control/people/...`: actions of a person."""

import asyncio
from typing import Any

from aiohttp import web

from sandbox.control.context import find_message, find_person, json_body, place_of, replied, telegram_of
from sandbox.telegram import live_locations, people
from sandbox.telegram.chats import Json, Message
from sandbox.telegram.people import CannotError, Place
from sandbox.telegram.queries import LIFETIME_SECONDS
from sandbox.telegram.seen import seen_message
from sandbox.telegram.state import Draft

ANSWER_SECONDS = 10.0
# Files are served from the page's origin: scripts in them must not run.
_FILE_HEADERS = {
    "Cache-Control": "max-age=86400",
    "Content-Security-Policy": "sandbox",
    "X-Content-Type-Options": "nosniff",
}


def said(place: Place, message: Message) -> web.Response:
    """Answer with the resulting message."""
    return web.json_response(seen_message(message, place.telegram.keys))


async def text(request: web.Request) -> web.Response:
    """Send a text; a long one is split, and the answer is the last part."""
    body = await json_body(request)
    place = place_of(request, body.get("chat"))
    reply = replied(place, body.get("reply_to"))
    drafts = [people.text_draft(part, reply) for part in people.text_parts(str(body.get("text", "")))]
    return said(place, [people.say(place, draft) for draft in drafts][-1])


async def edit(request: web.Request) -> web.Response:
    """Edit the person's own text."""
    body = await json_body(request)
    place = place_of(request, body.get("chat"))
    message = find_message(place, body.get("message_id"))
    people.edit_text(place, message, str(body.get("text", "")))
    return said(place, message)


async def forward(request: web.Request) -> web.Response:
    """Forward a text from a hidden sender, such as the marketplace's bot."""
    body = await json_body(request)
    place = place_of(request, body.get("chat"))
    draft = people.text_draft(str(body.get("text", "")))
    origin = _hidden(str(body.get("from_name", "Flowwow")))
    return said(place, people.say(place, Draft({"forward_origin": origin, **draft.content})))


def _hidden(name: str) -> Json:
    return {"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": name}


async def contact(request: web.Request) -> web.Response:
    """Send a contact: the person's own by default, another person's, or a card from the address book.

    With `from_name` it is forwarded: Telegram keeps the phone and id of the original contact.
    """
    body = await json_body(request)
    place = place_of(request, body.get("chat"))
    content: Json = {"contact": _contact(place, body.get("of"))}
    if body.get("from_name"):
        content["forward_origin"] = _hidden(str(body["from_name"]))
    return said(place, people.say(place, Draft(content)))


def _contact(place: Place, of: object) -> Json:
    if isinstance(of, dict):
        kept = {"phone_number": str(of.get("phone", "")), "first_name": str(of.get("first_name", ""))}
        return kept | ({"user_id": int(of["user_id"])} if of.get("user_id") else {})
    person = find_person(place.telegram, str(of)) if of else place.person
    card: Json = {"phone_number": person.phone.removeprefix("+"), "first_name": person.first_name}
    if person.last_name:
        card["last_name"] = person.last_name
    return {**card, "user_id": person.id}


async def location(request: web.Request) -> web.Response:
    """Send a location; a live one if `live_period` is given."""
    body = await json_body(request)
    place = place_of(request, body.get("chat"))
    reply = replied(place, body.get("reply_to"))
    where = _coordinates(body)
    return said(place, live_locations.share(place, *where, int(body.get("live_period") or 0), reply))


async def move(request: web.Request) -> web.Response:
    """Move the person's live location; without coordinates stop it."""
    body = await json_body(request)
    place = place_of(request, body.get("chat"))
    message = find_message(place, body.get("message_id"))
    if body.get("latitude") is None:
        live_locations.stop(place, message)
    else:
        live_locations.move(place, message, *_coordinates(body))
    return said(place, message)


def _coordinates(body: dict[str, Any]) -> tuple[float, float]:
    try:
        return float(body["latitude"]), float(body["longitude"])
    except (KeyError, TypeError, ValueError):
        raise CannotError("latitude and longitude are numbers", 400) from None


async def start(request: web.Request) -> web.Response:
    """Press Start."""
    body = await json_body(request)
    place = place_of(request, "bot")
    return said(place, people.start(place, str(body.get("payload", ""))))


async def clear(request: web.Request) -> web.Response:
    """Clear the person's history with the bot; the bot can still edit its old messages."""
    place = place_of(request, "bot")
    place.chat.cleared_to = max(place.chat.messages, default=0)
    place.telegram.events.add("cleared", {"person": place.person.key})
    return web.json_response({"ok": True})


async def block(request: web.Request) -> web.Response:
    """Block the bot."""
    people.block(place_of(request, "bot"))
    return web.json_response({"ok": True})


async def unblock(request: web.Request) -> web.Response:
    """Unblock the bot."""
    people.unblock(place_of(request, "bot"))
    return web.json_response({"ok": True})


async def press(request: web.Request) -> web.Response:
    """Press a button and wait for the bot's answer."""
    body = await json_body(request)
    place = place_of(request, body.get("chat"))
    message = find_message(place, body.get("message_id"))
    query = people.press(place, message, _callback_data(message, body))
    seconds = min(float(body.get("timeout", ANSWER_SECONDS)), LIFETIME_SECONDS)
    done, _ = await asyncio.wait({query.answer}, timeout=seconds)
    if not done:
        return web.json_response({"answered": False, "text": None, "alert": False, "url": None})
    answer = query.answer.result()
    told = {"text": answer.text, "alert": answer.alert, "url": answer.url}
    return web.json_response({"answered": True, **told})


def _callback_data(message: Message, body: dict[str, Any]) -> str:
    if "callback_data" in body:
        return str(body["callback_data"])
    if message.deleted and not body.get("stale_markup"):
        raise CannotError(f"message {message.message_id} is deleted")
    keyboards = [message.inline_keyboard]
    if body.get("stale_markup"):
        keyboards += [markup.get("inline_keyboard", []) for markup in reversed(message.earlier_markups)]
    for rows in keyboards:
        button = _find_button(rows, body.get("button"))
        if button is not None:
            return _data_of(button)
    there = ", ".join(f"«{button['text']}»" for row in message.inline_keyboard for button in row)
    wanted = body.get("button")
    raise CannotError(f"message {message.message_id} has no button {wanted!r}; it has: {there or 'none'}")


def _find_button(rows: list[list[Json]], wanted: object) -> Json | None:
    if isinstance(wanted, dict):
        row, col = int(wanted.get("row", -1)), int(wanted.get("col", -1))
        return rows[row][col] if 0 <= row < len(rows) and 0 <= col < len(rows[row]) else None
    return next((button for row in rows for button in row if button["text"] == wanted), None)


def _data_of(button: Json) -> str:
    if "disabled" in button:
        raise CannotError(f"the button «{button['text']}» is disabled and does nothing")
    if "callback_data" not in button:
        raise CannotError(f"the button «{button['text']}» opens a link and tells the bot nothing")
    return str(button["callback_data"])


async def files(request: web.Request) -> web.Response:
    """Serve the bytes of a file."""
    file = telegram_of(request).files.get(request.match_info["file_id"])
    if file is None:
        raise CannotError("no such file", 404)
    return web.Response(body=file.data, content_type=file.mime, headers=_FILE_HEADERS)
