import io
import json
from typing import Any

import aiohttp
import pytest
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto
from PIL import Image

from tests.sandbox.tools import DIRECTOR, Sandbox, inline, picture

ORIENTATION, CAMERA_MAKER = 0x0112, 0x010F


def photo(data: bytes | None = None, name: str = "bouquet.jpg") -> BufferedInputFile:
    return BufferedInputFile(data or picture(), name)


async def send_raw(met: Sandbox, method: str, fields: dict[str, str], **files: bytes) -> dict[str, Any]:
    form = aiohttp.FormData({"chat_id": str(DIRECTOR), **fields})
    for name, data in files.items():
        form.add_field(name, io.BytesIO(data), filename=f"{name}.jpg")
    async with met.http.post(f"{met.api}/{method}", data=form) as response:
        answer: dict[str, Any] = await response.json()
        return answer


async def test_a_photo_comes_in_sizes_and_is_shrunk(met: Sandbox) -> None:
    sent = await met.bot.send_photo(
        DIRECTOR, photo(picture(2000, 1000)), caption="<b>Готово</b>", parse_mode="HTML"
    )
    assert sent.photo is not None
    assert [(size.width, size.height) for size in sent.photo] == [
        (90, 45),
        (320, 160),
        (800, 400),
        (1280, 640),
    ]
    seen = (await met.people.messages("director"))[-1]
    assert (seen.text, seen.html) == ("Готово", "<b>Готово</b>")
    assert seen.photo is not None
    with Image.open(io.BytesIO(await met.people.download(seen.photo.url))) as shown:
        assert (shown.size, shown.format) == ((1280, 640), "JPEG")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_pictures_are_known_by_their_content(met: Sandbox, kind: str) -> None:
    sent = await met.bot.send_photo(DIRECTOR, photo(picture(kind=kind), "no-extension"))
    assert sent.photo is not None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (picture(kind="GIF"), "IMAGE_PROCESS_FAILED"),
        (picture()[:200], "IMAGE_PROCESS_FAILED"),
        (picture(210, 10), "PHOTO_INVALID_DIMENSIONS"),
        (picture(9991, 1000), "PHOTO_INVALID_DIMENSIONS"),
        (b"", "file must be non-empty"),
    ],
)
async def test_what_is_no_proper_photo_is_refused(met: Sandbox, data: bytes, reason: str) -> None:
    answer = await send_raw(met, "sendPhoto", {}, photo=data)
    assert answer["description"] == f"Bad Request: {reason}"


async def test_a_photo_over_10_mb_is_refused(met: Sandbox) -> None:
    answer = await send_raw(met, "sendPhoto", {}, photo=b"0" * (10 * 1024 * 1024 + 1))
    assert answer["description"] == "Bad Request: file is too big"


async def test_a_file_can_be_sent_again_by_its_id_but_not_as_another_kind(met: Sandbox) -> None:
    first = await met.bot.send_photo(DIRECTOR, photo())
    assert first.photo is not None
    again = await met.bot.send_photo(DIRECTOR, first.photo[0].file_id)
    assert again.photo == first.photo
    answer = await send_raw(met, "sendDocument", {"document": first.photo[-1].file_id})
    assert answer["description"] == "Bad Request: can't use file of type Photo as Document"
    answer = await send_raw(met, "sendPhoto", {"photo": "nonsense"})
    assert answer["description"] == "Bad Request: wrong file identifier/HTTP URL specified"
    answer = await send_raw(met, "sendPhoto", {})
    assert answer["description"] == "Bad Request: there is no photo in the request"


async def test_a_photo_can_be_named_by_a_url(met: Sandbox) -> None:
    sent = await met.bot.send_photo(DIRECTOR, f"{met.url}/pictures/plant.png")
    assert sent.photo is not None
    for url in (f"{met.url}/nothing", "http://127.0.0.1:1/x.png"):
        answer = await send_raw(met, "sendPhoto", {"photo": url})
        assert answer["description"] == "Bad Request: failed to get HTTP URL content"


async def test_documents_keep_every_byte_and_their_name(met: Sandbox) -> None:
    data = b"%PDF-1.4 order"
    sent = await met.bot.send_document(DIRECTOR, BufferedInputFile(data, "заказ.pdf"))
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("заказ.pdf", "application/pdf")
    file = await met.bot.get_file(sent.document.file_id)
    assert (file.file_size, file.file_unique_id) == (len(data), sent.document.file_unique_id)
    got = await met.bot.download(sent.document.file_id)
    assert got is not None
    assert got.read() == data


async def test_voice_and_stickers_are_sent(met: Sandbox) -> None:
    voice = await met.bot.send_voice(DIRECTOR, BufferedInputFile(b"OggS", "a.ogg"), duration=4)
    assert voice.voice is not None
    assert voice.voice.duration == 4
    sticker = await met.bot.send_sticker(DIRECTOR, BufferedInputFile(b"RIFF", "a.webp"), emoji="🌹")
    assert sticker.sticker is not None
    assert sticker.sticker.emoji == "🌹"


async def test_files_over_20_mb_and_unknown_ones_cannot_be_fetched(met: Sandbox) -> None:
    big = BufferedInputFile(b"0" * (20 * 1024 * 1024 + 1), "big.bin")
    sent = await met.bot.send_document(DIRECTOR, big)
    assert sent.document is not None
    assert await met.refusal("getFile", file_id=sent.document.file_id) == "Bad Request: file is too big"
    assert await met.refusal("getFile", file_id="x") == "Bad Request: invalid file_id"
    assert await met.refusal("getFile") == "Bad Request: file_id not specified"
    async with met.http.get(f"{met.url}/file/bot{met.config.bot_token}/photos/none.jpg") as response:
        assert response.status == 404


async def test_an_album_shares_one_id(met: Sandbox) -> None:
    media = [InputMediaPhoto(media=photo(), caption="Раз"), InputMediaPhoto(media=photo(name="b.jpg"))]
    sent = await met.bot.send_media_group(DIRECTOR, [*media])
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in sent] == ["Раз", None]
    documents = [InputMediaDocument(media=BufferedInputFile(b"1", f"{name}.txt")) for name in "ab"]
    assert len(await met.bot.send_media_group(DIRECTOR, [*documents])) == 2


@pytest.mark.parametrize(
    ("media", "reason"),
    [
        ([], "there are no messages to send"),
        ([{"type": "photo", "media": "attach://a"}], "message must contain from 2 to 10 items"),
        ([{"type": "photo", "media": "attach://a"}] * 11, "message must contain from 2 to 10 items"),
        ([{"type": "photo"}, {"type": "document"}], "media of different types can't be mixed in an album"),
        ([{"type": "photo", "media": "attach://zzz"}] * 2, "wrong file identifier/HTTP URL specified"),
        ([{"type": "dream"}] * 2, "can't parse InputMedia: media type dream is not known to the sandbox"),
        ("x", "can't parse media: expected an Array of InputMedia"),
    ],
)
async def test_wrong_albums_send_nothing(met: Sandbox, media: object, reason: str) -> None:
    before = await met.people.messages("director")
    answer = await send_raw(met, "sendMediaGroup", {"media": json.dumps(media)}, a=picture())
    assert answer["description"] == f"Bad Request: {reason}"
    assert await met.people.messages("director") == before


async def test_a_caption_is_edited_and_can_go(met: Sandbox) -> None:
    sent = await met.bot.send_photo(DIRECTOR, photo(), caption="Раз")
    place = {"chat_id": DIRECTOR, "message_id": sent.message_id}
    edited = await met.result("editMessageCaption", caption="Два", **place)
    assert (edited["caption"], edited["photo"][0]["file_id"]) == (
        "Два",
        sent.photo[0].file_id if sent.photo else "",
    )
    assert "caption" not in await met.result("editMessageCaption", **place)
    refusal = await met.refusal("editMessageText", text="x", **place)
    assert refusal == "Bad Request: there is no text in the message to edit"
    assert await met.refusal("editMessageCaption", caption="x" * 1025, **place) == (
        "Bad Request: message caption is too long"
    )


async def test_media_are_replaced_and_a_text_can_become_a_photo(met: Sandbox) -> None:
    text = await met.result(
        "sendMessage", chat_id=DIRECTOR, text="Ждём фото", reply_markup=inline([("a", "b")])
    )
    edited = await met.bot.edit_message_media(
        InputMediaPhoto(media=photo(), caption="Вот"), chat_id=DIRECTOR, message_id=text["message_id"]
    )
    assert not isinstance(edited, bool)
    assert (edited.text, edited.caption, edited.reply_markup) == (None, "Вот", None)
    place = {"chat_id": DIRECTOR, "message_id": text["message_id"]}
    assert await met.refusal("editMessageMedia", **place) == (
        "Bad Request: can't parse input media: expected an Object"
    )


async def test_a_copied_photo_may_get_another_caption(met: Sandbox) -> None:
    sent = await met.bot.send_photo(DIRECTOR, photo(), caption="Раз")
    copied = await met.bot.copy_message(DIRECTOR, DIRECTOR, sent.message_id, caption="Ваш букет готов")
    seen = await met.people.message("director", copied.message_id)
    assert (seen.text, seen.photo is not None) == ("Ваш букет готов", True)


async def test_a_persons_photo_is_shrunk_and_loses_its_exif(met: Sandbox) -> None:
    exif = Image.Exif()
    exif[ORIENTATION], exif[CAMERA_MAKER] = 6, "Phone"
    await met.people.photo("florist", picture(3000, 1500, exif=exif), caption="25836184")
    update = (await met.updates())[-1]["message"]
    assert update["caption"] == "25836184"
    assert (update["photo"][-1]["width"], update["photo"][-1]["height"]) == (640, 1280)
    got = await met.bot.download(update["photo"][-1]["file_id"])
    assert got is not None
    with Image.open(got) as image:
        assert not image.getexif()


async def test_a_persons_document_stays_byte_for_byte(met: Sandbox) -> None:
    exif = Image.Exif()
    exif[CAMERA_MAKER] = "Phone"
    data = picture(exif=exif)
    await met.people.document("florist", data, name="IMG_0042.HEIC")
    document = (await met.updates())[-1]["message"]["document"]
    assert (document["file_name"], document["mime_type"]) == ("IMG_0042.HEIC", "image/heic")
    got = await met.bot.download(document["file_id"])
    assert got is not None
    assert got.read() == data


async def test_a_persons_album_arrives_as_separate_messages(met: Sandbox) -> None:
    sent = await met.people.album("florist", [picture(), picture(), picture()], caption="три")
    messages = [update["message"] for update in await met.updates()]
    assert len(sent) == len(messages) == 3
    assert {message["media_group_id"] for message in messages} == {sent[0].media_group_id}
    assert [message.get("caption") for message in messages] == ["три", None, None]


async def test_a_client_shrinks_what_telegram_would_not_take(met: Sandbox) -> None:
    await met.people.photo("florist", picture(9000, 3000))
    size = (await met.updates())[-1]["message"]["photo"][-1]
    assert (size["width"], size["height"]) == (1280, 427)


async def test_a_client_does_not_send_broken_photos(met: Sandbox) -> None:
    with pytest.raises(AssertionError, match="IMAGE_PROCESS_FAILED"):
        await met.people.photo("florist", b"junk")
    assert await met.updates() == []
