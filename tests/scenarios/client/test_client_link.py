"""The client follows the order by a link (X7)."""

from __future__ import annotations

import pytest

from messages.callbacks.client import ClientDo, ClientTap
from tests.pictures import a_jpeg
from tests.scenarios.client_steps import client_card, follow
from tests.scenarios.stage import Stage
from tests.scenarios.steps import forge, history, on_the_way, photographed, step, upload


@pytest.mark.requirement("X7", "R26", "R32", "R33")
async def test_the_client_sees_how_far_it_is_and_rates_the_photo(stage: Stage) -> None:
    number = await photographed(stage)
    card = await follow(stage, number)
    assert "Посмотрите фото" in card.text
    assert card.button_texts == ["Написать магазину"]
    photo = await stage.driver.wait_message("client", lambda seen: seen.photo is not None)
    assert photo.text == f"Заказ {number} готов. Всё ли нравится?"

    await stage.driver.press("client", photo.message_id, "👎 Поправить")
    asked = await stage.driver.wait_message("client", containing="что поправить?")
    toast = await stage.driver.press("client", asked.message_id, "Цвет не тот")
    assert toast.text == "Записано, магазин пришлёт новое фото."
    await stage.card("florist", number, "Клиент просит поправить: Цвет не тот")
    await client_card(stage, number, "Вы просили поправить: Цвет не тот")

    await stage.tap("florist", number, "Загрузить фото")
    await upload(stage, "florist", number, a_jpeg("#654321"))
    second = await stage.driver.wait_message("client", containing="Теперь всё хорошо?")
    old = await stage.driver.press("client", photo.message_id, "👍 Нравится")
    assert old.text == "Есть новое фото, оцените, пожалуйста, его."
    toast = await stage.driver.press("client", second.message_id, "👍 Нравится")
    assert toast.text == "Спасибо, магазин это видит."
    again = await stage.driver.press("client", second.message_id, "👍 Нравится")
    assert again.text == "Это уже записано."
    await stage.card("director", number, "Клиенту фото нравится")
    told = await history(stage, "director", number)
    assert any("клиент" in line and "Цвет не тот" in line for line in told)

    order = await stage.order(number)
    forged = ClientTap(do=ClientDo.LIKED, order=order.id, arg=2).pack()
    for person in ("stranger", "courier2"):
        await stage.driver.start(person)
        await stage.driver.wait_message(person)
        toast = await forge(stage, person, forged)
        assert (toast.text or "").startswith("Эта ссылка больше не действует")


@pytest.mark.requirement("X23", "X30")
async def test_the_client_sees_the_courier_on_a_map_the_hand_over_and_a_way_to_complain(stage: Stage) -> None:
    number = await on_the_way(stage)
    card = await follow(stage, number)
    assert "●принят ●собран ●в пути ○вручён" in card.text
    await step(stage, "courier", number, "Показать клиенту, где я")
    await stage.driver.wait_message("courier", containing="Транслировать геопозицию")
    live = await stage.driver.location("courier", 55.75, 37.61, live_period=900)
    shown = await stage.driver.wait_message("client", lambda seen: seen.location is not None)
    assert (shown.location or {})["latitude"] == 55.75
    assert shown.silent
    await stage.driver.photo("courier", a_jpeg("#225588"))
    await stage.driver.wait_message("courier", containing=f"{number}: Фото вручения сохранено.")
    await step(stage, "courier", number, "Выполнен")
    await stage.tap("courier", number, "Лично")
    thanks = await client_card(stage, number, "●вручён")
    await stage.driver.wait_message(
        "client", lambda seen: seen.photo is not None, containing=f"Заказ {number} вручён."
    )
    assert (await stage.driver.message("client", shown.message_id)).deleted
    await stage.driver.move("courier", live.message_id, 55.76, 37.61)

    await stage.driver.press("client", thanks.message_id, "Что-то не так")
    await stage.driver.wait_message("client", containing=f"Что не так с заказом {number}?")
    await stage.driver.text("client", "Розы завяли")
    await stage.card("director", number, "Розы завяли")
    assert [one for one in await stage.driver.messages("client") if one.location and not one.deleted] == []
