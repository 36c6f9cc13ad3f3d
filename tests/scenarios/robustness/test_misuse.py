"""Somebody who does each step of an order wrong is told each time what is wrong, and what to do instead."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from orders.model.status import Status
from sandbox.driver import SeenMessage
from tests.pictures import a_bouquet, a_jpeg
from tests.scenarios.stage import Stage
from tests.scenarios.steps import assert_refused, marketplace_knows, question, step, write_answer

OTHER_ROLE = "Этот шаг делает другой сотрудник"
NOT_A_PICTURE = "Это не открывается как фото. Пришлите снимок: JPEG, PNG, WebP или HEIC."
NO_PHOTOS = (("Пионы, 15 штук".encode(), "заказ.txt"), (a_jpeg()[:-2000], "../../photo.jpg"))
TOO_LARGE = b"\xff\xd8" + b"\x00" * (20 * 1024 * 1024)
"""More than Telegram hands over."""
NOT_THEIRS = "Такого заказа нет, или он назначен не вам."


async def answer_to(stage: Stage, person: str, sent: SeenMessage) -> SeenMessage:
    """What the bot says below a message."""
    return await stage.driver.wait_message(
        person, lambda m: m.from_bot and m.message_id > sent.message_id and bool(m.text)
    )


@pytest.mark.requirement("R9", "R14", "R18", "R23", "R25")
async def test_every_wrong_step_up_to_the_photo_is_answered_by_what_to_do(stage: Stage) -> None:
    number = await stage.new_order()
    for person in ("florist", "courier"):
        await assert_refused(stage, person, number, Do.ACCEPT, NOT_THEIRS)
    await assert_refused(stage, "manager", number, Do.PHOTO, "Заказ ещё новый. Сначала примите его.")
    card = await stage.card("director", number)
    await stage.tap("manager", number, "Принять")
    await stage.card("manager", number, "Принят")
    twice = await stage.driver.press("director", card.message_id, "Принять", stale=True)
    assert (twice.text or "").startswith("Уже принят: ")

    await stage.tap("manager", number, "Назначить сотрудника")
    await stage.choose("manager", number, "Оля")
    await stage.card("florist", number)
    await assert_refused(stage, "florist2", number, Do.PHOTO, NOT_THEIRS)
    await assert_refused(stage, "florist", number, Do.ASSIGN, OTHER_ROLE)
    await assert_refused(stage, "florist", number, Do.LEFT, "Сначала выберите курьера")

    await stage.tap("florist", number, "Загрузить фото")
    await stage.driver.wait_message("florist", containing=f"Пришлите фото заказа {number}")
    for send in (stage.driver.sticker, stage.driver.voice):  # a note on the order: the photo is still awaited
        await send("florist")
    for content, name in NO_PHOTOS:
        sent = await stage.driver.document("florist", content, name=name)
        told = await answer_to(stage, "florist", sent)
        assert (told.text, told.reply_to_message_id) == (NOT_A_PICTURE, sent.message_id), name
    sent = await stage.driver.document("florist", TOO_LARGE, name="big.jpg")
    told = await answer_to(stage, "florist", sent)
    assert "20 МБ" in told.text
    assert "Пришлите фото обычным способом, не файлом." in told.text
    await stage.driver.photo("florist", a_jpeg(), chat="group", caption=number)  # it answers nothing there
    sent = await stage.driver.photo("florist", a_bouquet(), caption="99999999")
    assert "99999999" in (await answer_to(stage, "florist", sent)).text
    assert (await stage.order(number)).status is Status.ACCEPTED
    await stage.driver.photo("florist", a_bouquet(), caption=number)
    await stage.card("florist", number, "Фото · ")
    assert len((await stage.order(number)).progress.photos) == 1
    assert len([m for m in await stage.driver.messages("director", "group") if m.from_bot]) == 1


@pytest.mark.requirement("R38", "R50", "X4")
async def test_every_wrong_step_up_to_the_door_is_answered_by_what_to_do(stage: Stage) -> None:
    number = await stage.assigned("florist")
    await assert_refused(stage, "florist", number, Do.IN_PERSON, "Заказ ещё не выехал.")
    await step(stage, "florist", number, "Я доставлю")
    asked = await question(stage, "florist", number)
    sent = await stage.driver.sticker("florist")
    answer = await answer_to(stage, "florist", sent)
    assert answer.text != asked.text
    assert (await stage.order(number)).status is Status.ACCEPTED
    await write_answer(stage, "florist", number, "Клиент торопит")
    await stage.card("florist", number, "Курьер вышел")
    for do in (Do.SELF, Do.LEFT):
        await assert_refused(stage, "florist", number, do, "Курьер уже вышел: ")
    await assert_refused(stage, "courier", number, Do.IN_PERSON, NOT_THEIRS)
    await assert_refused(stage, "manager", number, Do.DECLINE, "Курьер уже вышел")

    await stage.tap("florist", number, "Выполнен")
    await stage.tap("florist", number, "Лично")
    await stage.driver.wait_message("florist", containing="✅ Выполнен")
    for person, do in (("florist", Do.IN_PERSON), ("manager", Do.CANCEL_YES), ("manager", Do.PHOTO)):
        await assert_refused(
            stage, person, number, do, "Заказ уже " if person == "manager" else "Уже выполнен: "
        )
    await marketplace_knows(stage, number, Status.DONE)
    await assert_refused(
        stage, "florist", number, Do.UNDO, "Flowwow уже знает об этом шаге, вернуть его нельзя."
    )
    assert (await stage.order(number)).status is Status.DONE
