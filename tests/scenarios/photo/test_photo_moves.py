"""A photo that went to the wrong order is moved to the right one, and back (R23)."""

from __future__ import annotations

import pytest

from messages.callbacks.photos import MoveDo, MoveTap
from orders.model.status import Status
from sandbox.driver import SeenMessage
from tests.pictures import a_bouquet, a_jpeg
from tests.scenarios.client_steps import follow
from tests.scenarios.photo.versions import has_photos
from tests.scenarios.stage import Stage
from tests.scenarios.steps import forge, history, marketplace_knows, photographed, upload

WRONG = "Не тот заказ?"


async def press_wrong(stage: Stage, told: SeenMessage, right: str) -> str:
    """«Не тот заказ?», and the label of the right one among those that are offered."""
    await stage.driver.press("florist", told.message_id, WRONG)
    asked = await stage.driver.wait_message("florist", containing="К какому заказу его отнести?")
    (label,) = (text for text in asked.button_texts if right in text)
    return label


@pytest.mark.requirement("R14", "R23", "R25", "X4", "X5")
async def test_an_album_sent_to_the_wrong_order_is_moved_whole_and_can_be_moved_back(stage: Stage) -> None:
    wrong, right = await stage.assigned(), await stage.assigned()
    hers = await stage.assigned("florist2")
    await stage.driver.album("florist", [a_jpeg("#ff0000"), a_bouquet()], caption=wrong)
    await has_photos(stage, wrong, 2)
    told = await stage.driver.wait_message("florist", lambda message: WRONG in message.button_texts)
    await _it_goes_only_where_its_mover_works(stage, wrong, hers)
    label = await press_wrong(stage, told, right)
    toast = await stage.driver.press("florist", told.message_id, label)
    assert toast.text == "Фото перенесено в другой заказ."
    moved = await stage.driver.wait_message("florist", containing=f"Фото перенесено: {wrong} → {right}.")
    assert f"У заказа {wrong} снова нет фото" in moved.text
    await stage.card("florist", wrong, "Принят · ")
    await stage.card("florist", right, "Фото · ")
    assert "2-я версия" in (await stage.details("florist", right)).text
    for photo in (await stage.order(right)).progress.photos:
        assert (stage.folder / "data/photos" / photo.path).is_file()
        assert f"/{right}/" in photo.path
    again = await stage.driver.press("florist", moved.message_id, label, stale=True)
    assert again.text == "Заказ принят, этот шаг пока невозможен. Откройте карточку заново."

    await stage.driver.press("florist", moved.message_id, "Вернуть назад")
    await stage.driver.wait_message("florist", containing=f"{wrong}: Фото сохранено.")
    await stage.card("florist", right, "Принят · ")
    await stage.card("florist", wrong, "Фото · ")
    assert (await stage.order(right)).progress.photos == ()
    lines = [line.partition(": ")[2] for line in await history(stage, "director", right)]
    assert lines[-3:] == ["фото, версия 1", "фото, версия 2", f"фото перенесено в заказ {wrong}"]


async def _it_goes_only_where_its_mover_works(stage: Stage, wrong: str, hers: str) -> None:
    first, second = await stage.order(wrong), await stage.order(hers)
    there = MoveTap(do=MoveDo.TO, order=first.id, photo=1, to=second.id).pack()
    for person in ("florist", "florist2"):
        assert (await forge(stage, person, there)).text == "Такого заказа нет, или он назначен не вам."
    assert [(await stage.order(one)).status for one in (wrong, hers)] == [Status.PHOTO, Status.ACCEPTED]


@pytest.mark.requirement("R23", "R26", "R32", "X7")
async def test_a_photo_that_was_moved_leaves_the_client_is_to_be_replaced_in_the_app_and_its_thumb_is_over(
    stage: Stage,
) -> None:
    right = await stage.assigned()
    wrong = await photographed(stage)
    await follow(stage, wrong)
    first = await stage.driver.wait_message("client", lambda seen: seen.photo is not None)
    told = await stage.driver.wait_message("florist", lambda message: WRONG in message.button_texts)
    await stage.driver.change_order(int(wrong), photoBeforeUrl="https://cdn.example/photo.jpg")
    await marketplace_knows(stage, wrong, Status.PHOTO)
    label = await press_wrong(stage, told, right)
    await stage.driver.press("florist", told.message_id, label)
    await stage.driver.wait_message("florist", containing=f"Во Flowwow у заказа {wrong} осталось чужое фото.")
    card = await stage.card("florist", wrong, "Загрузите новое и замените его в приложении Flowwow.")
    assert card.button_texts[0] == "Загрузить фото"
    await stage.card("florist", right, "Фото · ")
    await stage.driver.wait_message("client", containing="фото другого заказа, магазин его убрал")
    assert not any(seen.photo for seen in await stage.driver.messages("client") if not seen.deleted)
    await stage.tap("florist", wrong, "Загрузить фото")
    await upload(stage, "florist", wrong, a_jpeg("#123456"))
    second = await stage.driver.wait_message(
        "client", lambda seen: seen.photo is not None and seen.message_id > first.message_id
    )
    for thumb in ("👍 Нравится", "👎 Поправить"):
        old = await forge(stage, "client", first.button(thumb).callback_data or "")
        assert old.text == "Есть новое фото, оцените, пожалуйста, его."
    assert (await stage.order(wrong)).progress.rating is None
    await stage.driver.press("client", second.message_id, "👎 Поправить")
    await stage.driver.wait_message("client", containing="что поправить?")
    await stage.driver.text("client", "я" * 4090)
    await stage.driver.wait_message("client", containing="записано: яяя")
    await stage.card("florist", wrong, "Клиент просит поправить: яяя")
