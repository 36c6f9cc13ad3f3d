"""The rates at which texts of the corpus are read; the figures stand in docs/orders-by-hand.md."""

from __future__ import annotations

import pytest

from orders.intake.order_text import read_order
from services.phones import phone_finder
from tests.orders.intake.measure import Case, Verdict, cases, rates


@pytest.mark.requirement("X1", "R63", "R68")
@pytest.mark.parametrize(("half", "right", "wrong"), [("tuned", 0.98, 0.01), ("held_out", 0.89, 0.045)])
def test_what_people_write_is_read_right_or_asked(half: str, right: float, wrong: float) -> None:
    """`wrong` counts values that were taken silently; it may only fall."""
    found, faults = rates(half)
    total = sum(sum(counts.values()) for counts in found.values())
    assert sum(counts[Verdict.RIGHT] for counts in found.values()) / total >= right, faults
    assert sum(counts[Verdict.WRONG] for counts in found.values()) / total <= wrong, faults


@pytest.mark.requirement("R62", "R68")
@pytest.mark.parametrize("half", ["tuned", "held_out"])
def test_no_phone_stands_in_a_note(half: str) -> None:
    """Everybody who works on an order reads its notes."""
    found = {
        case.name: phones for case in cases(half) if (phones := phone_finder(case.country)(_notes(case)))
    }
    assert found == {}


def _notes(case: Case) -> str:
    said = case.read().details
    return "\n".join([said.client_note, said.shop_note, said.courier_note, said.payment_note])


@pytest.mark.requirement("R13")
@pytest.mark.parametrize(
    "words", ["Доплата: 300", "предоплата 1000 руб", "+300 ₽ за ленту", "Сдача с 5000 ₽"]
)
def test_what_is_said_of_money_is_a_note_for_those_who_may_read_it(words: str) -> None:
    case = cases("tuned")[0]
    details = read_order(f"Завтра 14:00-15:00, Лесная 5\n{words}", case.now, phone_finder("RU")).details
    assert any(digit in details.payment_note for digit in "135")
    assert details.client_note == ""
