"""Photos, files, stickers and voice messages that people send."""

from dataclasses import dataclass, field

from aiohttp import web

from sandbox.control.context import place_of, replied
from sandbox.control.people import said
from sandbox.telegram import people
from sandbox.telegram.attachments import Incoming, guessed_mime, stored_media
from sandbox.telegram.chats import Json, Message
from sandbox.telegram.entities import MAX_CAPTION, found_entities
from sandbox.telegram.params import Params
from sandbox.telegram.people import CannotError, Place
from sandbox.telegram.photos import stored_photo
from sandbox.telegram.seen import seen_message
from sandbox.telegram.state import Draft
from sandbox.telegram.utf16 import utf16_length

SAMPLE_BYTES = b"OggS\x00\x02 a sample made by the sandbox"


@dataclass
class _Form:
    fields: dict[str, str] = field(default_factory=dict)
    files: list[Incoming] = field(default_factory=list)


async def photo(request: web.Request) -> web.Response:
    """Send files, as photos (compressed, without EXIF) or as documents (unchanged)."""
    form = await _form(request)
    if not form.files:
        raise CannotError("there is no file in the request", 400)
    kind = form.fields.get("as", "photo")
    if kind not in {"photo", "document"}:
        raise CannotError("`as` is photo or document", 400)
    place = place_of(request, form.fields.get("chat"))
    place.check_open()
    contents = [{kind: await _stored(place, kind, file)} for file in form.files]
    messages = _send_all(place, contents, form)
    if len(messages) == 1:
        return said(place, messages[0])
    return web.json_response([seen_message(message, place.telegram.keys) for message in messages])


async def sticker(request: web.Request) -> web.Response:
    """Send a sticker."""
    return await _sample(request, "sticker", "sticker.webp")


async def voice(request: web.Request) -> web.Response:
    """Send a voice message."""
    return await _sample(request, "voice", "voice.ogg")


async def _sample(request: web.Request, kind: str, name: str) -> web.Response:
    form = await _form(request)
    place = place_of(request, form.fields.get("chat"))
    file = form.files[0] if form.files else Incoming(SAMPLE_BYTES, name, guessed_mime(name))
    content = {kind: await _stored(place, kind, file)}
    return said(place, _send_all(place, [content], form)[0])


async def _stored(place: Place, kind: str, file: Incoming) -> object:
    if kind == "photo":
        return await stored_photo(place.telegram.files, file.data, checked=False)
    media: object = await stored_media(place.telegram, kind, file, Params({}))
    return media


def _send_all(place: Place, contents: list[Json], form: _Form) -> list[Message]:
    """Send the uploaded files; several share an album's id.

    `caption` belongs to the first; `caption0`, `caption1`, ... to one file each.
    """
    words = {"caption0": form.fields.get("caption", ""), **form.fields}
    contents = [
        content | _caption(words.get(f"caption{index}", "")) for index, content in enumerate(contents)
    ]
    if len(contents) > 1:
        album = place.telegram.new_id()
        contents = [{"media_group_id": album, **content} for content in contents]
    reply = replied(place, form.fields.get("reply_to"))
    return [people.say(place, Draft(content, reply_to=reply)) for content in contents]


def _caption(caption: str) -> Json:
    caption = caption.strip()
    if utf16_length(caption) > MAX_CAPTION:
        raise CannotError("the caption is longer than 1024 UTF-16 units", 400)
    if not caption:
        return {}
    entities = found_entities(caption, [])
    return {"caption": caption, **({"caption_entities": entities} if entities else {})}


async def _form(request: web.Request) -> _Form:
    """Read a form with files, or plain JSON without files."""
    if request.content_type == "application/json":
        body = await request.json()
        return _Form({name: str(value) for name, value in body.items() if value is not None})
    form = _Form()
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            with value.file:
                mime = value.content_type
                known = mime if mime != "application/octet-stream" else guessed_mime(value.filename)
                form.files.append(Incoming(value.file.read(), value.filename, known))
        elif isinstance(value, str):
            form.fields[name] = value
    return form
