"""A newer photo retires the older doubts and tick lists of the order (X20)."""

from __future__ import annotations

import asyncio

import pytest

from messages.callbacks.photos import PoorTap
from sandbox.driver import SeenMessage
from tests.pictures import a_bouquet, a_dark_photo, a_jpeg
from tests.scenarios.stage import Stage
from tests.scenarios.steps import forge, seen

ANYWAY = "Всё равно отправить"
AGAIN = "Снять заново"
EVERYTHING = "Всё на месте"
REPLACED = "Этот снимок уже не ждёт: его отправили, есть фото новее или снимают новое"


async def with_button(stage: Stage, person: str, number: str, button: str) -> SeenMessage:
    return await stage.driver.wait_message(
        person, lambda message: number in message.text and button in message.button_texts
    )


async def doubted(stage: Stage, number: str) -> SeenMessage:
    """The question about a dark picture that the florist has sent."""
    await stage.tap("florist", number, "Загрузить фото")
    await stage.driver.photo("florist", a_dark_photo())
    return await with_button(stage, "florist", number, ANYWAY)


async def without_buttons(stage: Stage, person: str, message: SeenMessage) -> None:
    """Wait until the message has lost its buttons, or is gone."""
    for _ in range(300):
        for one in await stage.driver.messages(person):
            if one.message_id == message.message_id and (one.deleted or not one.button_texts):
                return
        await asyncio.sleep(0.1)
    raise AssertionError(f"message {message.message_id} still has buttons")


async def versions(stage: Stage, number: str) -> list[int]:
    return [photo.version for photo in (await stage.order(number)).progress.photos]


@pytest.mark.requirement("X20", "R35")
async def test_a_rejected_dark_picture_never_becomes_the_correction(stage: Stage) -> None:
    number = await stage.assigned()
    doubt = await doubted(stage, number)
    assert doubt.button_texts == [AGAIN, ANYWAY]  # the advised step comes first
    old = next(button for row in doubt.buttons for button in row if button.text == ANYWAY)
    await stage.driver.press("florist", doubt.message_id, AGAIN)
    await stage.driver.photo("florist", a_bouquet())
    await seen(stage, "florist", number, "Фото · ")
    visible = [one for one in await stage.driver.messages("florist") if not one.deleted]
    assert not [one for one in visible if ANYWAY in one.button_texts]
    assert old.callback_data is not None
    assert (await forge(stage, "florist", old.callback_data)).text == REPLACED
    assert await versions(stage, number) == [1]


@pytest.mark.requirement("X20")
async def test_a_photo_of_somebody_else_retires_the_doubt_too(stage: Stage) -> None:
    number = await stage.assigned()
    doubt = await doubted(stage, number)
    await stage.tap("director", number, "Загрузить фото")
    await stage.driver.photo("director", a_bouquet())
    await seen(stage, "director", number, "Фото · ")
    await without_buttons(stage, "florist", doubt)
    tap = PoorTap(photo=1, order=(await stage.order(number)).id)
    assert (await forge(stage, "florist", tap.pack())).text == REPLACED
    assert await versions(stage, number) == [1]


@pytest.mark.requirement("X20", "R36")
async def test_the_list_below_an_older_photo_or_a_finished_order_has_no_buttons(stage: Stage) -> None:
    number = await stage.assigned()
    await stage.tap("florist", number, "Загрузить фото")
    await stage.driver.photo("florist", a_jpeg("#ff0000"))
    first = await with_button(stage, "florist", number, EVERYTHING)
    await stage.tap("florist", number, "Загрузить фото")
    await stage.driver.photo("florist", a_jpeg("#00ff00"))
    second = await stage.driver.wait_message(
        "florist", lambda one: one.message_id > first.message_id and "Не тот заказ?" in one.button_texts
    )
    await without_buttons(stage, "florist", first)
    for button in ("Я доставлю", "Выполнен", "Лично"):
        await stage.tap("florist", number, button)
    await seen(stage, "florist", number, "Выполнен · ")
    await without_buttons(stage, "florist", second)
    stale = await stage.driver.press("florist", first.message_id, EVERYTHING, stale=True)
    assert stale.text
    assert (await stage.order(number)).checked is None
