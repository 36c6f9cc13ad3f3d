"""Who takes the order away, and with what (R24, R38-R44)."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from orders.model.status import Status
from tests.scenarios.stage import Stage
from tests.scenarios.steps import (
    assert_refused,
    choose_answer,
    goods_without_photo,
    history,
    step,
    write_answer,
)


@pytest.mark.requirement("R24", "R38")
async def test_leaving_without_a_photo_needs_a_reason_where_one_is_due(stage: Stage) -> None:
    number = await stage.assigned()
    await stage.tap("florist", number, "Найти курьера")
    await stage.choose("florist", number, "Пётр")
    await stage.card("florist", number, "Пётр")
    toast = await step(stage, "florist", number, "Курьер вышел")
    assert toast.text == "Ответьте на вопрос ниже"
    assert (await stage.order(number)).status is Status.ACCEPTED
    toast = await choose_answer(stage, "florist", number, "Клиент попросил без фото")
    assert (toast.text or "").startswith("В пути. ")
    order = await stage.order(number)
    assert order.status is Status.COURIER_LEFT
    assert order.progress.left_without_photo == "Клиент попросил без фото"
    await stage.card("director", number, "Без фото: Клиент попросил без фото")

    number = await stage.accepted("manager", "bouquet", products=[goods_without_photo()])
    card = await stage.card("manager", number, "Принят · ")
    assert "Загрузить фото" not in card.button_texts
    assert "фото до" not in card.text
    await assert_refused(stage, "manager", number, Do.PHOTO, "Для этого товара фото не нужно.")
    toast = await step(stage, "manager", number, "Я доставлю")
    assert toast.text == "В пути. После вручения нажмите «Выполнен»."
    order = await stage.order(number)
    assert (order.status, order.progress.left_without_photo) == (Status.COURIER_LEFT, "")


@pytest.mark.requirement("X25")
async def test_a_pickup_is_finished_in_the_shop(stage: Stage) -> None:
    number = await stage.accepted("manager", "pickup")
    card = await stage.card("manager", number, "Самовывоз")
    assert not {"Я доставлю", "Найти курьера", "Курьер вышел"} & set(card.button_texts)
    await step(stage, "manager", number, "Выполнен")
    await stage.tap("manager", number, "Лично")
    await choose_answer(stage, "manager", number, "Клиент попросил без фото")
    await write_answer(stage, "manager", number, "58 31 20")
    await stage.card("director", number, "Выполнен · ")
    assert any("код выдачи Flowwow: 583120" in line for line in await history(stage, "director", number))
    done = await stage.order(number)
    assert done.status is Status.DONE
    assert done.progress.left_without_photo == "Клиент попросил без фото"


@pytest.mark.requirement("R41", "R42", "R43", "R45", "R54")
async def test_a_third_party_courier_skips_the_step_and_the_order_goes_to_done(
    stage: Stage,
) -> None:
    number = await stage.assigned()
    await step(stage, "florist", number, "Сторонний курьер")
    asked = await stage.driver.wait_message("florist", containing="кто везёт?")
    assert "За стороннего курьера отвечает магазин." in asked.text
    asked = await write_answer(stage, "florist", number, "Иван")
    assert "как связаться с курьером?" in asked.text
    await write_answer(stage, "florist", number, "8 999 123-45-67")
    below = await stage.card("florist", number, "сторонний курьер Иван · +79991234567")
    assert "Курьер забрал" in below.button_texts
    await stage.tap("florist", number, "Текст курьеру")
    text = await stage.driver.wait_message("florist", containing="Текст для курьера")
    assert "Лесная" in text.text
    assert not [word for word in ("Пионы", "₽", "Игорь") if word in text.text]
    await stage.tap("florist", number, "← Назад")
    await stage.card("director", number, "сторонний курьер Иван · +79991234567")
    order = await stage.order(number)
    assert order.status is Status.ACCEPTED
    line = await stage.driver.wait_message("director", containing="сторонний курьер", chat="group")
    assert number in line.text
    assert "Иван" not in line.text
    assert "123" not in line.text

    await stage.card("florist", number, "Иван")
    await step(stage, "florist", number, "Курьер забрал")
    await choose_answer(stage, "florist", number, "Клиент попросил без фото")
    await stage.card("florist", number, "У стороннего курьера с")
    await step(stage, "florist", number, "Выполнен")
    toast = await stage.tap("florist", number, "Лично")
    assert toast.text == "Выполнен."
    assert (await stage.order(number)).status is Status.DONE
    lines = await history(stage, "director", number)
    assert any("сторонний курьер Иван: +79991234567" in line for line in lines)
    assert any("Без фото: Клиент попросил без фото" in line for line in lines)
