"""The number of an order may stand under any picture of an album: all of them are of that order (R25)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.pictures import a_dark_photo, a_jpeg
from tests.scenarios.stage import Stage

COLOURS = ("#d6336c", "#228be6", "#2b8a3e")
WHICH = "К какому заказу оно?"


async def until(look: Callable[[], Awaitable[object]], expected: object) -> None:
    """Albums come picture by picture: look until the last one has been handled."""
    found = await look()
    for _ in range(200):
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
@pytest.mark.parametrize("as_files", [False, True])
async def test_an_album_goes_to_the_number_under_any_of_its_pictures(stage: Stage, as_files: bool) -> None:
    await stage.assigned()  # so that it may be for another order
    for under in range(3):
        number = await stage.assigned()
        await stage.driver.album("florist", an_album(), captions=captions(number, under), as_files=as_files)
        await until(lambda: photos_of(stage, number), 3)  # noqa: B023 - awaited before the next
        await until(lambda: standing_questions(stage), [])


@pytest.mark.requirement("R25", "R35")
async def test_a_dark_picture_of_such_an_album_waits_for_a_word_of_its_own(stage: Stage) -> None:
    number, _other = await stage.assigned(), await stage.assigned()
    album = [a_dark_photo(), a_jpeg()]
    await stage.driver.album("florist", album, captions=["", number])
    await stage.driver.wait_message("florist", containing="Слишком темно")
    await until(lambda: photos_of(stage, number), 1)
    await stage.driver.wait_message(
        "florist", lambda message: number in message.text and "Всё равно отправить" in message.button_texts
    )
    messages = await stage.driver.messages("florist")
    (asked,) = (
        message
        for message in messages
        if not message.deleted and "Всё равно отправить" in message.button_texts
    )
    await stage.driver.press("florist", asked.message_id, "Всё равно отправить")
    await until(lambda: photos_of(stage, number), 2)


@pytest.mark.requirement("R25")
async def test_the_number_counts_more_than_the_button_that_was_pressed_before(stage: Stage) -> None:
    number, pressed = await stage.assigned(), await stage.assigned()
    await stage.tap("florist", pressed, "Загрузить фото")
    await stage.driver.wait_message("florist", containing=f"Пришлите фото заказа {pressed}")
    await stage.driver.album("florist", an_album(), captions=captions(number, 1))
    await until(lambda: photos_of(stage, number), 3)
    assert await photos_of(stage, pressed) == 0
    await stage.driver.wait_message("florist", containing=f"Фото перенесено: {pressed} → {number}")


@pytest.mark.requirement("R25")
async def test_two_different_numbers_in_one_album_are_asked_about(stage: Stage) -> None:
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
