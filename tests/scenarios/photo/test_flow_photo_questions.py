"""A photo that cannot be placed is kept, and the bot asks; nothing that was sent is lost."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from messages.callbacks.order import PhotoFor
from orders.model.status import Status
from sandbox.driver.wire import PATIENCE
from storage.db.tables import cards
from tests.pictures import a_jpeg
from tests.sandbox.tools import eventually
from tests.scenarios.aftermath import look_into
from tests.scenarios.stage import Stage
from tests.scenarios.steps import seen, step, write_answer

WHICH = "Фото сохранено. К какому заказу оно?"


def _waiting(stage: Stage) -> list[bytes]:
    return [path.read_bytes() for path in (stage.folder / "data/photos/incoming").glob("*.*")]


@pytest.mark.requirement("R14", "R23")
async def test_a_photo_of_no_known_order_waits_until_its_sender_and_nobody_else_has_placed_it(
    stage: Stage,
) -> None:
    first, second, hers = await stage.assigned(), await stage.assigned(), await stage.assigned("florist2")
    sent = await stage.driver.photo("florist", a_jpeg())
    asked = await stage.driver.wait_message("florist", containing=WHICH)
    assert asked.reply_to_message_id == sent.message_id
    assert sent.photo is not None
    content = await stage.driver.download(sent.photo.url)
    assert _waiting(stage) == [content]
    offered = [text for text in asked.button_texts if first in text or second in text]
    assert len(offered) == 2
    await _another_florist_cannot_place_it(stage, hers)
    (button,) = (text for text in offered if second in text)
    toast = await stage.driver.press("florist", asked.message_id, button)
    assert toast.text == "Фото сохранено."
    await stage.driver.wait_message("florist", containing=f"{second}: Фото сохранено.")
    (photo,) = (await stage.order(second)).progress.photos
    assert (stage.folder / "data/photos" / photo.path).read_bytes() == content
    assert (await stage.order(first)).status is Status.ACCEPTED
    again = await stage.driver.press("florist", asked.message_id, button, stale=True)
    assert again.text == "Это фото уже отнесено к заказу"
    await _the_number_of_somebody_elses_order_places_nothing(stage, hers)


async def _another_florist_cannot_place_it(stage: Stage, number: str) -> None:
    card, order = await stage.card("florist2", number), await stage.order(number)
    data = PhotoFor(photo=1, order=order.id).pack()
    toast = await stage.driver.forge("florist2", card.message_id, data)
    assert toast.answered
    assert await stage.order(number) == order
    assert len(_waiting(stage)) == 1


async def _the_number_of_somebody_elses_order_places_nothing(stage: Stage, number: str) -> None:
    before = await stage.left_by_staff(number)
    await stage.driver.photo("florist", a_jpeg("#445566"), caption=number)
    await stage.driver.wait_message("florist", containing=f"Заказа {number} здесь нет.")
    assert await stage.left_by_staff(number) == before
    assert len(_waiting(stage)) == 1


@pytest.mark.requirement("R23")
async def test_a_photo_that_an_order_does_not_take_is_told_why_and_can_still_be_placed(stage: Stage) -> None:
    live, other = await stage.assigned(), await stage.assigned()
    await stage.tap("florist", live, "Загрузить фото")
    await stage.driver.wait_message("florist", containing=f"Пришлите фото заказа {live}")
    sent = await stage.driver.album("florist", [a_jpeg("#ff0000"), a_jpeg("#00ff00")], caption="99999999")
    asked = await stage.driver.wait_message("florist", containing="Заказа 99999999 здесь нет.")
    assert asked.reply_to_message_id == sent[0].message_id
    await stage.card("florist", live, "Принят · ")
    (button,) = (text for text in asked.button_texts if other in text)
    await stage.driver.press("florist", asked.message_id, button)
    await stage.card("director", other, "Фото · ")
    await _in_the_group(stage)
    await _of_a_finished_order(stage)


async def _of_a_finished_order(stage: Stage) -> None:
    live, number = await stage.assigned(), await stage.assigned()
    await step(stage, "florist", number, "Я доставлю")
    await write_answer(stage, "florist", number, "Клиент попросил без фото")
    await stage.card("florist", number, "Курьер вышел")
    await stage.tap("florist", number, "Выполнен")
    await stage.tap("florist", number, "Лично")
    await seen(stage, "florist", number, "Выполнен · ")
    before, waiting = await stage.left_by_staff(number), len(_waiting(stage))

    await stage.driver.photo("florist", a_jpeg(), caption=number)
    asked = await stage.driver.wait_message("florist", containing="Заказ уже выполнен.\nФото сохранено.")
    assert await stage.left_by_staff(number) == before
    assert len(_waiting(stage)) == waiting + 1
    (button,) = (text for text in asked.button_texts if live in text)
    await stage.driver.press("florist", asked.message_id, button)
    await stage.card("florist", live, "Фото · ")


async def _in_the_group(stage: Stage) -> None:
    live, number = await stage.assigned(), await stage.new_order()
    line = await stage.driver.wait_message("florist", containing=number, chat="group")

    async def is_known() -> bool:
        """The bot knows which order the line is of."""
        async with look_into(stage) as c:
            return line.message_id in set(await c.scalars(select(cards.c.message_id)))

    await eventually(is_known, seconds=PATIENCE, pause=0.1)
    mark = await stage.driver.mark()
    await stage.driver.photo("florist", a_jpeg("#778899"), chat="group", reply_to=line.message_id)
    asked = await stage.driver.wait_message("florist", containing=WHICH, since=mark)
    (button,) = (text for text in asked.button_texts if live in text)
    await stage.driver.press("florist", asked.message_id, button)
    await stage.card("florist", live, "Фото · ")
