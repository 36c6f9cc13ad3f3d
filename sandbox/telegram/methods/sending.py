"""Sending texts and contacts, and what all send methods share."""

from sandbox.telegram.access import open_chat, replied_message
from sandbox.telegram.api import method
from sandbox.telegram.chats import Json, Message, message_json
from sandbox.telegram.entities import MAX_CAPTION, MAX_TEXT, parse_text
from sandbox.telegram.ephemeral import ephemeral_receiver
from sandbox.telegram.errors import bad_request
from sandbox.telegram.keyboards import parse_markup
from sandbox.telegram.params import Params
from sandbox.telegram.state import Draft, Telegram


def send(telegram: Telegram, params: Params, content: Json) -> Message:
    """Post the bot's message to the chat that the call names, with its keyboard and reply."""
    chat = open_chat(telegram, params)
    draft = Draft(
        content,
        parse_markup(params.json("reply_markup", "reply keyboard markup")),
        replied_message(chat, params),
        silent=params.flag("disable_notification"),
        receiver=ephemeral_receiver(telegram, chat, params),
    )
    return telegram.post(chat, telegram.bot_user, draft)


def text_content(params: Params) -> Json:
    """Parse `text` with its formatting."""
    given = params.json("entities", "entities")
    parsed = parse_text(params.text("text"), params.text("parse_mode"), given, MAX_TEXT)
    return {"text": parsed.text, "entities": parsed.entities} if parsed.entities else {"text": parsed.text}


def caption_content(params: Params) -> Json:
    """Parse `caption` with its formatting; returns {} if it is empty."""
    given = params.json("caption_entities", "caption entities")
    parsed = parse_text(params.text("caption"), params.text("parse_mode"), given, MAX_CAPTION, caption=True)
    if not parsed.text:
        return {}
    content: Json = {"caption": parsed.text}
    if parsed.entities:
        content["caption_entities"] = parsed.entities
    if params.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


@method("sendMessage")
async def send_message(telegram: Telegram, params: Params) -> object:
    """Send a text."""
    return message_json(send(telegram, params, text_content(params)))


@method("sendContact")
async def send_contact(telegram: Telegram, params: Params) -> object:
    """Send a contact card."""
    if not params.text("phone_number"):
        raise bad_request("phone number is empty")
    if not params.text("first_name"):
        raise bad_request("first name is empty")
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: params.text(name) for name in names if params.text(name)}
    return message_json(send(telegram, params, {"contact": contact}))
