"""Live locations: their period, and people's actions on their own."""

import time

from sandbox.telegram.chats import Json, Message, message_json
from sandbox.telegram.people import CannotError, Place, say
from sandbox.telegram.privacy import reaches_bot
from sandbox.telegram.state import Draft

LIVE_SECONDS = range(60, 86_400 + 1)
FOR_EVER = 0x7FFFFFFF
"""The period of a live location without an end."""


def is_live(message: Message, now: float) -> bool:
    """Whether a message has a live location that can still move."""
    period = message.content.get("location", {}).get("live_period")
    return period is not None and (period == FOR_EVER or now < message.date + period)


def stopped(location: Json) -> Json:
    """Return the location without the fields of an active live location."""
    return {
        name: location[name] for name in ("latitude", "longitude", "horizontal_accuracy") if name in location
    }


def share(
    place: Place, latitude: float, longitude: float, live_period: int, reply_to: Message | None = None
) -> Message:
    """Send a location as the person; a live one if `live_period` is given. Raises CannotError."""
    if live_period and live_period not in LIVE_SECONDS and live_period != FOR_EVER:
        raise CannotError("a live location is shared for a minute to a day, or until it is stopped", 400)
    location: Json = {"latitude": latitude, "longitude": longitude}
    if live_period:
        location["live_period"] = live_period
    return say(place, Draft({"location": location}, reply_to=reply_to))


def move(place: Place, message: Message, latitude: float, longitude: float) -> None:
    """Move the live location; the bot gets `edited_message`."""
    _check_own(place, message)
    location = {**message.content["location"], "latitude": latitude, "longitude": longitude}
    _change(place, message, location)


def stop(place: Place, message: Message) -> None:
    """Stop the live location: the bot gets the last position, without a period."""
    _check_own(place, message)
    _change(place, message, stopped(message.content["location"]))


def _check_own(place: Place, message: Message) -> None:
    place.check_open()
    if message.sender["id"] != place.person.id or not is_live(message, time.time()):
        raise CannotError("only one's own live location can be moved, while it is live")


def _change(place: Place, message: Message, location: Json) -> None:
    place.telegram.change(message, {"location": location}, message.markup)
    if reaches_bot(place.telegram, message):
        place.telegram.updates.add("edited_message", message_json(message))
