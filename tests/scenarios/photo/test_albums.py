"""The number of an order may stand under any picture of an album: all of them are of that order (R25)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.pictures import a_dark_photo, a_jpeg
from tests.scenarios.stage import Stage

COLOURS = ("#d6336c", "#228be6", "#2b8a3e")
WHICH = "К какому заказу оно?"
KEPT = "Фото сохранено."


async def until(look: Callable[[], Awaitable[object]], expected: object) -> None:
    """Albums come picture by picture: look until the last one has been handled."""
    found = await look()
    for _ in range(600):
        if found == expected:
            return
        await asyncio.sleep(0.1)
        found = await look()
    assert found == expected


def an_album() -> list[bytes]:
    return [a_jpeg(colour) for colour in COLOURS]


def captions(number: str, under: int) -> list[str]:
    return [number if place == under else "" for place in range(len(COLOURS))]


async def photos_of(stage: Stage, number: str) -> int:
    return len((await stage.order(number)).progress.photos)


async def standing_questions(stage: Stage) -> list[str]:
    messages = await stage.driver.messages("florist")
    return [message.text for message in messages if WHICH in message.text and not message.deleted]


@pytest.mark.requirement("R25")
async def test_an_album_goes_whole_to_the_number_under_any_of_its_pictures_and_two_numbers_are_asked_about(
    stage: Stage,
) -> None:
    number, other = await stage.assigned(), await stage.assigned()
    sent = await stage.driver.album("florist", an_album(), captions=captions(number, 2))
    await until(lambda: photos_of(stage, number), 3)
    await until(lambda: standing_questions(stage), [])
    await _each_picture_is_a_version_and_all_have_one_answer(stage, number, [one.message_id for one in sent])

    files = [a_jpeg(colour) for colour in ("#aa3377", "#3377aa", "#77aa33")]
    await stage.driver.album("florist", files, captions=captions(other, 1), as_files=True)
    await until(lambda: photos_of(stage, other), 3)
    await until(lambda: standing_questions(stage), [])
    await _two_numbers(stage)


async def _each_picture_is_a_version_and_all_have_one_answer(
    stage: Stage, number: str, sent: list[int]
) -> None:
    photos = (await stage.order(number)).progress.photos
    assert [photo.version for photo in photos] == [1, 2, 3]
    content = [(stage.folder / "data/photos" / photo.path).read_bytes() for photo in photos]
    assert len(set(content)) == 3
    await stage.driver.text("florist", "Заказы")  # what comes after the answer to it comes too late
    await stage.driver.wait_message("florist", containing="Заказы")
    answers = [one for one in await stage.driver.messages("florist") if KEPT in one.text and not one.deleted]
    assert len(answers) == 1
    assert answers[0].reply_to_message_id in sent


async def _two_numbers(stage: Stage) -> None:
    number, other = await stage.assigned(), await stage.assigned()
    await stage.driver.album("florist", an_album(), captions=[number, other, ""])
    asked = await stage.driver.wait_message("florist", containing="два разных номера")
    assert number in asked.text
    assert other in asked.text
    await until(lambda: photos_of(stage, number), 1)
    assert await photos_of(stage, other) == 0
    (button,) = (text for text in asked.button_texts if other in text)
    await stage.driver.press("florist", asked.message_id, button)
    await until(lambda: photos_of(stage, other), 1)


@pytest.mark.requirement("R25", "R35")
async def test_the_number_counts_more_than_the_button_and_a_dark_picture_waits_for_a_word_of_its_own(
    stage: Stage,
) -> None:
    number, pressed = await stage.assigned(), await stage.assigned()
    await stage.tap("florist", pressed, "Загрузить фото")
    await stage.driver.wait_message("florist", containing=f"Пришлите фото заказа {pressed}")
    await stage.driver.album("florist", an_album(), captions=captions(number, 1))
    await until(lambda: photos_of(stage, number), 3)
    assert await photos_of(stage, pressed) == 0
    await stage.driver.wait_message("florist", containing=f"Фото перенесено: {pressed} → {number}")

    await stage.driver.album("florist", [a_dark_photo(), a_jpeg()], captions=["", pressed])
    await stage.driver.wait_message("florist", containing="Слишком темно")
    await until(lambda: photos_of(stage, pressed), 1)
    await stage.driver.wait_message(
        "florist", lambda message: pressed in message.text and "Всё равно отправить" in message.button_texts
    )
    messages = await stage.driver.messages("florist")
    (asked,) = (
        message
        for message in messages
        if not message.deleted and "Всё равно отправить" in message.button_texts
    )
    await stage.driver.press("florist", asked.message_id, "Всё равно отправить")
    await until(lambda: photos_of(stage, pressed), 2)
