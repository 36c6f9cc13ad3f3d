"""The shop's day over HTTP: the plan, the load, the report, and a rehearsal of a busier day."""

from __future__ import annotations

import re

import pytest
from PIL import Image

from sandbox.driver import SeenMessage
from tests.scenarios.commands import florist
from tests.scenarios.stage import Stage


async def listed(stage: Stage, person: str, words: str, containing: str) -> SeenMessage:
    """What comes to a key or a command; a menu is replaced by the next one."""
    said = await stage.driver.text(person, words)
    return await stage.driver.wait_message(
        person, lambda seen: seen.message_id > said.message_id, containing=containing
    )


@pytest.mark.requirement("R7", "X10", "X27", "X29")
async def test_the_day_is_planned_its_load_and_report_are_drawn_and_a_busier_one_is_rehearsed(
    stage: Stage,
) -> None:
    first, second = await stage.accepted(), await stage.accepted()

    plan = await listed(stage, "director", "/plan", "собрать 2")
    everybody = next(one for one in plan.button_texts if one.startswith("Назначить всех · 2"))
    await stage.driver.press("director", plan.message_id, everybody)
    for number in (first, second):
        assert (await stage.order(number)).progress.seller is not None
    shared = await stage.driver.wait_message("director", containing="Оля 1")
    assert "Ирина 1" in shared.text

    load = await listed(stage, "director", "/load", "Загрузка, сегодня")
    assert "Успеваете " in load.text
    assert re.search(r"\b2/2\b", load.text)
    await stage.driver.press("director", load.message_id, "Картинкой")
    drawn = await stage.driver.wait_message("director", lambda seen: seen.photo is not None)
    assert "← Загрузка" in drawn.button_texts

    report = await listed(stage, "director", "/report", "2 доставки")
    assert report.photo is not None
    own = await listed(stage, "florist", "Мой день", "1 заказ")
    assert own.photo is not None

    played = await florist(
        stage.folder, stage.bot.settings, "rehearse", "--built-in", "--minutes", "20", "--picture", "day.png"
    )
    assert played.code == 0, played.err
    assert "Оля" in played.out
    with Image.open(stage.folder / "day.png") as picture:
        assert picture.width > 300
