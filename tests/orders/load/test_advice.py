"""The advice to take fewer orders for an hour (X28)."""

from __future__ import annotations

from datetime import date

import pytest

from orders.load.advice import Advised, advice, is_before_holiday, rings, spell_for
from orders.load.load import Hour, Load, load_of
from orders.shop.closures import Spell
from tests.builders import minutes
from tests.orders.load.days import MOSCOW, a_capacity, at, order_at

NOW = at(11)


def a_load(shop: int = 2, **hours: int) -> Load:
    """So many orders in these hours, as h13=3."""
    orders = [order_at(at(int(hour[1:]))) for hour, count in hours.items() for _ in range(count)]
    return load_of(orders, (), a_capacity(shop=shop), NOW.date(), MOSCOW)


@pytest.mark.requirement("X28")
def test_an_hour_is_spoken_of_as_soon_as_it_is_full() -> None:
    assert advice([a_load(h13=1)], [], NOW) is None
    assert advice([a_load(h13=2)], [], NOW) == Hour(at(13), 2, 2)


def test_what_is_overfull_comes_before_what_is_full_and_the_earlier_before_the_later() -> None:
    assert advice([a_load(h12=2, h13=3, h14=4)], [], NOW) == Hour(at(13), 3, 3)


def test_nothing_is_said_of_an_hour_that_has_begun() -> None:
    assert advice([a_load(h10=5, h11=5)], [], NOW) is None


@pytest.mark.requirement("X28")
def test_one_shop_gets_one_advice_an_hour() -> None:
    load, told = a_load(h13=5, h14=5), Advised(at(13), NOW, 5)
    assert advice([load], [told], NOW + minutes(59)) is None
    assert advice([load], [told], NOW + minutes(60)) == Hour(at(14), 5, 5)


@pytest.mark.requirement("X28")
def test_an_hour_is_spoken_of_again_only_with_more_orders_and_never_once_dismissed() -> None:
    later = NOW + minutes(60)
    assert advice([a_load(h13=5)], [Advised(at(13), NOW, 5)], later) is None
    assert advice([a_load(h13=6)], [Advised(at(13), NOW, 5)], later) == Hour(at(13), 6, 6)
    assert advice([a_load(h13=6)], [Advised(at(13), NOW, 5, dismissed=True)], later) is None


def test_the_shop_is_hidden_until_the_end_of_the_hour_where_that_is_not_too_long() -> None:
    hour = Hour(at(13), 9, 9)
    assert spell_for(hour, at(13, 0)) is Spell.HOUR
    assert spell_for(hour, at(12)) is Spell.TWO_HOURS
    assert spell_for(hour, at(11, 59)) is Spell.FOUR_HOURS
    assert spell_for(hour, at(10)) is Spell.FOUR_HOURS
    assert spell_for(hour, at(9, 59)) is None


def test_an_hour_far_away_wakes_nobody() -> None:
    hour = Hour(at(13), 9, 9)
    assert rings(hour, at(9))
    assert not rings(hour, at(8, 59))


@pytest.mark.parametrize(
    ("day", "is_before"),
    [
        (date(2026, 3, 1), True),
        (date(2026, 3, 8), True),
        (date(2026, 3, 9), False),
        (date(2026, 2, 20), False),
        (date(2026, 11, 29), True),  # mother's day
        (date(2026, 11, 30), False),
        (date(2026, 12, 31), True),
        (date(2027, 1, 2), False),
    ],
)
def test_the_week_before_a_holiday_is_known(day: date, is_before: bool) -> None:
    assert is_before_holiday(day) is is_before
