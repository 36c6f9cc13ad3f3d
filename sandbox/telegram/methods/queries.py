"""Answers to button presses, chat actions, reactions."""

import re

from sandbox.telegram.access import named_message, open_chat
from sandbox.telegram.api import method
from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params
from sandbox.telegram.queries import Answer
from sandbox.telegram.seen import SERVICE_FIELDS
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

MAX_BOT_REACTIONS = 1
_EMOJI = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 "
    "🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 "
    "🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡 "
)
REACTIONS = frozenset(_EMOJI.split())
"""The emoji that the Bot API accepts as a reaction (ReactionTypeEmoji)."""


@method("answerCallbackQuery")
async def answer_callback_query(telegram: Telegram, params: Params) -> object:
    """Answer a press, once and before it expires; the text is shown as a toast or an alert."""
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
    """Check that the URL is a link to this bot with a start parameter, the only kind allowed."""
    bot = re.escape(telegram.config.bot_username)
    if url and not re.fullmatch(
        rf"(https?://)?t\.me/{bot}\?start=[\w-]{{1,64}}", url, re.ASCII | re.IGNORECASE
    ):
        raise bad_request("URL_INVALID")
    return url or None


@method("sendChatAction")
async def send_chat_action(telegram: Telegram, params: Params) -> object:
    """Show a chat action, such as "typing"."""
    chat = open_chat(telegram, params)
    action = params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    telegram.tell_chat("action", chat, {"action": action})
    return True


@method("setMessageReaction")
async def set_message_reaction(telegram: Telegram, params: Params) -> object:
    """Set or remove the bot's reaction to a message; at most one, from Telegram's emoji."""
    message = named_message(open_chat(telegram, params), params, "react")
    params.flag("is_big")
    wanted = _reactions(params)
    if any(name in message.content for name in SERVICE_FIELDS):
        raise bad_request("message can't be reacted to")
    message.reactions = wanted
    telegram.tell_chat("reaction", message.chat, {"message_id": message.message_id, "reactions": wanted})
    return True


def _reactions(params: Params) -> list[str]:
    given = params.json("reaction", "reaction")
    if given is None:
        return []
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise bad_request("can't parse reaction: expected an Array of ReactionType")
    if len(given) > MAX_BOT_REACTIONS:
        raise bad_request("REACTIONS_TOO_MANY")
    return [_emoji(one) for one in given]


def _emoji(reaction: dict[str, object]) -> str:
    """Return the emoji of a reaction. No chat here allows custom emoji, and bots cannot send paid ones."""
    kind, emoji = reaction.get("type"), reaction.get("emoji")
    if kind not in {"emoji", "custom_emoji", "paid"}:
        raise bad_request("can't parse ReactionType: invalid type specified")
    if kind != "emoji" or not isinstance(emoji, str) or emoji not in REACTIONS:
        raise bad_request("REACTION_INVALID")
    return emoji
