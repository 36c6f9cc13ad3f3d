"""Which order stands where on a person's board."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from orders.bell.board import today_of
from orders.model.details import Window
from orders.model.order import Order, Progress
from orders.model.rules import ShopRules
from orders.model.status import Status
from tests.builders import (
    ACCEPTED,
    DIRECTOR,
    NOON,
    PHOTO_ATTACHED,
    SELLER_ASSIGNED,
    a_mark,
    an_order,
    minutes,
)

pytestmark = pytest.mark.requirement("X15")

RULES = ShopRules(travel_minutes=40, rating_minutes=15, assemble_minutes=20)


@dataclass(frozen=True)
class Row:
    """An order: its window in hours after noon, its status, and whether its photo was taken."""

    number: str
    start: float
    end: float
    status: Status = Status.ACCEPTED
    has_photo: bool = False


def made(row: Row, place: int) -> Order:
    window = Window(NOON + minutes(60 * row.start), NOON + minutes(60 * row.end))
    photographed = (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED) if row.has_photo else ()
    order = an_order(*photographed, id=place, number=row.number, window=window)
    if row.has_photo:
        return order
    return replace(order, progress=Progress(row.status, accepted=a_mark(DIRECTOR, NOON - minutes(5))))


TABLE: list[tuple[str, float, list[Row]]] = [
    ("equal deadlines: the nearest window", 60, [
        Row("11", 4, 5), Row("10", 5, 6),
    ]),
    ("a photo of a later order and the leaving of an earlier one are due together", 170, [
        Row("12", 3.75, 5, has_photo=True), Row("11", 4, 5),
    ]),
    ("the same start: the window that ends first", 60, [
        Row("12", 4, 4.5), Row("11", 4, 6),
    ]),
    ("the same window: the number, by its size", 60, [
        Row("9", 4, 5), Row("10", 4, 5), Row("11", 4, 5),
    ]),
    ("a nearer deadline stands above a smaller number", 60, [
        Row("30", 3, 5), Row("20", 3.5, 4), Row("10", 5, 6),
    ]),
    ("what waits stands above what is under way, the nearest first", 60, [
        Row("30", 4, 5, Status.NEW), Row("20", 5, 6, Status.NEW), Row("10", 3, 4),
    ]),
    ("on the way the end of the window counts, then its start", 60, [
        Row("30", 3, 5, Status.COURIER_LEFT), Row("20", 4, 5, Status.COURIER_LEFT),
        Row("10", 2, 6, Status.COURIER_LEFT),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("at", "rows"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_nearest_deadline_comes_first_then_the_nearest_window_then_the_number(
    at: float, rows: list[Row]
) -> None:
    orders = [made(row, len(rows) - place) for place, row in enumerate(rows)]  # ids say the opposite
    for given in (orders, orders[::-1]):
        board = today_of(given, DIRECTOR, RULES, NOON + minutes(at), {})
        assert [order.number for order in board.orders] == [row.number for row in rows]
