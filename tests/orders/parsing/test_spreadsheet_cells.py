from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.parsing.spreadsheet_cells import (
    LARGEST_MINOR,
    Cell,
    columns_of,
    minor_of,
    moment_of,
    name_of,
    text_of,
)

ZONE = timezone(timedelta(hours=3))
CELLS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.datetimes() | st.dates()


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        (4900, 490_000),
        (-98.5, -9_850),
        (0.1 + 0.2, 30),
        (Decimal("12.345"), 1_235),
        ("4900", 490_000),
        ("4 900,50", 490_050),
        ("4\u00a0900,50 ₽", 490_050),
        ("4\u202f900.50 руб.", 490_050),
        ("1,234.56", 123_456),
        ("1.234,56", 123_456),
        ("1.234.567,8", 123_456_780),
        ("1,234", 123_400),
        ("1,2", 120),
        ("0,125", 13),
        ("12'000", 1_200_000),
        ("−98", -9_800),
        ("+98", 9_800),
        ("100.", 10_000),
        ("$5", 500),
        ("(980,00)", -98_000),
        ("(1 980,50 ₽)", -198_050),
        ("980,00-", -98_000),
        ("980,00 −", -98_000),
        ("980,00 ₽-", -98_000),
    ],
)
def test_a_sum_is_read_however_it_is_written(cell: Cell, minor: int) -> None:
    assert minor_of(cell) == minor


@pytest.mark.parametrize(
    "cell",
    [
        None,
        "",
        "-",
        "free",
        "1 000 рублей 5",
        "1e3",
        "--5",
        "(-5)",
        "(5)-",
        "()",
        True,
        float("nan"),
        float("inf"),
        10**30,
        "٣",
        NotImplemented,
    ],
)
def test_what_is_no_sum_is_none(cell: Cell) -> None:
    assert minor_of(cell) is None


@given(st.integers(-LARGEST_MINOR, LARGEST_MINOR))
def test_a_sum_survives_every_way_of_writing_it(minor: int) -> None:
    whole, rest = divmod(abs(minor), 100)
    sign = "-" if minor < 0 else ""
    for separator, point in ((" ", ","), ("\u202f", "."), (",", "."), (".", ","), ("'", ".")):
        grouped = f"{whole:,}".replace(",", separator)
        assert minor_of(f"{sign}{grouped}{point}{rest:02}") == minor
    assert minor_of(Decimal(minor) / 100) == minor


@given(CELLS)
def test_whatever_stands_in_a_cell_is_read_or_passed_over(cell: Cell) -> None:
    minor = minor_of(cell)
    assert minor is None or abs(minor) <= LARGEST_MINOR
    moment = moment_of(cell, ZONE)
    assert moment is None or moment.tzinfo is not None
    assert "\n" not in text_of(cell)
    assert columns_of([cell], {"number": frozenset({"номер"})}) in ({}, {"number": 0})


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("08.03.2026 12:00:00", datetime(2026, 3, 8, 9, 0, tzinfo=UTC)),
        ("8.3.2026 9:05", datetime(2026, 3, 8, 6, 5, tzinfo=UTC)),
        ("08.03.2026", datetime(2026, 3, 7, 21, 0, tzinfo=UTC)),
        (datetime(2026, 3, 8, 12, 0), datetime(2026, 3, 8, 9, 0, tzinfo=UTC)),  # noqa: DTZ001 - as sheets have it
        (date(2026, 3, 8), datetime(2026, 3, 7, 21, 0, tzinfo=UTC)),
        ("31.02.2026", None),
        ("8.03.26", datetime(2026, 3, 7, 21, 0, tzinfo=UTC)),
        ("28/11/2026 10:00", datetime(2026, 11, 28, 7, 0, tzinfo=UTC)),
        ("11/28/2026", datetime(2026, 11, 27, 21, 0, tzinfo=UTC)),
        ("8 марта 2026 г., 12:00", datetime(2026, 3, 8, 9, 0, tzinfo=UTC)),
        ("8 мая 2026", datetime(2026, 5, 7, 21, 0, tzinfo=UTC)),
        ("2026-03-08", datetime(2026, 3, 7, 21, 0, tzinfo=UTC)),
        ("2026-03-08T12:00:00", datetime(2026, 3, 8, 9, 0, tzinfo=UTC)),
        ("2026-03-08T09:00:00Z", datetime(2026, 3, 8, 9, 0, tzinfo=UTC)),
        ("2026-03-08 12:00:00+03:00", datetime(2026, 3, 8, 9, 0, tzinfo=UTC)),
        (46_089, datetime(2026, 3, 7, 21, 0, tzinfo=UTC)),
        (46_089.5, datetime(2026, 3, 8, 9, 0, tzinfo=UTC)),
        ("03/08/2026", None),
        ("2026-13-08", None),
        (4_608_900, None),
        (True, None),
    ],
)
def test_a_moment_is_of_the_zone_of_its_sheet(cell: Cell, moment: datetime | None) -> None:
    assert moment_of(cell, ZONE) == moment


def test_numbers_and_names_lose_what_a_sheet_adds() -> None:
    assert text_of(25836184.0) == "25836184"
    assert text_of(" a\n b ") == "a b"
    assert name_of("  Номер\u00a0заказа: ") == "номер заказа"
    assert columns_of(["x", "Имя", "имя"], {"name": frozenset({"имя"})}) == {"name": 1}
