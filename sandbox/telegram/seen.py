"""Messages as people see them, in JSON for page and driver."""

from sandbox.telegram.chats import Json, Message
from sandbox.telegram.rendering import to_html

SERVICE_FIELDS = (
    "new_chat_members",
    "left_chat_member",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
)


def seen_message(message: Message, keys: dict[int, str]) -> Json:
    """Return a message as JSON; `keys` maps user ids to people's keys."""
    content = message.content
    text, entities = content.get("text"), content.get("entities", [])
    caption, caption_entities = content.get("caption"), content.get("caption_entities", [])
    return {
        "message_id": message.message_id,
        "from": _author(message, keys),
        "date": message.date,
        "edit_date": message.edit_date,
        "text": text,
        "entities": entities,
        "caption": caption,
        "caption_entities": caption_entities,
        "html": to_html(text or caption or "", entities if text else caption_entities),
        "photo": _file(content["photo"][-1], "photo.jpg") if "photo" in content else None,
        "document": _file(content.get("document")),
        "sticker": _file(content.get("sticker"), "sticker.webp"),
        "voice": _file(content.get("voice"), "voice.ogg"),
        "contact": content.get("contact"),
        "location": content.get("location"),
        "media_group_id": content.get("media_group_id"),
        "reply_to_message_id": message.reply_to.message_id if message.reply_to else None,
        "forwarded_from": _forwarded(content),
        "inline_keyboard": message.inline_keyboard,
        "reactions": message.reactions,
        "deleted": message.deleted,
        "silent": message.silent,
        "receiver": message.receiver.key if message.receiver else None,
        "service": next((name for name in SERVICE_FIELDS if name in content), None),
        "service_data": next((content[name] for name in SERVICE_FIELDS if name in content), None),
        "event_id": message.last_event_id,
    }


def _author(message: Message, keys: dict[int, str]) -> Json:
    if message.from_bot:
        return {"key": "bot", "name": message.sender["first_name"]}
    sender = message.sender
    name = " ".join(part for part in (sender["first_name"], sender.get("last_name")) if part)
    return {"key": keys.get(sender["id"]), "name": name}


def _file(described: Json | None, name: str = "file") -> Json | None:
    if described is None:
        return None
    file_id = described["file_id"]
    return {
        "file_id": file_id,
        "url": f"/control/files/{file_id}",
        "file_name": described.get("file_name", name),
    }


def _forwarded(content: Json) -> str | None:
    origin = content.get("forward_origin")
    if origin is None:
        return None
    name: str = origin.get("sender_user_name") or origin["sender_user"]["first_name"]
    return name
