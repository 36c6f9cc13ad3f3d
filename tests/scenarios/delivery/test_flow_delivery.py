"""Who takes the order away, and with what (R24, R38-R44)."""

from __future__ import annotations

import pytest

from orders.model.order import CarrierKind
from orders.model.status import Status
from tests.scenarios.stage import Stage
from tests.scenarios.steps import (
    choose_answer,
    goods_without_photo,
    history,
    menu,
    photographed,
    step,
    wait_until_gone,
    with_courier,
    write_answer,
)


@pytest.mark.requirement("R39", "R52")
async def test_the_seller_delivers_it_himself(stage: Stage) -> None:
    number = await photographed(stage)
    toast = await stage.tap("florist", number, "Я доставлю")
    assert toast.text == "В пути. После вручения нажмите «Выполнен»."
    card = await stage.card("florist", number, "Курьер вышел · ")
    assert card.button_texts[0] == "Выполнен"
    assert "Получатель: Мария · +79990000055" in card.text
    await stage.card("director", number, "везёт Оля")
    await stage.tap("florist", number, "Выполнен")
    await stage.tap("florist", number, "Лично")
    await stage.card("director", number, "Выполнен · ")
    assert (await stage.order(number)).status is Status.DONE


@pytest.mark.requirement("R38", "R40", "R44")
async def test_a_courier_of_the_shop_is_found_told_and_leaves(stage: Stage) -> None:
    number = await photographed(stage)
    asked = await menu(stage, "florist", number, "Найти курьера", "Кто повезёт заказ?")
    assert {"Пётр · без заказов", "Семён · без заказов"} <= set(asked.button_texts)
    await stage.choose("florist", number, "Пётр")
    told = await stage.card("courier", number)
    assert not told.silent
    assert "Москва, Лесная ул., 5, кв. 12" in told.text
    assert "телефон скрыт до выезда" in told.text
    assert "₽" not in told.text
    assert "Игорь" not in told.text

    toast = await stage.tap("florist", number, "Курьер вышел")
    assert toast.text == "В пути. «Выполнен» нажмёт курьер: Пётр."
    card = await stage.card("courier", number, "Курьер вышел · ")
    assert "+79990000055" in card.text
    carrier = (await stage.order(number)).progress.carrier
    assert carrier is not None
    assert (carrier.kind, carrier.name) == (CarrierKind.COURIER, "Пётр")


@pytest.mark.requirement("R38")
@pytest.mark.parametrize("button", ["Я доставлю", "Курьер вышел"])
async def test_leaving_without_a_photo_needs_a_reason(stage: Stage, button: str) -> None:
    number = await stage.assigned()
    if button == "Курьер вышел":
        await stage.tap("florist", number, "Найти курьера")
        await stage.choose("florist", number, "Пётр")
    toast = await step(stage, "florist", number, button)
    assert toast.text == "Ответьте на вопрос ниже"
    assert (await stage.order(number)).status is Status.ACCEPTED
    toast = await choose_answer(stage, "florist", number, "Клиент попросил без фото")
    assert (toast.text or "").startswith("В пути. ")

    order = await stage.order(number)
    assert order.status is Status.COURIER_LEFT
    assert order.progress.left_without_photo == "Клиент попросил без фото"
    await stage.card("director", number, "Без фото: Клиент попросил без фото")
    assert any("Без фото: Клиент попросил" in line for line in await history(stage, "director", number))


@pytest.mark.requirement("R24", "R38")
async def test_goods_without_the_photo_step_leave_at_once(stage: Stage) -> None:
    number = await stage.accepted("manager", "bouquet", products=[goods_without_photo()])
    toast = await step(stage, "manager", number, "Я доставлю")
    assert toast.text == "В пути. После вручения нажмите «Выполнен»."
    order = await stage.order(number)
    assert (order.status, order.progress.left_without_photo) == (Status.COURIER_LEFT, "")


@pytest.mark.requirement("R24")
async def test_the_five_categories_have_the_photo_step(stage: Stage) -> None:
    for sample in ("plant", "cake", "tea", "handmade", "bouquet"):
        number = await stage.accepted("manager", sample)
        card = await stage.card("manager", number, "Принят · ")
        assert "фото" in card.text.splitlines()[0], sample


@pytest.mark.requirement("R2", "R54", "X25")
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
@pytest.mark.parametrize("with_photo", [False, True])
async def test_a_third_party_courier_skips_the_step_and_the_order_goes_to_done(
    stage: Stage, *, with_photo: bool
) -> None:
    number = await photographed(stage) if with_photo else await stage.assigned()
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
    assert order.status is (Status.PHOTO if with_photo else Status.ACCEPTED)

    await stage.card("florist", number, "Иван")
    await step(stage, "florist", number, "Курьер забрал")
    if not with_photo:
        await choose_answer(stage, "florist", number, "Клиент попросил без фото")
    await stage.card("florist", number, "У стороннего курьера с")
    await step(stage, "florist", number, "Выполнен")
    toast = await stage.tap("florist", number, "Лично")
    assert toast.text == "Выполнен."
    assert (await stage.order(number)).status is Status.DONE
    lines = await history(stage, "director", number)
    assert any("сторонний курьер Иван: +79991234567" in line for line in lines)
    assert any("Без фото: Клиент попросил без фото" in line for line in lines) is not with_photo


async def test_a_third_party_couriers_name_and_phone_stay_out_of_the_group(stage: Stage) -> None:
    number = await photographed(stage)
    await stage.tap("florist", number, "Сторонний курьер")
    await write_answer(stage, "florist", number, "+7 999 123-45-67 Иван")
    line = await stage.driver.wait_message("director", containing="сторонний курьер", chat="group")
    assert number in line.text
    assert "Иван" not in line.text
    assert "123" not in line.text


@pytest.mark.requirement("R40")
async def test_the_one_who_carries_changes_until_it_leaves(stage: Stage) -> None:
    number = await with_courier(stage)
    await stage.card("florist", number, "Ждём, пока Пётр")
    await stage.tap("florist", number, "Я доставлю")
    await stage.card("florist", number, "Курьер вышел · ")
    carrier = (await stage.order(number)).progress.carrier
    assert carrier is not None
    assert (carrier.kind, carrier.name) == (CarrierKind.SELF, "Оля")
    await wait_until_gone(stage, "courier", number)
