"""Couriers from outside: kept in a list, and called one after another (R43, R45, R89)."""

from __future__ import annotations

import pytest

from orders.model.delivery_facts import CallAnswer
from orders.model.order import CarrierKind
from tests.scenarios.stage import Stage
from tests.scenarios.steps import history, photographed


async def add(stage: Stage, person: str, words: str, containing: str) -> None:
    """Put a spare courier on the list."""
    shown = await stage.driver.wait_message(person, containing="Запасные курьеры: ")
    await stage.driver.press(person, shown.message_id, "Добавить")
    await stage.driver.wait_message(person, containing="Имя и телефон одной строкой")
    await stage.driver.text(person, words)
    await stage.driver.wait_message(person, containing=containing)


@pytest.mark.requirement("R43", "R45", "R89")
async def test_spare_couriers_are_called_one_after_another(stage: Stage) -> None:
    await stage.driver.text("manager", "/spare")
    await add(
        stage, "manager", "Глеб, +7 999 123-45-01\nна машине, центр", "Глеб, +79991234501: на машине, центр"
    )
    await add(stage, "manager", "+7 999 123-45-02 Лев", "Лев, +79991234502")
    await add(stage, "manager", "Инна +7 999 123-45-03", "Запасные курьеры: 3")
    await stage.driver.text("manager", "/spare")
    listed = await stage.driver.wait_message("manager", containing="Запасные курьеры: 3")
    assert listed.button_texts == ["Глеб", "Лев", "Инна", "Добавить"]

    number = await photographed(stage)
    await stage.tap("florist", number, "Найти курьера")
    await stage.tap("florist", number, "Запасные курьеры")
    called = await stage.driver.wait_message("florist", containing="Глеб, +79991234501: на машине")
    assert called.button_texts == ["Едет", "Не может", "Не отвечает", "Следующий", "← Назад"]
    assert (await stage.driver.press("florist", called.message_id, "Не может")).text == "Записано."
    called = await stage.driver.wait_message("florist", containing="Лев, +79991234502")
    assert "Глеб не может: " in called.text
    await stage.driver.press("florist", called.message_id, "Следующий")
    called = await stage.driver.wait_message("florist", containing="Инна, +79991234503")
    await stage.driver.press("florist", called.message_id, "Не отвечает")
    called = await stage.driver.wait_message("florist", containing="Лев, +79991234502")
    assert "Инна не отвечает: " in called.text
    toast = await stage.driver.press("florist", called.message_id, "Едет")
    assert (toast.text or "").startswith("Везёт Лев.")
    assert "отвечает магазин" in (toast.text or "")
    await stage.card("florist", number, "сторонний курьер Лев · +79991234502")

    order = await stage.order(number)
    carrier = order.progress.carrier
    assert carrier is not None
    assert (carrier.kind, carrier.name) == (CarrierKind.THIRD_PARTY, "Лев")
    said = [(call.name, call.answer) for call in order.calls]
    assert said == [("Глеб", CallAnswer.CANNOT), ("Инна", CallAnswer.NO_ANSWER)]
    lines = await history(stage, "director", number)
    assert any("запасной курьер Глеб не может: +79991234501" in line for line in lines)
    assert any("сторонний курьер Лев: +79991234502 · отвечает магазин" in line for line in lines)
