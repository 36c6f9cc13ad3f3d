"""A message that its writer edits after it was passed on reaches the other side as a correction (X7)."""

from __future__ import annotations

import pytest

from tests.scenarios.client_steps import follow
from tests.scenarios.stage import Stage
from tests.scenarios.steps import history


@pytest.mark.requirement("X7")
async def test_an_edit_is_passed_on_as_a_correction_and_the_history_keeps_both(stage: Stage) -> None:
    number = await stage.assigned()
    await follow(stage, number)
    said = await stage.driver.text("client", "Привезите к 15, подъезд 3")
    asked = await stage.driver.wait_message("florist", containing="подъезд 3")
    await stage.driver.wait_message("client", containing="Передано магазину")

    await stage.driver.edit("client", said.message_id, "Привезите к 17, подъезд 2")
    await stage.driver.wait_message("florist", containing="Исправлено: Привезите к 17, подъезд 2")
    await stage.driver.wait_message("client", containing="Исправление передано магазину")

    answer = await stage.driver.text("florist", "Привезём к 17", reply_to=asked.message_id)
    await stage.driver.wait_message("florist", containing="Отправлено клиенту.")
    await stage.driver.edit("florist", answer.message_id, "Привезём к 18")
    await stage.driver.wait_message("client", containing="Исправлено: Привезём к 18")
    lines = await history(stage, "director", number)
    assert any("подъезд 3" in line for line in lines), lines
    assert any("подъезд 2" in line for line in lines), lines
