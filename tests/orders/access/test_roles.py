"""The rights of the staff as the marketplace has them, written out by hand."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from orders.access.roles import Act, OverPeople, Target, addable, may, may_with, new_roles
from orders.model.people import STAFF_ROLES, Actor, Role
from tests.builders import CLIENT, DIRECTOR, MANAGER, SELLER

ROOT = Path(__file__).parents[3]
ACTS = {
    "director": set(Act),
    "manager": set(Act) - {Act.RUN_SHOPS, Act.HANDLE_PERSONAL_DATA, Act.EDIT_GUIDE},
    "seller": {Act.SEE_GOODS},
    "courier": set(),
}
OTHERS = {
    # who: what with whom
    ("director", "add"): "manager seller courier",
    ("director", "rename"): "manager seller courier",
    ("director", "change-role"): "director manager seller courier",
    ("director", "remove"): "director manager seller courier",
    ("manager", "add"): "manager seller courier",
    ("manager", "rename"): "seller courier",
    ("manager", "change-role"): "seller courier",
    ("manager", "remove"): "seller courier",
}
ONESELF = {"rename": "director manager", "remove": "manager seller courier"}


def actor(role: Role, shop_id: int = 1) -> Actor:
    return Actor(role, 1, "Анна", shop_id)


@pytest.mark.requirement("R14", "X6")
@pytest.mark.parametrize("act", Act)
def test_the_shop_is_run_by_whom_the_table_names_and_in_their_own_shop_only(act: Act) -> None:
    found = {role.value for role in STAFF_ROLES if may(actor(role), act, 1)}
    assert found == {role for role, acts in ACTS.items() if act in acts}
    assert not [role for role in STAFF_ROLES if may(actor(role), act, 2)]
    assert not may(CLIENT, act, 1)


@pytest.mark.requirement("R14", "X6")
@pytest.mark.parametrize("what", OverPeople)
@pytest.mark.parametrize("role", STAFF_ROLES)
def test_everybody_changes_whom_the_table_names(role: Role, what: OverPeople) -> None:
    for theirs, shop_id in product(STAFF_ROLES, (1, 2)):
        found = may_with(actor(role), what, Target(theirs, shop_id, 2))
        wanted = shop_id == 1 and theirs.value in OTHERS.get((role.value, what.value), "").split()
        assert found == wanted, (theirs, shop_id)
    assert not may_with(actor(role), what, Target(Role.CLIENT, 1, 2))


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("what", OverPeople)
def test_oneself_is_another_matter(what: OverPeople) -> None:
    found = {role.value for role in STAFF_ROLES if may_with(actor(role), what, Target(role, 1, 1))}
    assert found == set(ONESELF.get(what.value, "").split())


@pytest.mark.requirement("R14", "R17")
def test_only_a_director_makes_or_unmakes_one_and_nobody_changes_his_own_role() -> None:
    below = (Role.SELLER, Role.COURIER, Role.MANAGER)
    assert addable(DIRECTOR) == addable(MANAGER) == below
    assert addable(SELLER) == addable(CLIENT) == ()
    assert new_roles(MANAGER, Target(Role.SELLER, 1, 3)) == (Role.COURIER, Role.MANAGER)
    assert new_roles(DIRECTOR, Target(Role.MANAGER, 1, 2)) == (Role.SELLER, Role.COURIER, Role.DIRECTOR)
    assert new_roles(MANAGER, Target(Role.MANAGER, 1, 2)) == ()
    assert new_roles(MANAGER, Target(Role.DIRECTOR, 1, 7)) == ()
    assert new_roles(DIRECTOR, Target(Role.DIRECTOR, 1, 7)) == below
    assert new_roles(DIRECTOR, Target(Role.DIRECTOR, 1, 1)) == ()


@pytest.mark.requirement("R14")
def test_who_the_chiefs_are_is_asked_only_where_somebody_is_told() -> None:
    found = {
        path.stem
        for room in ("orders", "storage", "messages", "flowwow", "handlers", "bot")
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"\bCHIEFS\b", path.read_text(encoding="utf-8"))
    }
    assert found == {"people", "roles", "table"}, "rights stand in `access.roles`"
