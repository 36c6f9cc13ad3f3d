from __future__ import annotations

import pytest

from services.team.visitors import Visitors
from storage.db.database import Database
from storage.team import staff
from tests.builders import MANAGER
from tests.services.workplace import MANAGER_CHAT


@pytest.mark.requirement("X6")
async def test_a_person_changes_only_to_a_shop_in_which_they_work(database: Database) -> None:
    visitors = Visitors(database)
    async with database.snapshot() as c:
        here = await staff.get(c, MANAGER.staff_id or 0, 1)
    assert here is not None
    assert await visitors.change_place(here, 2) is None
    async with database.write() as c:
        added = await staff.add(c, 2, here.phone, here.name, here.role)
        await staff.go_to(c, here.staff_id, 1)
    there = await visitors.change_place(here, 2)
    assert there is not None
    assert (there.staff_id, there.shop_id) == (added.staff_id, 2)
    [(current, _shop), *_] = await visitors.places(MANAGER_CHAT)
    assert current.shop_id == 2
