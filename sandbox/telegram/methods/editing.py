"""Editing the bot's own messages."""

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


@method("editMessageText")
async def edit_message_text(telegram: Telegram, params: Params) -> object:
    """Change the text; without a keyboard in the call the old one goes."""
    content = text_content(params)
    message = _editable(telegram, params)
    check_has_text(message)
    return _changed(telegram, message, content, params)


@method("editMessageCaption")
async def edit_message_caption(telegram: Telegram, params: Params) -> object:
    """Change the text under a photo or file."""
    caption = caption_content(params)
    message = _editable(telegram, params)
    check_has_caption(message)
    return _changed(telegram, message, with_caption(message, caption), params)


@method("editMessageMedia")
async def edit_message_media(telegram: Telegram, params: Params) -> object:
    """Put another photo or file into a message."""
    message = _editable(telegram, params)
    content = await media_content_of(telegram, params)
    if group_id := message.content.get("media_group_id"):
        content["media_group_id"] = group_id
    return _changed(telegram, message, content, params)


@method("editMessageReplyMarkup")
async def edit_message_reply_markup(telegram: Telegram, params: Params) -> object:
    """Change only the buttons."""
    message = _editable(telegram, params)
    return _changed(telegram, message, message.content, params)


def _editable(telegram: Telegram, params: Params) -> Message:
    chat = open_chat(telegram, params)
    message = named_message(chat, params, "edit")
    if not message.from_bot or not is_inline(message.markup) or "contact" in message.content:
        raise bad_request("message can't be edited")
    return message


def check_has_text(message: Message) -> None:
    """Refuse to change the text of what has none."""
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")


def check_has_caption(message: Message) -> None:
    """Refuse to change the caption of what can have none."""
    if not set(MEDIA) & message.content.keys():
        raise bad_request("there is no caption in the message to edit")


def with_caption(message: Message, caption: Json) -> Json:
    """Give the content of a message under another caption."""
    kept = {name: value for name, value in message.content.items() if name not in CAPTION_FIELDS}
    return kept | caption


async def media_content_of(telegram: Telegram, params: Params) -> Json:
    """Read the photo or file that is put into a message."""
    item = params.json("media", "input media")
    if not isinstance(item, dict):
        raise bad_request("can't parse input media: expected an Object")
    return await media_item(telegram, params.nested(item))


def _changed(telegram: Telegram, message: Message, content: Json, params: Params) -> object:
    change_message(telegram, message, content, params)
    return message_json(message)


def change_message(telegram: Telegram, message: Message, content: Json, params: Params) -> None:
    """Give a message another content and the keyboard of the call; refuses a change that changes nothing."""
    markup = parse_markup(params.json("reply_markup", "reply keyboard markup"))
    if not is_inline(markup):
        raise bad_request("inline keyboard expected")
    if (content, markup) == (message.content, message.markup):
        raise bad_request(NOT_MODIFIED)
    telegram.change(message, content, markup, edited=content != message.content)
