"""Editing and deleting ephemeral messages."""

from sandbox.telegram.api import method
from sandbox.telegram.chats import Message
from sandbox.telegram.ephemeral import named_ephemeral
from sandbox.telegram.errors import bad_request
from sandbox.telegram.methods.editing import change_buttons, change_caption, change_media, change_text
from sandbox.telegram.params import Params
from sandbox.telegram.state import Telegram


@method("editEphemeralMessageText")
async def edit_ephemeral_message_text(telegram: Telegram, params: Params) -> object:
    """Change the text; a call without a keyboard removes the old one."""
    change_text(telegram, params, _editable)
    return True


@method("editEphemeralMessageCaption")
async def edit_ephemeral_message_caption(telegram: Telegram, params: Params) -> object:
    """Change the caption of a photo or file."""
    change_caption(telegram, params, _editable)
    return True


@method("editEphemeralMessageMedia")
async def edit_ephemeral_message_media(telegram: Telegram, params: Params) -> object:
    """Replace the photo or file of a message."""
    await change_media(telegram, params, _editable)
    return True


@method("editEphemeralMessageReplyMarkup")
async def edit_ephemeral_message_reply_markup(telegram: Telegram, params: Params) -> object:
    """Change only the buttons."""
    change_buttons(telegram, params, _editable)
    return True


@method("deleteEphemeralMessage")
async def delete_ephemeral_message(telegram: Telegram, params: Params) -> object:
    """Delete the message for its receiver."""
    telegram.delete(named_ephemeral(telegram, params, "delete"))
    return True


def _editable(telegram: Telegram, params: Params) -> Message:
    message = named_ephemeral(telegram, params, "edit")
    if "contact" in message.content:
        raise bad_request("message can't be edited")
    return message
