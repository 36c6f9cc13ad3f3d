"""Locations and live locations of the bot."""

import time

from sandbox.telegram.access import named_message, open_chat
from sandbox.telegram.api import method
from sandbox.telegram.chats import Json, Message, message_json
from sandbox.telegram.errors import bad_request
from sandbox.telegram.keyboards import is_inline, parse_markup
from sandbox.telegram.live_locations import FOR_EVER, LIVE_SECONDS, is_live, stopped
from sandbox.telegram.methods.editing import NOT_MODIFIED
from sandbox.telegram.methods.sending import send
from sandbox.telegram.params import Params
from sandbox.telegram.state import Telegram

MAX_LATITUDE = 90
MAX_LONGITUDE = 180
MOST_ACCURACY = 1500
MAX_HEADING = 360
MAX_RADIUS = 100_000
DAY = 86_400


@method("sendLocation")
async def send_location(telegram: Telegram, params: Params) -> object:
    """Send a location; with `live_period`, a live one that can be moved for that many seconds."""
    place = _place(params)
    if period := params.integer("live_period"):
        if period not in LIVE_SECONDS and period != FOR_EVER:
            raise bad_request("wrong live location period specified")
        place |= {"live_period": period, **_of_live(params)}
    return message_json(send(telegram, params, {"location": place}))


@method("editMessageLiveLocation")
async def edit_message_live_location(telegram: Telegram, params: Params) -> object:
    """Move a live location of the bot during its period."""
    message, place = _live_message(telegram, params), _place(params)
    period = message.content["location"]["live_period"]
    if wanted := params.integer("live_period"):
        if wanted != FOR_EVER and (wanted < min(LIVE_SECONDS) or wanted > period + DAY):
            raise bad_request("wrong live location period specified")
        period = wanted
    content = {"location": {**place, "live_period": period, **_of_live(params)}}
    return _changed(telegram, message, content, params)


@method("stopMessageLiveLocation")
async def stop_message_live_location(telegram: Telegram, params: Params) -> object:
    """Stop a live location of the bot; its last position stays in the chat."""
    message = _live_message(telegram, params)
    return _changed(telegram, message, {"location": stopped(message.content["location"])}, params)


def _live_message(telegram: Telegram, params: Params) -> Message:
    message = named_message(open_chat(telegram, params), params, "edit")
    if not message.from_bot or not is_inline(message.markup):
        raise bad_request("message can't be edited")
    if "location" not in message.content:
        raise bad_request("there is no live location in the message to edit")
    if not is_live(message, time.time()):
        raise bad_request("message can't be edited")
    return message


def _changed(telegram: Telegram, message: Message, content: Json, params: Params) -> object:
    markup = parse_markup(params.json("reply_markup", "reply keyboard markup"))
    if not is_inline(markup):
        raise bad_request("inline keyboard expected")
    if (content, markup) == (message.content, message.markup):
        raise bad_request(NOT_MODIFIED)
    telegram.change(message, content, markup)
    return message_json(message)


def _place(params: Params) -> Json:
    place: Json = {name: _coordinate(params, name) for name in ("latitude", "longitude")}
    if abs(place["latitude"]) > MAX_LATITUDE or abs(place["longitude"]) > MAX_LONGITUDE:
        raise bad_request("wrong location specified")
    if "horizontal_accuracy" in params:
        accuracy = min(_coordinate(params, "horizontal_accuracy"), MOST_ACCURACY)
        if accuracy > 0:
            place["horizontal_accuracy"] = accuracy
    return place


def _of_live(params: Params) -> Json:
    """The fields of live locations only: heading and proximity alert radius."""
    found = {name: params.integer(name) for name in ("heading", "proximity_alert_radius")}
    if not 0 <= found["heading"] <= MAX_HEADING:
        raise bad_request("wrong live location heading specified")
    if not 0 <= found["proximity_alert_radius"] <= MAX_RADIUS:
        raise bad_request("wrong live location proximity alert radius specified")
    return {name: value for name, value in found.items() if value}


def _coordinate(params: Params, name: str) -> float:
    try:
        return float(params.text(name))
    except ValueError:
        raise bad_request(f"{name} is empty") from None
