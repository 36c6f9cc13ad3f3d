"""What is in the pack for the day, and when somebody gets one by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from orders.schedule.day_pack import day_pack, is_due, routes
from orders.steps import commands as do
from tests.builders import DIRECTOR, MANAGER, NOON, RULES, a_window, an_order

HOUR = timedelta(hours=1)


@pytest.mark.requirement("X9")
def test_the_pack_holds_what_is_not_over_by_the_hour_and_leaves_out_what_is_later() -> None:
    orders = [
        an_order(number="late", window=a_window(NOON + 4 * HOUR)),
        an_order(number="soon", window=a_window(NOON + HOUR)),
        an_order(number="tomorrow", window=a_window(NOON + 24 * HOUR)),
        an_order(number="after", window=a_window(NOON + 48 * HOUR)),
        an_order(number="left over", window=a_window(NOON - 24 * HOUR)),
        an_order(number="untimed", window=None),
        an_order((do.Decline("нет цветов"), DIRECTOR), number="declined", window=a_window(NOON + HOUR)),
    ]
    pack = day_pack(orders, RULES, NOON)

    assert [one.number for one in pack.of_today] == ["soon", "late"]
    assert [one.number for one in pack.orders] == ["left over", "soon", "late", "untimed", "tomorrow"]


@pytest.mark.requirement("X9")
def test_a_day_is_the_day_of_the_shop() -> None:
    order = an_order(window=a_window(NOON + 10 * HOUR))  # 22:00 in Moscow, tomorrow in Vladivostok

    assert day_pack([order], RULES, NOON).of_today
    assert day_pack([order], replace(RULES, timezone="Asia/Vladivostok"), NOON).of_tomorrow


MORNING = datetime.combine(NOON.date(), time(7, 30), RULES.zone)


@pytest.mark.requirement("X9", "R78")
@pytest.mark.parametrize(
    ("minutes", "last", "wanted"),
    [
        (-1, None, False),
        (0, None, True),
        (0, MORNING - timedelta(hours=1), True),
        (5, MORNING, False),
        (170, None, True),
        (181, None, False),
    ],
)
def test_the_morning_brings_one_pack_at_the_time_of_the_shops_rule(
    minutes: int, last: datetime | None, wanted: bool
) -> None:
    now = MORNING + timedelta(minutes=minutes)
    assert is_due(last, RULES, now, None) is wanted
    later = replace(RULES, pack_at=time(9, 30))
    assert not is_due(last, later, now - timedelta(hours=2), None)


@pytest.mark.requirement("X9")
def test_a_pack_that_is_due_just_before_midnight_may_come_after_it() -> None:
    rules = replace(RULES, pack_at=time(23, 50))
    midnight = datetime.combine(NOON.date() + timedelta(days=1), time(), RULES.zone)
    assert is_due(midnight - timedelta(hours=24), rules, midnight + timedelta(minutes=10), None)
    assert not is_due(midnight, rules, midnight + timedelta(minutes=10), None)


@pytest.mark.requirement("X9")
def test_a_trouble_brings_a_pack_once_it_has_lasted_for_some_minutes() -> None:
    trouble = NOON

    def after(minutes: float, last: datetime | None) -> bool:
        return is_due(last, RULES, NOON + timedelta(minutes=minutes), trouble)

    assert not after(4, None)
    assert after(5, None)
    assert after(5, NOON - timedelta(hours=1))
    assert not after(5, NOON - timedelta(minutes=10))
    assert not after(60, NOON + timedelta(minutes=5))


@pytest.mark.requirement("X9")
def test_each_of_the_shops_couriers_has_a_route_of_today() -> None:
    assembled = ((do.Accept(), MANAGER), (do.AssignSeller(3, "Оля"), MANAGER))
    brought = (*assembled, (do.AssignCourier(4, "Пётр"), MANAGER))
    pack = day_pack(
        [
            an_order(*brought, number="b", window=a_window(NOON + 3 * HOUR)),
            an_order(*brought, number="a", window=a_window(NOON + 2 * HOUR)),
            an_order(*brought, number="tomorrow", window=a_window(NOON + 24 * HOUR)),
            an_order(*assembled, number="nobody's", window=a_window(NOON + 2 * HOUR)),
        ],
        RULES,
        NOON,
    )
    [route] = routes(pack)

    assert route.carrier.name == "Пётр"
    assert [one.number for one in route.orders] == ["a", "b"]
