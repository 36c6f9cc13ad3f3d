"""Where it rings is a person's own choice (X14)."""

from __future__ import annotations

from datetime import time

import pytest

from messages.callbacks.bell import HearTap
from orders.bell.ringing import Hearing, Place, Quiet
from storage.bell import hearing
from tests.handlers.conftest import DIRECTOR, STRANGER, Shop

pytestmark = pytest.mark.requirement("X14")


async def kept(shop: Shop) -> Hearing:
    async with shop.app.database.snapshot() as c:
        reached = await hearing.of_shop(c, 1)
    [one] = reached.by_staff.values()
    return one


async def test_a_person_chooses_where_it_rings_and_when_it_is_quiet(shop: Shop) -> None:
    [shown] = await shop.hears(DIRECTOR, text="/sounds")
    assert "Звенит группа магазина, если вы в ней." in shown
    assert "В группе магазина вас нет" in shown
    assert await kept(shop) == Hearing()

    said = await shop.hears(DIRECTOR, data=HearTap(place="private").pack())
    assert said[0] == "Запомнил"
    assert "Звенит здесь." in said[1]
    said = await shop.hears(DIRECTOR, data=HearTap(quiet="22-07").pack())
    assert "Тихие часы: 22:00-07:00." in said[1]
    assert await kept(shop) == Hearing(place=Place.PRIVATE, quiet=Quiet(time(22), time(7)))

    await shop.hears(DIRECTOR, data=HearTap(quiet="-").pack())
    assert await kept(shop) == Hearing(place=Place.PRIVATE)


@pytest.mark.parametrize("tap", [HearTap(place="everywhere"), HearTap(quiet="25-99"), HearTap(quiet="22-")])
async def test_what_no_button_carries_changes_nothing(shop: Shop, tap: HearTap) -> None:
    await shop.hears(DIRECTOR, data=tap.pack())
    assert await kept(shop) == Hearing()


async def test_a_stranger_chooses_nothing(shop: Shop) -> None:
    await shop.hears(STRANGER, data=HearTap(place="both").pack())
    assert await kept(shop) == Hearing()
