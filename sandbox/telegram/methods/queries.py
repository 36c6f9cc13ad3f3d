"""Answers to pressed buttons, "typing…", reactions."""

import re

from sandbox.telegram.access import named_message, open_chat
from sandbox.telegram.api import method
from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params
from sandbox.telegram.queries import Answer
from sandbox.telegram.state import Telegram
from sandbox.telegram.utf16 import utf16_length

MAX_ANSWER = 200
ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


@method("answerCallbackQuery")
async def answer_callback_query(telegram: Telegram, params: Params) -> object:
    """Answer a press once and in time; the text is shown as a toast or an alert."""
    query = telegram.queries.get(params.text("callback_query_id"))
    if query is None or query.expired:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text")
    if utf16_length(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = Answer(text or None, params.flag("show_alert"), _link(telegram, params.text("url")))
    query.answer.set_result(answer)
    telegram.tell_chat(
        "toast",
        query.message.chat,
        {
            "of": query.person.key,
            "message_id": query.message.message_id,
            "callback_data": query.data,
            "text": answer.text,
            "alert": answer.alert,
            "url": answer.url,
        },
    )
    return True


def _link(telegram: Telegram, url: str) -> str | None:
    """A link that the client opens may lead only to this very bot, with a parameter."""
    bot = re.escape(telegram.config.bot_username)
    if url and not re.fullmatch(
        rf"(https?://)?t\.me/{bot}\?start=[\w-]{{1,64}}", url, re.ASCII | re.IGNORECASE
    ):
        raise bad_request("URL_INVALID")
    return url or None


@method("sendChatAction")
async def send_chat_action(telegram: Telegram, params: Params) -> object:
    """Show that the bot is busy."""
    chat = open_chat(telegram, params)
    action = params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    telegram.tell_chat("action", chat, {"action": action})
    return True


@method("setMessageReaction")
async def set_message_reaction(telegram: Telegram, params: Params) -> object:
    """Put a reaction under a message."""
    message = named_message(open_chat(telegram, params), params, "react")
    reaction = params.json("reaction", "reaction")
    telegram.tell_chat(
        "reaction", message.chat, {"message_id": message.message_id, "reaction": reaction or []}
    )
    return True
