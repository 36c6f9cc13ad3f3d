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
from tests.scenarios.steps import step, upload

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


@pytest.mark.requirement("R23", "R25", "R37")
async def test_a_photo_is_taken_after_the_button_beside_the_number_and_in_reply_here_and_in_the_group(
    stage: Stage,
) -> None:
    await _after_the_button(stage)
    beside, card, group = await stage.assigned(), await stage.assigned(), await stage.assigned()
    mark = await stage.driver.mark()
    sent = await stage.driver.photo("florist", a_jpeg(), caption=f"Букет к заказу #{beside}, готов")
    await stage.driver.wait_message("florist", containing=KEPT, since=mark)
    await has_photos(stage, beside, 1)
    await _assert_kept(stage, beside, sent)

    below = await stage.card("florist", card)
    mark = await stage.driver.mark()
    sent = await stage.driver.photo("florist", a_jpeg(), reply_to=below.message_id)
    await stage.driver.wait_message("florist", containing=KEPT, since=mark)
    await has_photos(stage, card, 1)
    await _assert_kept(stage, card, sent)

    line = await stage.driver.wait_message("florist", containing=group, chat="group")
    sent = await stage.driver.photo("florist", a_jpeg(), chat="group", reply_to=line.message_id)
    await stage.driver.wait_message("florist", containing=KEPT, chat="group")
    await _assert_kept(stage, group, sent)


async def _after_the_button(stage: Stage) -> None:
    """The order moves by itself; the same photo is refused, and another one is the next version."""
    number = await stage.assigned()
    await stage.tap("florist", number, "Загрузить фото")
    await stage.driver.wait_message("florist", containing=f"Пришлите фото заказа {number}")
    sent = await stage.driver.photo("florist", a_jpeg())
    told = await stage.driver.wait_message("florist", containing=KEPT)
    assert told.reply_to_message_id == sent.message_id
    await stage.driver.wait_chat("florist", lambda chat: not _requests(chat))
    await stage.card("director", number, "Фото · ")
    await _assert_kept(stage, number, sent)

    before = await stage.left_by_staff(number)
    await stage.tap("florist", number, "Загрузить фото")
    await stage.driver.photo("florist", a_jpeg())
    await stage.driver.wait_message("florist", containing="Это фото уже загружено. Пришлите новое.")
    assert await stage.left_by_staff(number) == before
    sent = await upload(stage, "florist", number, a_jpeg("#123456"))
    await has_photos(stage, number, 2)
    await _assert_kept(stage, number, sent)
    assert _on_disk(stage, before.progress.photos[0])


@pytest.mark.requirement("R25")
async def test_a_picture_as_a_file_is_kept_byte_for_byte(stage: Stage) -> None:
    number = await stage.assigned()
    for count, (kind, name) in enumerate((("PNG", "букет.png"), ("HEIF", "IMG_0042.HEIC"), ("WEBP", "b")), 1):
        content = a_picture(kind)
        await stage.driver.document("florist", content, name=name, caption=number)
        await has_photos(stage, number, count)
        assert _on_disk(stage, (await _photos(stage, number))[-1]) == content, kind
    await step(stage, "director", number, "Показать фото")
    await stage.driver.wait_message("director", containing=f"{number} · фото 3")
    shown = [one.text for one in await stage.driver.messages("director") if one.photo is not None]
    assert shown == [f"{number} · фото {version}" for version in (1, 2, 3)]
