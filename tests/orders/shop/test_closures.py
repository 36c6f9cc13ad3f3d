from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from orders.shop.closures import Spell, ends_at, next_due
from tests.builders import NOON, RULES, minutes


@pytest.mark.requirement("R8")
@pytest.mark.parametrize(("spell", "hours"), [(Spell.HOUR, 1), (Spell.TWO_HOURS, 2), (Spell.FOUR_HOURS, 4)])
def test_hours_are_hours_from_now(spell: Spell, hours: int) -> None:
    assert ends_at(spell, NOON, RULES) == NOON + timedelta(hours=hours)


@pytest.mark.requirement("R8")
def test_tomorrow_is_the_shops_tomorrow_at_its_opening_time() -> None:
    late = datetime(2026, 3, 8, 21, 30, tzinfo=UTC)  # half past midnight of the 9th in Moscow
    assert ends_at(Spell.TOMORROW, NOON, RULES) == datetime(2026, 3, 9, 6, 0, tzinfo=UTC)
    assert ends_at(Spell.TOMORROW, late, RULES) == datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
    rules = replace(RULES, timezone="Asia/Vladivostok", opens_at=time(8, 30))
    assert ends_at(Spell.TOMORROW, NOON, rules) == datetime(2026, 3, 8, 22, 30, tzinfo=UTC)


def test_an_open_end_never_comes() -> None:
    assert ends_at(Spell.OPEN_END, NOON, RULES) is None
    assert next_due(None, NOON, RULES, reminded=False) is None


@pytest.mark.requirement("R8")
@pytest.mark.parametrize(
    ("now", "reminded", "expected"), [(0, False, 50), (50, False, 60), (55, False, 60), (0, True, 60)]
)
def test_first_people_are_reminded_then_it_ends(now: float, reminded: bool, expected: float) -> None:
    found = next_due(NOON + minutes(60), NOON + minutes(now), RULES, reminded=reminded)
    assert found == NOON + minutes(expected)
