"""A photo that cannot be placed is kept, and the bot asks; nothing that was sent is lost."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do, PhotoFor
from orders.model.status import Status
from tests.pictures import a_jpeg
from tests.scenarios.aftermath import wait_until_quiet
from tests.scenarios.stage import Stage
from tests.scenarios.steps import assert_refused, goods_without_photo, seen, step, write_answer

WHICH = "Фото сохранено. К какому заказу оно?"


def _waiting(stage: Stage) -> list[bytes]:
    return [path.read_bytes() for path in (stage.folder / "data/photos/incoming").glob("*.*")]


@pytest.mark.requirement("R23")
async def test_a_photo_of_no_known_order_is_kept_and_its_answer_is_taken(stage: Stage) -> None:
    first, second = await stage.assigned(), await stage.assigned()
    sent = await stage.driver.photo("florist", a_jpeg())
    asked = await stage.driver.wait_message("florist", containing=WHICH)
    assert asked.reply_to_message_id == sent.message_id
    assert sent.photo is not None
    content = await stage.driver.download(sent.photo.url)
    assert _waiting(stage) == [content]
    offered = [text for text in asked.button_texts if first in text or second in text]
    assert len(offered) == 2
    assert asked.button_texts[-1] == "Ни к одному"

    (button,) = (text for text in offered if second in text)
    toast = await stage.driver.press("florist", asked.message_id, button)
    assert toast.text == "Фото сохранено."
    await stage.driver.wait_message("florist", containing=f"{second}: Фото сохранено.")
    (photo,) = (await stage.order(second)).progress.photos
    assert (stage.folder / "data/photos" / photo.path).read_bytes() == content
    assert (await stage.order(first)).status is Status.ACCEPTED
    again = await stage.driver.press("florist", asked.message_id, button, stale=True)
    assert again.text == "Это фото уже отнесено к заказу"


@pytest.mark.requirement("R23")
async def test_a_photo_of_none_of_them_waits(stage: Stage) -> None:
    number, _other = await stage.assigned(), await stage.assigned()
    await stage.driver.photo("florist", a_jpeg())
    asked = await stage.driver.wait_message("florist", containing=WHICH)
    toast = await stage.driver.press("florist", asked.message_id, "Ни к одному")
    assert toast.text == "Фото сохранено и подождёт"
    assert len(_waiting(stage)) == 1

    (button,) = (text for text in asked.button_texts if number in text)
    await stage.driver.press("florist", asked.message_id, button)
    await stage.card("florist", number, "Фото · ")


@pytest.mark.requirement("R14", "R23")
async def test_a_waiting_photo_is_placed_only_by_who_sent_it(stage: Stage) -> None:
    number, _other = await stage.assigned(), await stage.assigned()
    other = await stage.assigned("florist2")
    await stage.driver.photo("florist", a_jpeg())
    await stage.driver.wait_message("florist", containing=WHICH)
    card = await stage.card("florist2", other)
    order = await stage.order(other)
    data = PhotoFor(photo=1, order=order.id).pack()
    toast = await stage.driver.forge("florist2", card.message_id, data)
    assert toast.answered
    assert await stage.order(other) == order
    assert (await stage.order(number)).status is Status.ACCEPTED
    assert len(_waiting(stage)) == 1


@pytest.mark.requirement("R14", "R23")
async def test_a_photo_with_the_number_of_somebody_elses_order_is_not_put_there(stage: Stage) -> None:
    number = await stage.assigned("florist2")
    before = await stage.left_by_staff(number)
    await stage.driver.photo("florist", a_jpeg(), caption=number)
    asked = await stage.driver.wait_message("florist", containing=f"Заказа {number} здесь нет.")
    assert asked.text.endswith("Заказов, которым нужно фото, у вас сейчас нет.")
    assert asked.button_texts == []
    assert await stage.left_by_staff(number) == before
    assert len(_waiting(stage)) == 1


@pytest.mark.requirement("R23")
async def test_an_unknown_number_is_told_though_a_photo_is_awaited_and_an_album_is_asked_about_once(
    stage: Stage,
) -> None:
    number, other = await stage.assigned(), await stage.assigned()
    await stage.tap("florist", number, "Загрузить фото")
    await stage.driver.wait_message("florist", containing=f"Пришлите фото заказа {number}")
    sent = await stage.driver.album("florist", [a_jpeg("#ff0000"), a_jpeg("#00ff00")], caption="99999999")
    asked = await stage.driver.wait_message("florist", containing="Заказа 99999999 здесь нет.")
    assert asked.reply_to_message_id == sent[0].message_id
    await stage.card("florist", number, "Принят · ")
    (button,) = (text for text in asked.button_texts if other in text)
    await stage.driver.press("florist", asked.message_id, button)
    await stage.card("director", other, "Фото · ")


@pytest.mark.requirement("R23")
async def test_a_photo_to_a_finished_order_is_refused_with_the_reason_and_kept(stage: Stage) -> None:
    live = await stage.assigned()
    number = await stage.assigned()
    await step(stage, "florist", number, "Я доставлю")
    await write_answer(stage, "florist", number, "Клиент попросил без фото")
    await stage.card("florist", number, "Курьер вышел")
    await stage.tap("florist", number, "Выполнен")
    await stage.tap("florist", number, "Лично")
    await seen(stage, "florist", number, "Выполнен · ")
    before = await stage.left_by_staff(number)

    await stage.driver.photo("florist", a_jpeg(), caption=number)
    asked = await stage.driver.wait_message("florist", containing=WHICH)
    assert asked.text.startswith("Заказ уже выполнен.\nФото сохранено.")
    assert await stage.left_by_staff(number) == before
    assert len(_waiting(stage)) == 1
    (button,) = (text for text in asked.button_texts if live in text)
    await stage.driver.press("florist", asked.message_id, button)
    await stage.card("florist", live, "Фото · ")


@pytest.mark.requirement("R23")
async def test_a_photo_refused_in_the_group_can_still_be_placed(stage: Stage) -> None:
    live = await stage.assigned()
    number = await stage.new_order()
    line = await stage.driver.wait_message("florist", containing=number, chat="group")
    await wait_until_quiet(stage)  # and the bot knows which order the line is of
    await stage.driver.photo("florist", a_jpeg(), chat="group", reply_to=line.message_id)
    asked = await stage.driver.wait_message("florist", containing=WHICH)
    (button,) = (text for text in asked.button_texts if live in text)
    await stage.driver.press("florist", asked.message_id, button)
    await stage.card("florist", live, "Фото · ")


@pytest.mark.requirement("R24")
async def test_goods_of_other_categories_take_no_photo(stage: Stage) -> None:
    number = await stage.accepted("director", "bouquet", products=[goods_without_photo()])
    assert not (await stage.order(number)).details.has_photo_step
    card = await stage.card("director", number, "Принят · ")
    assert "Загрузить фото" not in card.button_texts
    assert "фото до" not in card.text
    words = "Для этого товара фото не нужно."
    await assert_refused(stage, "director", number, Do.PHOTO, words)
    await stage.driver.photo("director", a_jpeg(), caption=number)
    await stage.card("director", number, "🖼 фото")  # a note on the order
    assert not (await stage.order(number)).progress.photos
