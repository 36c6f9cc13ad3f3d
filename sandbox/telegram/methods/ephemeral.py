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
    """Change the text; without a keyboard in the call the old one goes."""
    change_text(telegram, params, _editable)
    return True


@method("editEphemeralMessageCaption")
async def edit_ephemeral_message_caption(telegram: Telegram, params: Params) -> object:
    """Change the text under a photo or file."""
    change_caption(telegram, params, _editable)
    return True


@method("editEphemeralMessageMedia")
async def edit_ephemeral_message_media(telegram: Telegram, params: Params) -> object:
    """Put another photo or file into a message."""
    await change_media(telegram, params, _editable)
    return True


@method("editEphemeralMessageReplyMarkup")
async def edit_ephemeral_message_reply_markup(telegram: Telegram, params: Params) -> object:
    """Change only the buttons."""
    change_buttons(telegram, params, _editable)
    return True


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
