from __future__ import annotations

from dataclasses import replace

import pytest

from orders.access.order_access import can_see, parties
from orders.model.people import STAFF_ROLES, Actor, Party, Role
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps.flow import apply, decide
from tests.builders import (
    ACCEPTED,
    COURIER,
    COURIER_ASSIGNED,
    DIRECTOR,
    MANAGER,
    NOON,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    an_order,
    minutes,
)
from tests.orders.table import PEOPLE, at

STANDING = {
    "director": {Party.DIRECTOR},
    "manager": {Party.MANAGER},
    "seller": {Party.ASSIGNED_SELLER},
    "courier": {Party.CARRIER},
    "client": {Party.CLIENT},
    "marketplace": {Party.MARKETPLACE},
}


@pytest.mark.requirement("R14", "X6")
@pytest.mark.parametrize("status", Status)
def test_everybody_stands_to_an_order_as_their_work_makes_them(status: Status) -> None:
    found = {name: parties(at(status), actor) for name, actor in PEOPLE.items()}
    assert found == {name: STANDING.get(name, set()) for name in PEOPLE}


@pytest.mark.requirement("R14")
def test_a_seller_sees_an_order_from_the_moment_it_is_hers_and_no_longer() -> None:
    accepted = an_order(ACCEPTED)
    hers = an_order(ACCEPTED, SELLER_ASSIGNED)
    given_on = decide(hers, do.AssignSeller(5, "Вера"), MANAGER, NOON + minutes(5), RULES)
    assert [can_see(order, SELLER) for order in (accepted, hers, apply(hers, given_on))] == [
        False,
        True,
        False,
    ]
    assert can_see(accepted, DIRECTOR)
    assert can_see(accepted, MANAGER)


@pytest.mark.requirement("R14", "R40")
def test_a_courier_sees_only_what_he_was_given() -> None:
    assert not can_see(an_order(ACCEPTED), COURIER)
    assert can_see(an_order(ACCEPTED, COURIER_ASSIGNED), COURIER)


@pytest.mark.requirement("R39")
def test_a_manager_who_assembles_and_delivers_it_is_all_three() -> None:
    order = an_order(ACCEPTED, (do.AssignSeller(2, "Анна"), MANAGER), (do.AssignCourier(2, "Анна"), MANAGER))
    assert parties(order, MANAGER) == {Party.MANAGER, Party.ASSIGNED_SELLER, Party.CARRIER}


@pytest.mark.requirement("X6")
@pytest.mark.parametrize("role", STAFF_ROLES)
def test_staff_of_another_shop_are_nobody_whatever_they_are_at_home(role: Role) -> None:
    for shop_id in (2, None):
        for staff_id in (3, 4, 99):
            assert parties(at(Status.PHOTO), Actor(role, staff_id, shop_id=shop_id)) == frozenset()


def test_an_order_without_seller_and_courier_is_nobodys_who_has_no_number() -> None:
    assert parties(an_order(ACCEPTED), replace(SELLER, staff_id=None)) == frozenset()
