"""Copying and forwarding messages."""

from sandbox.telegram.access import known_chat, named_message, open_chat
from sandbox.telegram.api import method
from sandbox.telegram.chats import Json, Message, message_json
from sandbox.telegram.errors import bad_request
from sandbox.telegram.methods.sending import caption_content, send
from sandbox.telegram.params import Params
from sandbox.telegram.seen import SERVICE_FIELDS
from sandbox.telegram.state import Telegram


@method("copyMessage")
async def copy_message(telegram: Telegram, params: Params) -> object:
    """Send a copy of a message without its author, optionally with a new caption."""
    source = _source(telegram, params, "copy")
    content = {name: value for name, value in source.content.items() if name != "forward_origin"}
    if "caption" in params and "text" not in content:
        kept = {name: value for name, value in content.items() if not name.startswith("caption")}
        content = kept | caption_content(params)
    return {"message_id": send(telegram, params, content).message_id}


@method("forwardMessage")
async def forward_message(telegram: Telegram, params: Params) -> object:
    """Forward a message, with its author's name."""
    source = _source(telegram, params, "forward")
    origin: Json = {"type": "user", "date": source.date, "sender_user": source.sender}
    content = {"forward_origin": origin, **source.content}
    return message_json(send(telegram, params, content))


def _source(telegram: Telegram, params: Params, action: str) -> Message:
    open_chat(telegram, params)
    message = named_message(known_chat(telegram, params, "from_chat_id"), params, action)
    if set(SERVICE_FIELDS) & message.content.keys():
        verb = "copied" if action == "copy" else "forwarded"
        raise bad_request(f"message can't be {verb}")
    return message
