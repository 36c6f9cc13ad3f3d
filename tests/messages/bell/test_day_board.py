"""The buttons of the pinned board (X19)."""

from __future__ import annotations

from messages.bell.day_board import day_board
from orders.bell.board import Today
from tests.builders import ACCEPTED, COURIER, COURIER_ASSIGNED, NOON, RULES, an_order
from tests.messages.journeys import RU, labels


def test_a_courier_tells_orders_for_one_house_apart_though_their_numbers_end_alike() -> None:
    orders = [
        an_order(ACCEPTED, COURIER_ASSIGNED, number=number, address="Лесная 5, кв 12")
        for number in ("25184711", "25194711")
    ]
    first, second = labels(day_board(Today(tuple(orders), 0), 0, COURIER, RULES, NOON, RU))[0]
    assert (first[-6:], second[-6:]) == (" 84711", " 94711")
    assert len(first) <= 16
    assert first.startswith("14:00 ")
