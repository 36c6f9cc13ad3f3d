"""Photo files that are gone or damaged: whoever wants to see one is told, and so is the operator."""

from __future__ import annotations

import pytest

from tests.pictures import a_jpeg
from tests.scenarios.commands import florist
from tests.scenarios.photo.versions import has_photos
from tests.scenarios.stage import Stage
from tests.scenarios.steps import step

LOST = "на диске нет или он испорчен"


@pytest.mark.requirement("X22")
async def test_of_photos_whose_files_are_lost_or_damaged_whoever_looks_is_told_and_so_is_the_operator(
    stage: Stage,
) -> None:
    number = await stage.assigned()
    for colour in ("#d6336c", "#2b8a3e", "#228be6"):
        await stage.driver.photo("florist", a_jpeg(colour), caption=number)
    await has_photos(stage, number, 3)
    assert "photo files: all there" in (await florist(stage.folder, stage.bot.settings, "doctor")).out
    gone, damaged, _sound = (await stage.order(number)).progress.photos
    (stage.folder / "data/photos" / gone.path).unlink()
    kept = (stage.folder / "data/photos" / damaged.path).read_bytes()
    (stage.folder / "data/photos" / damaged.path).write_bytes(b"damaged")
    await step(stage, "director", number, "Показать фото")
    for version in (1, 2):
        await stage.driver.wait_message("director", containing=f"{number}: файла фото {version} {LOST}")
    await stage.driver.wait_message("director", lambda message: message.photo is not None)

    (stage.folder / "data/photos" / damaged.path).write_bytes(kept)
    await stage.stop_bot()
    for command in (("doctor",), ("backup", "verify")):
        found = await florist(stage.folder, stage.bot.settings, *command)
        words = " ".join(found.out.split()).replace(str(stage.folder) + "/", "")
        assert f"1 photo file is missing in data/photos: orders {number} (1)" in words
        assert "put the folder of photos back" in words
        assert found.code == 1
