"""When what the bot says leaves the chat: each row of the table (X15)."""

from __future__ import annotations

from math import inf

import pytest

from orders.bell.passing import BY_ITSELF, LEAVES, Kind, Leaves, Passing, leaving

pytestmark = pytest.mark.requirement("X15")

ASKED = "asked"


def of(leaves: Leaves) -> list[Kind]:
    return [kind for kind, when in LEAVES.items() if when is leaves]


def test_each_kind_has_its_row() -> None:
    assert set(LEAVES) == set(Kind)
    assert set(LEAVES.values()) > BY_ITSELF


@pytest.mark.parametrize("kind", of(Leaves.NEXT_OF_KIND))
def test_of_these_the_newest_alone_stands(kind: Kind) -> None:
    first, second, third = (Passing(number, kind) for number in range(3))
    other = Passing(9, next(one for one in of(Leaves.NEXT_OF_KIND) if one is not kind))
    assert leaving([first], [], "", read_to=inf) == []
    assert leaving([first, other], [second], "", read_to=inf) == [first]
    assert leaving([first], [second, third], "", read_to=inf) == [first, second]


@pytest.mark.parametrize("kind", of(Leaves.ANSWERED))
def test_a_question_stands_as_long_as_its_dialogue(kind: Kind) -> None:
    question, next_one = Passing(1, kind, ASKED), Passing(2, kind, ASKED)
    assert leaving([question], [], ASKED, read_to=inf) == []
    assert leaving([question], [], "", read_to=inf) == [question]
    assert leaving([question], [], "another", read_to=inf) == [question]
    assert leaving([question], [next_one], ASKED, read_to=inf) == [question]


@pytest.mark.parametrize("kind", of(Leaves.NEXT_TURN))
def test_a_remark_is_read_until_its_reader_goes_on(kind: Kind) -> None:
    first, second = Passing(1, kind), Passing(2, kind)
    assert leaving([], [first, second], "", read_to=inf) == []
    assert leaving([first, second], [], "", read_to=inf) == [first, second]
    assert leaving([first], [second], "", read_to=0) == []
    assert leaving([first, second], [], "", read_to=2) == [first]
