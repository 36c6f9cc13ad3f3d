from __future__ import annotations

import pytest

from orders.delivery.spare_couriers import SpareCourier, next_to_call
from orders.model.delivery_facts import Call, CallAnswer
from tests.builders import SELLER, a_mark

GLEB, LEV, INNA = (
    SpareCourier(number, name, f"+7916000009{number}", "")
    for number, name in enumerate(("Глеб", "Лев", "Инна"), start=1)
)
ALL = (GLEB, LEV, INNA)


def called(*spares: SpareCourier) -> list[Call]:
    return [Call(spare.name, spare.phone, CallAnswer.NO_ANSWER, a_mark(SELLER)) for spare in spares]


@pytest.mark.requirement("R89")
def test_they_are_called_in_their_order_and_each_once() -> None:
    assert next_to_call(ALL, []) == GLEB
    assert next_to_call(ALL, called(GLEB)) == LEV
    assert next_to_call(ALL, called(GLEB, INNA)) == LEV
    assert next_to_call(ALL, called(*ALL)) is None
    assert next_to_call((), []) is None


@pytest.mark.requirement("R89")
def test_one_may_be_passed_over_and_comes_again_at_the_end() -> None:
    assert next_to_call(ALL, [], after=GLEB.id) == LEV
    assert next_to_call(ALL, called(LEV), after=GLEB.id) == INNA
    assert next_to_call(ALL, called(LEV), after=INNA.id) == GLEB
    assert next_to_call(ALL, called(LEV, GLEB), after=INNA.id) is None
