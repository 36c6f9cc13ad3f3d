"""Everybody tries everything at the doors: role by role, act by act, in their own shop and from another.

What is expected is read from the tables of the rules; those are held against tables written out by hand in
`tests.orders`. An act or a step that is new there, and is not tried here, fails.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import pytest

from orders.access.privacy import Secret, readable
from orders.access.roles import Act, OverPeople, Target, may, may_with
from orders.model.order import Order
from orders.model.people import STAFF_ROLES, Actor, Role
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import TABLE as STEPS
from orders.model.status import Status, Step
from orders.steps import commands as do
from services.goods.goods_desk import GoodsDesk
from services.order.desk import Desk
from services.shop.erasure import Erasure
from services.shop.shop_settings import BadShop, ShopField, ShopSettings
from services.support.guide import EntryGone, Guide
from services.team.staff_list import Team, TeamRefusal
from storage.db.database import Database
from storage.db.errors import NoSuchProduct
from storage.goods import products as goods
from storage.order import orders as order_rows
from storage.photo.photo_files import PhotoFiles
from storage.shop.shops import Shop
from storage.team import invitations, staff
from storage.team.staff import Member
from tests.builders import NOON, a_mark, a_product, minutes
from tests.orders.table import COMMANDS, PEOPLE, TABLE, at
from tests.services.workplace import Clock, an_incoming

NO_BODY = 900
"""A staff id that nothing in shop 1 belongs to."""
ACTORS = tuple(Actor(role, NO_BODY, "Кто-то", shop_id) for role in STAFF_ROLES for shop_id in (1, 2))
HANDLERS_ONLY = frozenset({Act.SEE_GOODS, Act.KEEP_SPARE_COURIERS})
"""Acts that have no door among the services: `tests.scenarios.team.test_rights` tries them in the chat."""


class NothingThere(Exception):  # noqa: N818 - an answer, not an error
    """The door let in, and nothing of shop 1 was behind it."""


@dataclass(frozen=True, slots=True)
class Doors:
    """The services of a shop at work, and what of shop 1 is asked for."""

    desk: Desk
    team: Team
    goods: GoodsDesk
    book: ShopSettings
    erasure: Erasure
    guide: Guide
    order: Order
    product_id: int
    invitation: int
    situation: str


@pytest.fixture
async def doors(database: Database, desk: Desk, clock: Clock, tmp_path: Path) -> Doors:
    async with database.write() as c:
        await goods.put_many(c, 1, [a_product()], NOON)
        product_id = (await goods.by_offer_ids(c, 1, ["p-15"]))["p-15"].id
        await invitations.add(c, 1, Role.SELLER, "token", a_mark(), NOON + minutes(100))
        (invitation,) = await invitations.of_shop(c, 1, NOON)
    order = (await desk.receive(1, an_incoming(NOON))).order
    guide = Guide(database, clock)
    everybody = Actor(Role.DIRECTOR, 1, "Ирина", 1)
    await desk.do(order.id, do.Accept(), everybody)
    order = await desk.do(order.id, do.AssignSeller(5, "Вера"), everybody)
    return Doors(
        desk,
        Team(database, desk, clock),
        GoodsDesk(database, clock),
        ShopSettings(database, clock, settings_shop=2, start=Shop(0, 502, "Мята", "ru", ShopRules())),
        Erasure(database, PhotoFiles(tmp_path), clock),
        guide,
        order,
        product_id,
        invitation.id,
        (await guide.suggest(everybody, "Снегопад\nВыезжать раньше")).key,
    )


Try = Callable[[Doors, Actor], Awaitable[object]]


async def _see_money(doors: Doors, actor: Actor) -> None:
    if Secret.MONEY not in readable(doors.order, actor):
        raise NothingThere


async def _find_personal(doors: Doors, actor: Actor) -> None:
    if not await doors.erasure.find(actor, doors.order.number, None):
        raise NothingThere


async def _rename_shop(doors: Doors, actor: Actor) -> None:
    if (await doors.book.change(actor, ShopField.NAME, "Лепесток и роза")).id != 1:
        raise NothingThere


WAYS: Mapping[Act, Try] = {
    Act.SEE_ALL_ORDERS: lambda doors, actor: doors.desk.look(doors.order.id, actor),
    Act.ENTER_ORDERS: lambda doors, actor: doors.desk.receive(1, an_incoming(NOON, number="1"), actor),
    Act.SEE_MONEY: _see_money,
    Act.CHANGE_GOODS: lambda doors, actor: doors.goods.set_stopped(actor, doors.product_id, stopped=True),
    Act.SEE_TEAM: lambda doors, actor: doors.team.member(actor, 3),
    Act.INVITE: lambda doors, actor: doors.team.revoke(actor, doors.invitation),
    Act.RUN_SHOPS: _rename_shop,
    Act.STAND_IN: lambda doors, actor: doors.desk.do(doors.order.id, do.Release(5), actor),
    Act.EDIT_GUIDE: lambda doors, actor: doors.guide.publish(actor, doors.situation),
    Act.HANDLE_PERSONAL_DATA: _find_personal,
}
"""How each act is tried on something of shop 1."""


async def _lets(wish: Awaitable[object]) -> bool:
    try:
        await wish
    except (Refusal, TeamRefusal, BadShop, NoSuchProduct, NothingThere, EntryGone):
        return False
    return True


@pytest.mark.requirement("R14", "R63", "X6")
@pytest.mark.parametrize("act", [act for act in Act if act not in HANDLERS_ONLY])
@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: f"{actor.role}-{actor.shop_id}")
async def test_what_one_may_do_with_a_shop_is_what_its_doors_allow(
    doors: Doors, act: Act, actor: Actor
) -> None:
    assert await _lets(WAYS[act](doors, actor)) is may(actor, act, 1)


async def _try_add(team: Team, actor: Actor, target: Member) -> object:
    return await team.add(actor, target.phone.replace("+7916", "+7917"), "Новый", target.role)


async def _try_role(team: Team, actor: Actor, target: Member) -> object:
    other = Role.COURIER if target.role is Role.SELLER else Role.SELLER
    return await team.set_role(actor, target.staff_id, other)


OVER_PEOPLE: Mapping[OverPeople, Callable[[Team, Actor, Member], Awaitable[object]]] = {
    OverPeople.ADD: _try_add,
    OverPeople.RENAME: lambda team, actor, target: team.rename(actor, target.staff_id, "Другая"),
    OverPeople.CHANGE_ROLE: _try_role,
    OverPeople.REMOVE: lambda team, actor, target: team.remove(actor, target.staff_id),
}


@pytest.mark.requirement("R14", "R17", "X6")
@pytest.mark.parametrize("what", OverPeople)
@pytest.mark.parametrize("role", STAFF_ROLES)
async def test_what_one_may_do_with_people_is_what_the_door_of_the_team_allows(
    doors: Doors, database: Database, what: OverPeople, role: Role
) -> None:
    async with database.write() as c:  # whoever acts must still have the role they act in
        actor = (await staff.add(c, 1, "+79160000998", "Кто-то", role)).actor
    found, wanted = {}, {}
    for index, (theirs, shop_id) in enumerate(product(STAFF_ROLES, (1, 2))):
        if what is OverPeople.ADD and shop_id == 2:
            continue  # whoever is added comes to one's own shop: another one cannot even be named
        async with database.write() as c:
            target = await staff.add(c, shop_id, f"+7916000009{index}", "Коллега", theirs)
        found[theirs, shop_id] = await _lets(OVER_PEOPLE[what](doors.team, actor, target))
        wanted[theirs, shop_id] = may_with(actor, what, Target(theirs, shop_id, target.staff_id))
        async with database.write() as c:
            await staff.remove(c, target.staff_id, shop_id)
    assert found == wanted


@pytest.mark.requirement("R14", "R53", "X6")
@pytest.mark.parametrize("step", COMMANDS)
async def test_the_desk_grants_each_step_to_whom_the_table_names_and_to_nobody_of_another_shop(
    desk: Desk, database: Database, clock: Clock, step: Step
) -> None:
    clock.now = NOON + minutes(30)
    for status in Status:
        row = TABLE.get((status, step))
        if row is None:
            continue
        async with database.write() as c:
            order = await order_rows.add(c, replace(at(status, step), number=f"{status}-{step}"))
        staff_here = {name: who for name, who in PEOPLE.items() if who.role in STAFF_ROLES}
        for name, actor in staff_here.items():
            granted = await _lets(desk.check(order.id, COMMANDS[step], actor))
            assert granted is (name in row.who), (status, name)
            elsewhere = replace(actor, shop_id=2)
            with pytest.raises(Refusal) as refused:
                await desk.do(order.id, COMMANDS[step], elsewhere)
            assert refused.value.reason is Reason.NOT_FOUND, (status, name)


def test_every_act_and_every_step_has_its_way() -> None:
    assert set(WAYS) | HANDLERS_ONLY == set(Act)
    assert set(OVER_PEOPLE) == set(OverPeople)
    assert {step for _, step in STEPS} == set(COMMANDS) == set(Step) - {Step.UNDO}
