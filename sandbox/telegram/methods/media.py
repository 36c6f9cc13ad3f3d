"""Sending files, and getting their download paths."""

from sandbox.telegram.api import method
from sandbox.telegram.attachments import media_content
from sandbox.telegram.chats import message_json
from sandbox.telegram.errors import bad_request
from sandbox.telegram.methods.sending import caption_content, send
from sandbox.telegram.params import Params
from sandbox.telegram.state import Telegram

MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024


async def _send_media(telegram: Telegram, params: Params, kind: str) -> object:
    caption = caption_content(params)
    content = await media_content(telegram, params, kind)
    return message_json(send(telegram, params, content | caption))


@method("sendPhoto")
async def send_photo(telegram: Telegram, params: Params) -> object:
    """Send a photo."""
    return await _send_media(telegram, params, "photo")


@method("sendDocument")
async def send_document(telegram: Telegram, params: Params) -> object:
    """Send a file unchanged."""
    return await _send_media(telegram, params, "document")


@method("sendVoice")
async def send_voice(telegram: Telegram, params: Params) -> object:
    """Send a voice message."""
    return await _send_media(telegram, params, "voice")


@method("sendSticker")
async def send_sticker(telegram: Telegram, params: Params) -> object:
    """Send a sticker."""
    return message_json(send(telegram, params, await media_content(telegram, params, "sticker")))


@method("getFile")
async def get_file(telegram: Telegram, params: Params) -> object:
    """Return the download path of a file; at most 20 MB."""
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = telegram.files.get(file_id)
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.data) > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**file.identity, "file_path": file.path}
