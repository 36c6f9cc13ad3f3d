"""Editing the bot's own messages."""

from collections.abc import Callable

from sandbox.telegram.access import named_message, open_chat
from sandbox.telegram.api import method
from sandbox.telegram.chats import Json, Message, message_json
from sandbox.telegram.errors import bad_request
from sandbox.telegram.keyboards import is_inline, parse_markup
from sandbox.telegram.methods.albums import media_item
from sandbox.telegram.methods.sending import caption_content, text_content
from sandbox.telegram.params import Params
from sandbox.telegram.state import Telegram

MEDIA = ("photo", "document", "voice", "sticker")
CAPTION_FIELDS = ("caption", "caption_entities", "show_caption_above_media")
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


Find = Callable[[Telegram, Params], Message]
"""Finds the message that a call names. Raises ApiError if it cannot be edited."""


@method("editMessageText")
async def edit_message_text(telegram: Telegram, params: Params) -> object:
    """Change the text; a call without a keyboard removes the old one."""
    return message_json(change_text(telegram, params, _editable))


@method("editMessageCaption")
async def edit_message_caption(telegram: Telegram, params: Params) -> object:
    """Change the caption of a photo or file."""
    return message_json(change_caption(telegram, params, _editable))


@method("editMessageMedia")
async def edit_message_media(telegram: Telegram, params: Params) -> object:
    """Replace the photo or file of a message."""
    return message_json(await change_media(telegram, params, _editable))


@method("editMessageReplyMarkup")
async def edit_message_reply_markup(telegram: Telegram, params: Params) -> object:
    """Change only the buttons."""
    return message_json(change_buttons(telegram, params, _editable))


def _editable(telegram: Telegram, params: Params) -> Message:
    chat = open_chat(telegram, params)
    message = named_message(chat, params, "edit")
    if not message.from_bot or not is_inline(message.markup) or "contact" in message.content:
        raise bad_request("message can't be edited")
    return message


def change_text(telegram: Telegram, params: Params, find: Find) -> Message:
    """Set the message's text from the call. Raises ApiError for a message without text."""
    content = text_content(params)
    message = find(telegram, params)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _changed(telegram, message, content, params)


def change_caption(telegram: Telegram, params: Params, find: Find) -> Message:
    """Set the message's caption from the call. Raises ApiError for a message without media."""
    caption = caption_content(params)
    message = find(telegram, params)
    if not set(MEDIA) & message.content.keys():
        raise bad_request("there is no caption in the message to edit")
    kept = {name: value for name, value in message.content.items() if name not in CAPTION_FIELDS}
    return _changed(telegram, message, kept | caption, params)


async def change_media(telegram: Telegram, params: Params, find: Find) -> Message:
    """Replace the message's photo or file; it stays in its album."""
    message = find(telegram, params)
    item = params.json("media", "input media")
    if not isinstance(item, dict):
        raise bad_request("can't parse input media: expected an Object")
    content = await media_item(telegram, params.nested(item))
    if group_id := message.content.get("media_group_id"):
        content["media_group_id"] = group_id
    return _changed(telegram, message, content, params)


def change_buttons(telegram: Telegram, params: Params, find: Find) -> Message:
    """Set the message's keyboard from the call."""
    message = find(telegram, params)
    return _changed(telegram, message, message.content, params)


def _changed(telegram: Telegram, message: Message, content: Json, params: Params) -> Message:
    """Set content and keyboard. Raises ApiError if nothing changes."""
    markup = parse_markup(params.json("reply_markup", "reply keyboard markup"))
    if not is_inline(markup):
        raise bad_request("inline keyboard expected")
    if (content, markup) == (message.content, message.markup):
        raise bad_request(NOT_MODIFIED)
    telegram.change(message, content, markup, edited=content != message.content)
    return message
