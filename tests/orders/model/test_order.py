from __future__ import annotations

from dataclasses import replace

import pytest

from orders.model.details import Category, Line
from orders.model.order import Order
from orders.model.status import FINAL, Status
from tests.builders import ACCEPTED, NOON, THIRD_PARTY, a_line, a_window, an_order, minutes, some_details
from tests.orders.table import TABLE

WITH_PHOTO_STEP = {
    Category.FLOWERS_GIFTS,
    Category.LIVE_PLANTS,
    Category.CONFECTIONERY,
    Category.TEA_COFFEE,
    Category.HANDMADE,
}


def has_photo_step(*lines: Line) -> bool:
    return some_details(lines=lines).has_photo_step


@pytest.mark.requirement("R24")
@pytest.mark.parametrize("category", Category)
def test_only_five_kinds_of_goods_have_the_photo_step(category: Category) -> None:
    assert has_photo_step(a_line(category=category)) == (category in WITH_PHOTO_STEP)


@pytest.mark.requirement("R24")
def test_one_line_with_the_photo_step_is_enough() -> None:
    other, plant = a_line(category=Category.OTHER), a_line(category=Category.LIVE_PLANTS)
    assert has_photo_step(other, plant)
    assert not has_photo_step(other, other)


@pytest.mark.requirement("R24")
def test_addons_do_not_decide_unless_there_is_nothing_else() -> None:
    card = a_line(name="Открытка", is_addon=True)
    assert not has_photo_step(a_line(category=Category.OTHER), card)
    assert has_photo_step(card)
    assert not has_photo_step(replace(card, category=Category.OTHER))


@pytest.mark.requirement("R24")
def test_an_order_of_which_nothing_is_known_counts_as_flowers() -> None:
    assert has_photo_step()


def test_an_order_is_sorted_by_its_window_else_by_when_it_was_placed() -> None:
    assert an_order(window=a_window(NOON + minutes(90))).deliver_from == NOON + minutes(90)
    assert an_order(window=None).deliver_from == NOON


@pytest.mark.requirement("R41")
def test_only_a_courier_from_outside_is_a_third_party() -> None:
    found: list[Order] = [an_order(ACCEPTED), an_order(ACCEPTED, THIRD_PARTY)]
    assert [order.with_third_party for order in found] == [False, True]


def test_three_statuses_are_final_and_lead_nowhere_but_off_the_list() -> None:
    assert {Status.DONE, Status.CANCELLED, Status.DECLINED} == FINAL
    for status in Status:
        assert an_order(status=status).is_final == (status in FINAL)
    assert all(row.to is at for (at, _), row in TABLE.items() if at in FINAL)
