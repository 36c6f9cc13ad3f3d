"""Files that are no photos, or not as they should be: a clear answer each, and nothing changes."""

from __future__ import annotations

import pytest

from orders.model.status import Status
from sandbox.driver import SeenMessage
from tests.pictures import a_jpeg, a_picture
from tests.scenarios.stage import Stage

NOT_A_PICTURE = "Это не открывается как фото. Пришлите снимок: JPEG, PNG, WebP или HEIC."
NO_PHOTOS = (
    ("Пионы, 15 штук".encode(), "заказ.txt"),
    (b"\x00" * 64, "photo.jpg"),
    (a_jpeg()[:-2000], "photo.jpg"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo.svg"),
    (a_picture("GIF"), "photo.gif"),
    (b"%PDF-1.7", "../../photo.jpg"),
)


async def _told_below(stage: Stage, sent: SeenMessage, containing: str) -> SeenMessage:
    return await stage.driver.wait_message(
        "florist", lambda message: message.message_id > sent.message_id, containing=containing
    )


@pytest.mark.requirement("R25")
async def test_what_is_no_photo_is_answered_so_and_the_photo_is_still_awaited(stage: Stage) -> None:
    number = await stage.assigned()
    before = await stage.left_by_staff(number)
    await stage.tap("florist", number, "Загрузить фото")
    await stage.driver.wait_message("florist", containing=f"Пришлите фото заказа {number}")
    for content, name in NO_PHOTOS:
        sent = await stage.driver.document("florist", content, name=name)
        told = await _told_below(stage, sent, "Это не открывается как фото.")
        assert (told.text, told.reply_to_message_id) == (NOT_A_PICTURE, sent.message_id), name
    assert await stage.left_by_staff(number) == before

    for kind in (stage.driver.sticker, stage.driver.voice):  # notes, and no answers to the request
        await kind("florist")
    await stage.driver.photo("florist", a_jpeg())
    await stage.card("director", number, "Фото · ")


@pytest.mark.requirement("R25")
async def test_a_file_larger_than_telegram_hands_over_is_answered_so(stage: Stage) -> None:
    number = await stage.assigned()
    await stage.tap("florist", number, "Загрузить фото")
    await stage.driver.document("florist", b"\xff\xd8" + b"\x00" * (20 * 1024 * 1024), name="big.jpg")
    told = await stage.driver.wait_message("florist", containing="20 МБ")
    assert "Пришлите фото обычным способом, не файлом." in told.text
    assert (await stage.order(number)).status is Status.ACCEPTED


async def test_a_photo_in_the_group_that_answers_nothing_is_left_alone(stage: Stage) -> None:
    number, _other = await stage.assigned(), await stage.assigned()
    before = await stage.left_by_staff(number)
    await stage.driver.photo("florist", a_jpeg(), chat="group", caption=number)
    await stage.driver.photo("florist", a_jpeg("#abcdef"))
    await stage.driver.wait_message("florist", containing="К какому заказу оно?")
    group = [message for message in await stage.driver.messages("director", "group") if message.from_bot]
    assert len(group) == 2
    assert await stage.left_by_staff(number) == before
