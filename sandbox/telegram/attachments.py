"""Files in calls: uploaded, referenced by id, or fetched from a URL."""

import mimetypes
from dataclasses import dataclass
from typing import Any

import aiohttp

from sandbox.telegram.chats import Json
from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params, Upload
from sandbox.telegram.photos import stored_photo
from sandbox.telegram.state import Telegram

FETCH_SECONDS = 10
_KINDS = {"photo": "Photo", "document": "Document", "voice": "Voice", "sticker": "Sticker"}


@dataclass(frozen=True)
class Incoming:
    """A new file: bytes, name, type."""

    data: bytes
    name: str
    mime: str


async def media_content(telegram: Telegram, params: Params, kind: str, field: str | None = None) -> Json:
    """Build the message field of a photo, document, voice or sticker from the argument `field`."""
    found = await _argument(telegram, params, kind, field or kind)
    if isinstance(found, Incoming):
        return {kind: await stored_media(telegram, kind, found, params)}
    return {kind: found}


async def stored_media(telegram: Telegram, kind: str, incoming: Incoming, params: Params) -> Any:  # noqa: ANN401 - a list or an object, by kind
    """Store new media and return its message field."""
    if not incoming.data:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        return await stored_photo(telegram.files, incoming.data)
    file = telegram.files.add(kind, incoming.data, incoming.name, incoming.mime)
    described: Json = dict(file.identity)
    if kind == "document":
        described |= {"file_name": incoming.name, "mime_type": incoming.mime}
    elif kind == "voice":
        described |= {"duration": max(params.integer("duration"), 1), "mime_type": "audio/ogg"}
    else:
        described |= {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        described["emoji"] = params.text("emoji") or "🌷"
    telegram.files.remember(file.file_id, kind, described)
    return described


def guessed_mime(name: str) -> str:
    """Guess a file's MIME type from its name, including the HEIC photos of phones."""
    if name.lower().endswith((".heic", ".heif")):
        return f"image/{name.lower().rpartition('.')[2]}"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


async def _argument(telegram: Telegram, params: Params, kind: str, field: str) -> Incoming | object:
    upload = params.upload(field)
    value = params.text(field) if upload is None else ""
    if value.startswith("attach://"):
        upload = params.upload(value.removeprefix("attach://"))
    if upload is not None:
        return _uploaded(upload)
    if value.startswith(("http://", "https://")):
        return await _fetched(value)
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    return _sent_before(telegram, value, kind)


def _uploaded(upload: Upload) -> Incoming:
    mime = upload.mime if upload.mime != "application/octet-stream" else guessed_mime(upload.name)
    return Incoming(upload.data, upload.name, mime)


def _sent_before(telegram: Telegram, file_id: str, kind: str) -> object:
    known = telegram.files.known(file_id)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    known_kind, value = known
    if known_kind != kind:
        raise bad_request(f"can't use file of type {_KINDS[known_kind]} as {_KINDS[kind]}")
    return value


async def _fetched(url: str) -> Incoming:
    timeout = aiohttp.ClientTimeout(total=FETCH_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as response:
            if not response.ok:
                raise bad_request("failed to get HTTP URL content")
            data = await response.read()
            name = response.url.name or "file"
            return Incoming(data, name, response.content_type)
    except (aiohttp.ClientError, TimeoutError):
        raise bad_request("failed to get HTTP URL content") from None
