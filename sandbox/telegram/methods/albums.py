"""Albums: several photos or files, sent as separate messages with one id."""

from sandbox.telegram.access import open_chat
from sandbox.telegram.api import method
from sandbox.telegram.attachments import media_content
from sandbox.telegram.chats import Json, message_json
from sandbox.telegram.errors import bad_request
from sandbox.telegram.methods.sending import caption_content, send
from sandbox.telegram.params import Params
from sandbox.telegram.state import Telegram

ALBUM_SIZES = range(2, 11)


@method("sendMediaGroup")
async def send_media_group(telegram: Telegram, params: Params) -> object:
    """Send 2-10 photos, or 2-10 documents, as an album; all of them or none."""
    items = params.json("media", "media")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise bad_request("can't parse media: expected an Array of InputMedia")
    if len(items) not in ALBUM_SIZES:
        raise bad_request(
            "message must contain from 2 to 10 items" if items else "there are no messages to send"
        )
    kinds = {item.get("type") for item in items}
    if len(kinds) > 1:
        raise bad_request("media of different types can't be mixed in an album")
    open_chat(telegram, params)
    contents = [await media_item(telegram, params.nested(item)) for item in items]
    group_id = telegram.new_id()
    return [
        message_json(send(telegram, params, {"media_group_id": group_id, **content})) for content in contents
    ]


async def media_item(telegram: Telegram, item: Params) -> Json:
    """Parse one InputMedia into message fields."""
    kind = item.text("type")
    if kind not in {"photo", "document"}:
        raise bad_request(f"can't parse InputMedia: media type {kind or 'none'} is not known to the sandbox")
    return await media_content(telegram, item, kind, "media") | caption_content(item)
