"""Who of the shop reads what the client writes (X7)."""

from __future__ import annotations

import pytest

from orders.model.people import Role
from services.client.conversation import listeners
from storage.team.staff import Member
from tests.builders import (
    ACCEPTED,
    COURIER_ASSIGNED,
    DISPATCHED,
    NOBODY_THERE,
    SELLER_ASSIGNED,
    Given,
    an_order,
)

DIRECTOR, SELLER, COURIER = 1001, 1002, 1003
STAFF = [
    Member(1, 1, Role.DIRECTOR, "Анна", "+71", DIRECTOR, "ru"),
    Member(3, 1, Role.SELLER, "Оля", "+73", SELLER, "ru"),
    Member(4, 1, Role.COURIER, "Пётр", "+74", COURIER, "ru"),
]
ON_THE_WAY = (ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED, DISPATCHED)


@pytest.mark.requirement("X7")
@pytest.mark.parametrize(
    ("story", "readers"),
    [
        ((ACCEPTED,), [DIRECTOR]),
        ((ACCEPTED, SELLER_ASSIGNED), [SELLER]),
        (ON_THE_WAY, [SELLER]),
        ((*ON_THE_WAY, NOBODY_THERE), [DIRECTOR, SELLER]),
    ],
    ids=["nobody has it", "its seller", "on the way", "before a closed door"],
)
def test_the_chiefs_read_the_client_too_while_a_courier_waits_before_a_closed_door(
    story: tuple[Given, ...], readers: list[int]
) -> None:
    assert listeners(an_order(*story), [], STAFF) == readers
