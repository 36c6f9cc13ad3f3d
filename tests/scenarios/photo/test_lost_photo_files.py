"""Photo files that are gone or damaged: whoever wants to see one is told, and so is the operator."""

from __future__ import annotations

import pytest

from tests.pictures import a_jpeg
from tests.scenarios.commands import florist
from tests.scenarios.photo.versions import has_photos
from tests.scenarios.stage import Stage
from tests.scenarios.steps import step

LOST = "на диске нет или он испорчен"


@pytest.mark.requirement("X20")
@pytest.mark.parametrize("content", [None, b"damaged"], ids=["gone", "damaged"])
async def test_a_photo_whose_file_is_lost_is_told_and_the_others_are_shown(
    stage: Stage, content: bytes | None
) -> None:
    number = await stage.assigned()
    await stage.driver.photo("florist", a_jpeg(), caption=number)
    await stage.card("director", number, "Фото · ")
    (photo,) = (await stage.order(number)).progress.photos
    file = stage.folder / "data/photos" / photo.path
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    await step(stage, "director", number, "Показать фото")
    told = await stage.driver.wait_message("director", containing=LOST)
    assert told.text.startswith(f"{number}: файла фото 1 ")

    await stage.driver.photo("florist", a_jpeg("#228be6"), caption=number)
    await has_photos(stage, number, 2)
    await step(stage, "director", number, "Показать фото")
    await stage.driver.wait_message("director", lambda message: message.photo is not None)


@pytest.mark.requirement("X11", "R23")
async def test_doctor_and_verify_name_the_orders_whose_photo_files_are_missing(stage: Stage) -> None:
    number = await stage.assigned()
    await stage.driver.photo("florist", a_jpeg(), caption=number)
    await stage.card("director", number, "Фото · ")
    assert "photo files: all there" in (await florist(stage.folder, stage.bot.settings, "doctor")).out
    (photo,) = (await stage.order(number)).progress.photos
    (stage.folder / "data/photos" / photo.path).unlink()
    await stage.stop_bot()
    for command in (("doctor",), ("backup", "verify")):
        found = await florist(stage.folder, stage.bot.settings, *command)
        words = " ".join(found.out.split())
        assert f"1 photo file is missing in data/photos: orders {number} (1)" in words.replace(
            str(stage.folder) + "/", ""
        )
        assert "put the folder of photos back" in words
        assert found.code == 1
