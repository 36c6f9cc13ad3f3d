from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from orders.model.details import Paper
from orders.model.money import Money
from orders.support.compensation import (
    BadSum,
    Compensation,
    Entry,
    EntryKind,
    SumFlaw,
    in_all,
    may_claim,
    month_of,
    read_amount,
    says_refused,
    totals,
    with_entry,
    with_receipt,
    without_last,
)
from tests.builders import ACCEPTED, COURIER, DIRECTOR, MANAGER, NOON, RULES, SELLER, a_mark, an_order

RECEIPT = Paper("ab" * 32, "2026/03/1-claim/0-ab.jpg")


def a_claim(*lines: tuple[EntryKind, Money | None]) -> Compensation:
    entries = tuple(Entry(kind, a_mark(MANAGER), "слова", amount) for kind, amount in lines)
    return Compensation(1, 1, 1, NOON, entries)


@pytest.mark.requirement("R88")
@pytest.mark.parametrize(
    ("words", "currency", "expected"),
    [
        ("такси 450 ₽", "RUB", Money(45_000)),
        ("450", "RUB", Money(45_000)),
        ("за доставку 1 250,50 руб", "RUB", Money(125_050)),
        ("4000", "KZT", Money(400_000, "KZT")),
        ("4000 тенге", "RUB", Money(400_000, "KZT")),
        ("450 ₽, ещё раз: 450 ₽", "RUB", Money(45_000)),
    ],
)
def test_a_sum_is_read_from_the_shops_own_words_with_its_currency(
    words: str, currency: str, expected: Money
) -> None:
    assert read_amount(words, currency) == expected


@pytest.mark.parametrize(
    ("words", "flaw"),
    [
        ("такси", SumFlaw.NONE),
        ("", SumFlaw.NONE),
        ("такси 450 ₽ и чай 100 ₽", SumFlaw.SEVERAL),
        ("0 ₽", SumFlaw.ZERO),
        ("25836184", SumFlaw.LARGE),
    ],
)
def test_what_is_no_single_sum_is_asked_again(words: str, flaw: SumFlaw) -> None:
    with pytest.raises(BadSum) as bad:
        read_amount(words, "RUB")
    assert bad.value.flaw is flaw


@pytest.mark.requirement("R88")
def test_costs_and_payments_add_up_for_each_currency_and_a_withdrawn_line_counts_no_more() -> None:
    claim = a_claim(
        (EntryKind.COST, Money(10)),
        (EntryKind.COST, Money(20)),
        (EntryKind.COST, None),
        (EntryKind.COST, Money(5, "KZT")),
        (EntryKind.ASKED, Money(30)),
        (EntryKind.PAID, Money(7)),
    )
    assert claim.costs == (Money(30), Money(5, "KZT"))
    assert claim.paid == (Money(7),)
    less = without_last(claim, a_mark(DIRECTOR))
    assert less.paid == ()
    assert len(less.entries) == len(claim.entries)
    assert totals([claim, less]).costs == (Money(60), Money(10, "KZT"))
    assert totals([claim, less]).asked == (Money(60),)
    assert totals([claim, less]).paid == (Money(7),)
    assert in_all([]) == ()


@pytest.mark.parametrize(
    ("lines", "over"),
    [
        ((), False),
        (((EntryKind.COST, Money(9)),), False),
        (((EntryKind.ASKED, Money(9)),), False),
        (((EntryKind.ASKED, Money(9)), (EntryKind.PAID, Money(5))), False),
        (((EntryKind.ASKED, Money(9)), (EntryKind.PAID, Money(5)), (EntryKind.PAID, Money(4))), True),
        (((EntryKind.ASKED, Money(9)), (EntryKind.PAID, Money(9, "KZT"))), False),
        (((EntryKind.ASKED, Money(9)), (EntryKind.REFUSED, None)), True),
        (((EntryKind.ASKED, Money(9)), (EntryKind.REFUSED, None), (EntryKind.ASKED, Money(4))), False),
    ],
)
def test_a_claim_is_settled_by_the_whole_sum_or_a_refusal(lines: Any, over: bool) -> None:  # noqa: ANN401
    assert a_claim(*lines).is_over is over


def test_the_same_receipt_twice_is_one() -> None:
    claim = with_entry(a_claim(), Entry(EntryKind.COST, a_mark(MANAGER)))
    twice = with_receipt(with_receipt(claim, 0, RECEIPT), 0, RECEIPT)
    assert twice.entries[0].receipts == (RECEIPT,)


@pytest.mark.requirement("R88", "R13")
def test_only_chiefs_claim_and_only_for_an_order_of_the_marketplace() -> None:
    order = an_order(ACCEPTED)
    assert may_claim(order, DIRECTOR)
    assert may_claim(order, MANAGER)
    assert not may_claim(order, SELLER)
    assert not may_claim(order, COURIER)
    assert not may_claim(an_order(ACCEPTED, number="Р-1"), DIRECTOR)


def test_a_month_begins_by_the_shops_clock_and_goes_back_over_the_year() -> None:
    now = datetime(2026, 1, 31, 21, 30, tzinfo=UTC)  # in Moscow it is February already
    assert (month_of(now, RULES).month, month_of(now, RULES).since) == (
        2,
        datetime(2026, 1, 31, 21, tzinfo=UTC),
    )
    before = month_of(now, RULES, 2)
    assert (before.year, before.month) == (2025, 12)
    assert before.until == month_of(now, RULES, 1).since


def test_a_refusal_is_understood_in_both_languages() -> None:
    assert says_refused("Отказали: нет оснований")
    assert says_refused("Refused")
    assert not says_refused("вернули")
