from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.model.money import Money


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("80.00", 8_000),
        ("4900", 490_000),
        ("0", 0),
        ("-12.5", -1_250),
        ("0.005", 1),
        ("0.0049", 0),
        ("-0.005", -1),
        ("1e3", 100_000),
        (" 7.10 ", 710),
    ],
)
def test_a_decimal_sum_is_read_in_kopecks_rounded_half_up(text: str, minor: int) -> None:
    assert Money.parse(text) == Money(minor, "RUB")


def test_a_sum_keeps_its_currency() -> None:
    assert Money.parse("12.30", "KZT") == Money(1_230, "KZT")


@pytest.mark.parametrize(
    "text", ["", "сто", "12,50", "1 000", "NaN", "-nan", "Infinity", "1e999999", "12.30 ₽", "0x10"]
)
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a sum of money"):
        Money.parse(text)


@given(st.text())
def test_any_text_is_a_sum_or_is_refused(text: str) -> None:
    try:
        found = Money.parse(text)
    except ValueError:
        return
    assert isinstance(found.minor, int)


@given(st.integers(-(10**12), 10**12))
def test_a_written_sum_is_read_again(minor: int) -> None:
    assert Money.parse(str(Decimal(minor) / 100)) == Money(minor)


def test_a_share_is_rounded_half_up_to_a_kopeck() -> None:
    assert Money(490_000).percent(Decimal(20)) == Money(98_000)
    assert Money(1).percent(Decimal(50)) == Money(1)
    assert Money(1).percent(Decimal("49.99")) == Money(0)
    assert Money(333, "KZT").percent(Decimal("2.5")) == Money(8, "KZT")


@given(
    st.integers(0, 10**10),
    st.decimals(0, 100, places=2),
)
def test_a_share_is_never_half_a_kopeck_off_nor_more_than_the_whole(minor: int, rate: Decimal) -> None:
    share = Money(minor).percent(rate)
    assert 0 <= share.minor <= minor
    assert abs(share.minor - Decimal(minor) * rate / 100) <= Decimal("0.5")


@given(st.integers(), st.integers())
def test_what_is_added_can_be_taken_away(one: int, other: int) -> None:
    assert Money(one) + Money(other) - Money(other) == Money(one)


def test_two_currencies_are_never_reckoned_together() -> None:
    with pytest.raises(ValueError, match="KZT cannot be reckoned with RUB"):
        Money(1) + Money(1, "KZT")
    with pytest.raises(ValueError, match="RUB cannot be reckoned with KZT"):
        Money(1, "KZT") - Money(1)
