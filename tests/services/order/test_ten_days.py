from __future__ import annotations

import pytest

from services.order.desk import Desk
from storage.db.database import Database
from tests.services.order.days import Day
from tests.services.workplace import Clock


@pytest.mark.requirement("R13", "R46", "R47", "R70")
@pytest.mark.parametrize(
    "day", [1, 2, 3, 4, *(pytest.param(day, marks=pytest.mark.endurance) for day in range(5, 11))]
)
async def test_after_each_step_of_an_ordinary_day_all_is_as_on_paper(
    day: int, desk: Desk, database: Database, clock: Clock
) -> None:
    played = Day(day, desk, database, clock)

    await played.play()

    assert played.differences == [], "\n".join(played.differences[:20])
