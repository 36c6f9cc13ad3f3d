"""Editing and deleting ephemeral messages."""

from sandbox.telegram.api import method
from sandbox.telegram.chats import Json, Message
from sandbox.telegram.ephemeral import named_ephemeral
from sandbox.telegram.errors import bad_request
from sandbox.telegram.methods.editing import (
    change_message,
    check_has_caption,
    check_has_text,
    media_content_of,
    with_caption,
)
from sandbox.telegram.methods.sending import caption_content, text_content
from sandbox.telegram.params import Params
from sandbox.telegram.state import Telegram


@method("editEphemeralMessageText")
async def edit_ephemeral_message_text(telegram: Telegram, params: Params) -> object:
    """Change the text; without a keyboard in the call the old one goes."""
    content = text_content(params)
    message = _editable(telegram, params)
    check_has_text(message)
    return _changed(telegram, message, content, params)


@method("editEphemeralMessageCaption")
async def edit_ephemeral_message_caption(telegram: Telegram, params: Params) -> object:
    """Change the text under a photo or file."""
    caption = caption_content(params)
    message = _editable(telegram, params)
    check_has_caption(message)
    return _changed(telegram, message, with_caption(message, caption), params)


@method("editEphemeralMessageMedia")
async def edit_ephemeral_message_media(telegram: Telegram, params: Params) -> object:
    """Put another photo or file into a message."""
    message = _editable(telegram, params)
    return _changed(telegram, message, await media_content_of(telegram, params), params)


@method("editEphemeralMessageReplyMarkup")
async def edit_ephemeral_message_reply_markup(telegram: Telegram, params: Params) -> object:
    """Change only the buttons."""
    message = _editable(telegram, params)
    return _changed(telegram, message, message.content, params)


@method("deleteEphemeralMessage")
async def delete_ephemeral_message(telegram: Telegram, params: Params) -> object:
    """Take it away from the member who sees it."""
    telegram.delete(named_ephemeral(telegram, params, "delete"))
    return True


def _editable(telegram: Telegram, params: Params) -> Message:
    message = named_ephemeral(telegram, params, "edit")
    if "contact" in message.content:
        raise bad_request("message can't be edited")
    return message


def _changed(telegram: Telegram, message: Message, content: Json, params: Params) -> bool:
    change_message(telegram, message, content, params)
    return True
