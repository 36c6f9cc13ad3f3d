"""The day on which nothing works: from the card to what to do, one message to support, and its result."""

from __future__ import annotations

import pytest

from tests.scenarios.stage import Stage
from tests.scenarios.steps import step

SOS = "🆘 Что делать?"


@pytest.mark.requirement("R72", "R79", "R87", "R92", "R94")
async def test_a_ready_bouquet_without_a_courier_goes_by_the_guide(stage: Stage) -> None:
    number = await stage.assigned()
    await stage.tap("florist", number, SOS)
    await stage.choose("florist", number, "Готово, а курьера нет")
    await stage.tap("florist", number, "Я доставлю")
    await stage.tap("florist", number, "Написать в поддержку")
    case = await stage.driver.wait_message(
        "florist", lambda seen: "просим второго курьера не присылать" in seen.text
    )
    assert f"Здравствуйте! Заказ {number}." in case.text
    assert "Мария" not in case.text.partition("Здравствуйте")[2]
    toast = await stage.tap("florist", number, "Отправлено")
    assert toast.text == "Сохранено: что, когда и кто отправил"
    await stage.driver.wait_message("florist", lambda seen: "иначе запрос уйдёт в конец очереди" in seen.text)
    await stage.tap("florist", number, "← Назад")
    await step(stage, "florist", number, "Загрузить фото")
    await stage.tap("director", number, SOS)
    await stage.tap("director", number, "← Назад")
    await stage.card("director", number, "Собирает")
    await stage.driver.text("director", SOS)
    await stage.driver.wait_message("director", containing="Что случилось?")
