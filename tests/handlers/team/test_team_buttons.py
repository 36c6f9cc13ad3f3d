"""Old and forged buttons of the staff list do for each role what the table of rights says, and no more."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from messages.callbacks.team import TeamDo, TeamTap
from orders.access.roles import OverPeople, Target, may_with
from orders.model.people import STAFF_ROLES, Actor, Role
from orders.model.rules import ShopRules
from storage.shop import shops
from storage.shop.shops import Shop as ShopRow
from storage.team import staff
from storage.team.staff import Member
from tests.handlers.conftest import DIRECTOR, Shop
from tests.handlers.team.conftest import CHATS, COURIER, FLORIST, MANAGER, join

pytestmark = pytest.mark.requirement("R14", "R17", "X6")

EVERYBODY = {Role.DIRECTOR: DIRECTOR, **CHATS}
NOT_YOURS = "Это может сделать только директор или менеджер."
DIRECTOR_STAYS = "Это директор магазина, его роль здесь не меняется."
GONE = "Этого сотрудника больше нет в магазине."
OTHER_SHOP = "Эта кнопка вам недоступна или устарела. Откройте заказ заново."
QUESTION_OVER = "Этот вопрос уже закрыт"
REFUSED = {NOT_YOURS, DIRECTOR_STAYS, GONE, OTHER_SHOP}
OVER_PEOPLE: Mapping[OverPeople, TeamDo] = {
    OverPeople.ADD: TeamDo.ADD,
    OverPeople.RENAME: TeamDo.RENAME,
    OverPeople.REMOVE: TeamDo.REMOVE,
    OverPeople.CHANGE_ROLE: TeamDo.SET_ROLE,
}


def tap(what: TeamDo, target: int = 0, arg: str = "", shop: int = 1) -> str:
    return TeamTap(do=what, shop=shop, id=target, arg=arg).pack()


async def team(shop: Shop) -> list[Member]:
    async with shop.app.database.snapshot() as c:
        return list(await staff.of_shop(c, 1))


async def add(shop: Shop, shop_id: int, phone: str, role: Role) -> int:
    async with shop.app.database.write() as c:
        return (await staff.add(c, shop_id, phone, "Коллега", role)).staff_id


async def another_shop(shop: Shop) -> int:
    async with shop.app.database.write() as c:
        return (await shops.put(c, ShopRow(0, 999, "Чужие цветы", "ru", ShopRules(), None))).id


async def is_let_in(shop: Shop, person: int, data: str) -> bool:
    [said, *_] = await shop.hears(person, data=data) or [""]
    return said not in REFUSED


def over(what: OverPeople, target: int, shop_id: int, theirs: Role) -> str:
    other = Role.COURIER if theirs is Role.SELLER else Role.SELLER
    return tap(OVER_PEOPLE[what], target, other.value if what is OverPeople.CHANGE_ROLE else "", shop_id)


def test_every_act_over_people_has_its_button() -> None:
    assert set(OVER_PEOPLE) == set(OverPeople)
    assert set(EVERYBODY) == set(STAFF_ROLES)


@pytest.mark.parametrize("role", STAFF_ROLES)
async def test_people_are_changed_by_whom_the_table_names_and_in_ones_own_shop(
    shop: Shop, role: Role
) -> None:
    for one in CHATS:
        await join(shop, one)
    other, person, actor = await another_shop(shop), EVERYBODY[role], Actor(role, 0, "", 1)
    for index, theirs in enumerate(STAFF_ROLES):
        here = await add(shop, 1, f"+7916111000{index}", theirs)
        strange = await add(shop, other, f"+7916222000{index}", theirs)
        for what in (OverPeople.RENAME, OverPeople.REMOVE, OverPeople.CHANGE_ROLE):
            for shop_id in (1, other):  # named as if they were here, and where they are
                assert not await is_let_in(shop, person, over(what, strange, shop_id, theirs))
            wanted = may_with(actor, what, Target(theirs, 1, here))
            assert await is_let_in(shop, person, over(what, here, 1, theirs)) is wanted, (what, theirs)
    may_add = any(may_with(actor, OverPeople.ADD, Target(one, 1)) for one in STAFF_ROLES)
    assert await is_let_in(shop, person, over(OverPeople.ADD, 0, 1, role)) is may_add
    assert not await is_let_in(shop, person, over(OverPeople.ADD, 0, other, role))


async def test_florists_and_couriers_reach_nothing_of_it_and_a_manager_no_director(shop: Shop) -> None:
    for one in CHATS:
        await join(shop, one)
    people = await team(shop)
    ids = {member.role: member.staff_id for member in people}
    boss, manager, florist = ids[Role.DIRECTOR], ids[Role.MANAGER], ids[Role.SELLER]
    for person in (FLORIST, COURIER):
        for what in set(TeamDo) - {TeamDo.ME, TeamDo.LEAVE, TeamDo.LEAVE_YES, TeamDo.ROLE}:
            assert await shop.hears(person, data=tap(what, manager, "seller")) == [NOT_YOURS], what
        for words in ("Сотрудники", "/team"):
            assert "".join(await shop.hears(person, text=words)).startswith("Не понял."), words
    for what in (TeamDo.SET_ROLE, TeamDo.RENAME, TeamDo.REMOVE, TeamDo.REMOVE_YES):
        assert await shop.hears(MANAGER, data=tap(what, boss, "seller")) == [DIRECTOR_STAYS], what
        assert await shop.hears(MANAGER, data=tap(what, 999, "seller")) == [GONE], what
    assert await shop.hears(MANAGER, data=tap(TeamDo.SET_ROLE, florist, "director")) == [NOT_YOURS]
    assert await shop.hears(MANAGER, data=tap(TeamDo.SET_ROLE, florist, "seller", 999)) == [OTHER_SHOP]
    assert await team(shop) == people


async def test_a_role_without_a_dialogue_or_a_made_up_one_adds_nobody(shop: Shop) -> None:
    before = await team(shop)
    roles = ("seller", "director", "client", "king", "")
    taps = {role: tap(TeamDo.ROLE, arg=role) for role in roles}
    assert await shop.hears(DIRECTOR, data=taps["seller"]) == [QUESTION_OVER]
    await shop.hears(DIRECTOR, data=tap(TeamDo.ADD))
    assert await shop.hears(DIRECTOR, data=taps["seller"]) == [QUESTION_OVER]
    asked = await shop.hears(DIRECTOR, text="Оля +79990000002")
    assert "Кем добавить?" in "".join(asked)
    for role in roles[1:]:
        assert await shop.hears(DIRECTOR, data=taps[role]) == [QUESTION_OVER], role
    assert await team(shop) == before


@pytest.mark.parametrize(
    "words", ["+7 999 000-00-02 Оля", "Оля, +79990000002", "тел. +7(999)000-00-02", "79990000002 Оля"]
)
async def test_a_phone_and_a_name_come_in_any_order(shop: Shop, words: str) -> None:
    await shop.hears(DIRECTOR, data=tap(TeamDo.ADD))
    await shop.hears(DIRECTOR, text=words)
    await shop.hears(DIRECTOR, data=tap(TeamDo.ROLE, arg="seller"))
    [added] = [one for one in await team(shop) if one.phone == "+79990000002"]
    assert added.role is Role.SELLER
    assert added.name == ("Оля" if "Оля" in words else added.name)
