"""Uploading a photo, in every way a person may (R23, R25); the file is really kept."""

from __future__ import annotations

import hashlib

import pytest

from orders.model.photo import Photo
from orders.model.status import Status
from sandbox.driver import SeenChat, SeenMessage
from tests.pictures import a_jpeg, a_picture
from tests.scenarios.photo.versions import has_photos
from tests.scenarios.stage import Stage
from tests.scenarios.steps import photographed, step, upload

KEPT = "Фото сохранено."


async def _photos(stage: Stage, number: str) -> tuple[Photo, ...]:
    order = await stage.order(number)
    assert order.status is Status.PHOTO
    return order.progress.photos


def _requests(chat: SeenChat) -> list[SeenMessage]:
    return [one for one in chat.messages if "Пришлите фото" in one.text and not one.deleted]


def _on_disk(stage: Stage, photo: Photo) -> bytes:
    content = (stage.folder / "data/photos" / photo.path).read_bytes()
    assert hashlib.sha256(content).hexdigest() == photo.sha256
    return content


async def _assert_kept(stage: Stage, number: str, sent: SeenMessage) -> None:
    """The newest photo on disk holds the very bytes that Telegram has."""
    file = sent.photo or sent.document
    assert file is not None
    photos = await _photos(stage, number)
    assert _on_disk(stage, photos[-1]) == await stage.driver.download(file.url)


@pytest.mark.requirement("R23", "R25")
async def test_a_photo_after_the_button_moves_the_order_by_itself(stage: Stage) -> None:
    number = await stage.assigned()
    await stage.tap("florist", number, "Загрузить фото")
    await stage.driver.wait_message("florist", containing=f"Пришлите фото заказа {number}")
    sent = await stage.driver.photo("florist", a_jpeg())
    told = await stage.driver.wait_message("florist", containing=KEPT)
    assert told.reply_to_message_id == sent.message_id
    await stage.driver.wait_chat("florist", lambda chat: not _requests(chat))
    await stage.card("director", number, "Фото · ")
    await _assert_kept(stage, number, sent)


@pytest.mark.requirement("R23", "R25")
async def test_a_photo_in_reply_to_the_card_is_taken(stage: Stage) -> None:
    number = await stage.assigned()
    card = await stage.card("florist", number)
    sent = await stage.driver.photo("florist", a_jpeg(), reply_to=card.message_id)
    await stage.driver.wait_message("florist", containing=KEPT)
    await _assert_kept(stage, number, sent)


@pytest.mark.requirement("R23", "R25")
async def test_a_photo_with_the_number_as_caption_is_taken(stage: Stage) -> None:
    for caption in ("{number}", "№{number}", "Букет к заказу #{number}, готов"):
        number = await stage.assigned()
        mark = await stage.driver.mark()
        sent = await stage.driver.photo("florist", a_jpeg(), caption=caption.format(number=number))
        await stage.driver.wait_message("florist", containing=KEPT, since=mark)
        await _assert_kept(stage, number, sent)


@pytest.mark.requirement("R23")
async def test_a_photo_in_reply_to_the_group_message_is_taken(stage: Stage) -> None:
    number = await stage.assigned()
    line = await stage.driver.wait_message("florist", containing=number, chat="group")
    sent = await stage.driver.photo("florist", a_jpeg(), chat="group", reply_to=line.message_id)
    await stage.driver.wait_message("florist", containing=KEPT, chat="group")
    await _assert_kept(stage, number, sent)


@pytest.mark.requirement("R25")
async def test_a_picture_as_a_file_is_kept_byte_for_byte(stage: Stage) -> None:
    for kind, name in (("PNG", "букет.png"), ("HEIF", "IMG_0042.HEIC"), ("WEBP", "b")):
        number, content = await stage.assigned(), a_picture(kind)
        await stage.tap("florist", number, "Загрузить фото")
        mark = await stage.driver.mark()
        await stage.driver.document("florist", content, name=name)
        await stage.driver.wait_message("florist", containing=KEPT, since=mark)
        (photo,) = await _photos(stage, number)
        assert _on_disk(stage, photo) == content, kind

        await step(stage, "director", number, "Показать фото")
        shown = await stage.driver.wait_message("director", lambda m: m.photo is not None, since=mark)
        assert shown.text == f"{number} · фото 1", kind


@pytest.mark.requirement("R25")
@pytest.mark.parametrize("way", ["button", "caption"])
async def test_an_album_of_two_becomes_two_versions(stage: Stage, way: str) -> None:
    number = await stage.assigned()
    if way == "button":
        await stage.tap("florist", number, "Загрузить фото")
    caption = number if way == "caption" else None
    sent = await stage.driver.album("florist", [a_jpeg("#ff0000"), a_jpeg("#00ff00")], caption=caption)
    await has_photos(stage, number, 2)
    photos = await _photos(stage, number)
    assert [photo.version for photo in photos] == [1, 2]
    await stage.driver.text("florist", "Заказы")  # what comes after the answer to it comes too late
    await stage.driver.wait_message("florist", containing="Заказы")
    answers = [one for one in await stage.driver.messages("florist") if KEPT in one.text]
    assert [answer.reply_to_message_id for answer in answers] == [sent[0].message_id]
    urls = [message.photo.url for message in sent if message.photo]
    assert [_on_disk(stage, photo) for photo in photos] == [await stage.driver.download(url) for url in urls]


@pytest.mark.requirement("R33", "R37")
async def test_another_photo_is_the_next_version_and_the_first_stays(stage: Stage) -> None:
    number = await photographed(stage)
    first = (await _photos(stage, number))[0]
    await stage.tap("florist", number, "Загрузить фото")
    sent = await upload(stage, "florist", number, a_jpeg("#123456"))
    await has_photos(stage, number, 2)
    await _assert_kept(stage, number, sent)
    assert _on_disk(stage, first)


@pytest.mark.requirement("R23")
async def test_the_same_photo_twice_is_refused_in_words(stage: Stage) -> None:
    number = await photographed(stage)
    before = await stage.left_by_staff(number)
    await stage.tap("florist", number, "Загрузить фото")
    await stage.driver.photo("florist", a_jpeg())
    await stage.driver.wait_message("florist", containing="Это фото уже загружено. Пришлите новое.")
    assert await stage.left_by_staff(number) == before
    _on_disk(stage, before.progress.photos[0])
