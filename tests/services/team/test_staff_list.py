from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from orders.model.draft import Draft
from orders.model.people import Actor, Role
from orders.model.status import Status
from orders.steps import commands as do
from services.order.desk import Desk, Incoming
from services.team.staff_list import HOLDS, Newcomer, Team, TeamRefusal, Why
from storage.db.database import Database
from storage.intake import drafts
from storage.sending.shop_notifications import NewsKind
from storage.team import staff
from tests.builders import COURIER, DIRECTOR, MANAGER, NOON, SELLER, some_details
from tests.outbox_rows import take_news
from tests.services.workplace import COURIER_CHAT, DIRECTOR_CHAT, MANAGER_CHAT, SELLER_CHAT, Clock

ZOYA = Actor(Role.DIRECTOR, 6, "Зоя", shop_id=2)
VERA = 5
NEWCOMER = Newcomer("+79160000099", "Лена", 9999, "ru")


@pytest.fixture
def team(database: Database, desk: Desk, clock: Clock) -> Team:
    return Team(database, desk, clock)


async def an_order_of(desk: Desk, number: str, seller: int, name: str) -> int:
    received = await desk.receive(1, Incoming(number, NOON, some_details(), {"id": int(number)}))
    await desk.do(received.order.id, do.Accept(), MANAGER)
    await desk.do(received.order.id, do.AssignSeller(seller, name), MANAGER)
    return received.order.id


async def news(database: Database) -> set[tuple[int, NewsKind, bool]]:
    async with database.write() as c:
        found = await take_news(c)
    return {(one.chat_id, one.kind, one.sound) for one in found}


@pytest.mark.requirement("R14", "R17")
async def test_who_is_removed_gives_back_what_is_not_on_the_way(
    team: Team, desk: Desk, database: Database
) -> None:
    assembled = await an_order_of(desk, "1001", 3, "Оля")
    left = await an_order_of(desk, "1002", 3, "Оля")
    await desk.do(left, do.AttachPhoto("ab" * 32, "p/1.jpg"), SELLER)
    await desk.do(left, do.Dispatch(by_self=True), SELLER)
    others = await an_order_of(desk, "1003", VERA, "Вера")

    member, held = await team.in_hand(DIRECTOR, 3)
    assert member.name == "Оля"
    done = await team.remove(DIRECTOR, 3)
    assert [one.id for one in done.returned] == [one.id for one in held.returned] == [assembled]
    assert [one.id for one in done.on_the_way] == [left]
    orders = {order_id: await desk.look(order_id, DIRECTOR) for order_id in (assembled, left, others)}
    assert orders[assembled].progress.seller is None
    assert orders[assembled].undo is None
    assert orders[left].progress.carrier is not None
    assert orders[others].progress.seller is not None
    assert {one.staff_id for one in await team.members(DIRECTOR)} == {1, 2, 4, 5}
    assert await news(database) == {
        (MANAGER_CHAT, NewsKind.LEFT, True),
        (SELLER_CHAT, NewsKind.REMOVED, True),
    }
    with pytest.raises(TeamRefusal) as refused:
        await team.remove(DIRECTOR, 3)
    assert refused.value.why is Why.GONE
    history = [event for _version, event in await desk.history(assembled, DIRECTOR)]
    assert (history[-1].mark.name, getattr(history[-1], "name", "")) == ("Ирина", "Оля")


@pytest.mark.requirement("R14")
async def test_who_leaves_by_himself_gives_back_his_deliveries_and_is_told_nothing_more(
    team: Team, desk: Desk, database: Database
) -> None:
    order_id = await an_order_of(desk, "1001", VERA, "Вера")
    await desk.do(order_id, do.AssignCourier(4, "Пётр"), MANAGER)
    await team.remove(COURIER, 4)
    order = await desk.look(order_id, MANAGER)
    assert order.progress.carrier is None
    assert order.progress.seller is not None
    assert order.status is Status.ACCEPTED
    assert await news(database) == {
        (DIRECTOR_CHAT, NewsKind.LEFT, True),
        (MANAGER_CHAT, NewsKind.LEFT, True),
    }
    async with database.snapshot() as c:
        assert await staff.by_telegram(c, COURIER_CHAT) == []


@pytest.mark.requirement("R14")
async def test_who_leaves_with_nothing_in_hand_makes_no_sound_and_his_drafts_stay(
    team: Team, database: Database
) -> None:
    async with database.write() as c:
        draft = await drafts.add(c, Draft(0, 1, 2, NOON))
    await team.remove(MANAGER, 2)
    assert await news(database) == {(DIRECTOR_CHAT, NewsKind.LEFT, False)}
    async with database.snapshot() as c:
        assert [one.id for one in await drafts.of_person(c, 1, 1)] == [draft.id]


@pytest.mark.requirement("R14", "X6")
@pytest.mark.parametrize(
    ("actor", "staff_id", "why"),
    [
        (SELLER, VERA, Why.NOT_YOURS),
        (COURIER, 3, Why.NOT_YOURS),
        (MANAGER, 1, Why.DIRECTOR_STAYS),
        (DIRECTOR, 1, Why.DIRECTOR_STAYS),
        (replace(MANAGER, staff_id=5), 2, Why.NOT_YOURS),
        (ZOYA, 3, Why.GONE),
        (DIRECTOR, 6, Why.GONE),
        (replace(DIRECTOR, shop_id=None), 3, Why.NOT_YOURS),
    ],
)
async def test_nobody_removes_whom_the_table_does_not_name(
    team: Team, actor: Actor, staff_id: int, why: Why
) -> None:
    for wish in (team.in_hand(actor, staff_id), team.remove(actor, staff_id)):
        with pytest.raises(TeamRefusal) as refused:
            await wish
        assert refused.value.why is why
    assert len(await team.members(DIRECTOR)) == 5


@pytest.mark.requirement("R14", "R17")
async def test_roles_and_names_change_by_the_table(team: Team) -> None:
    assert (await team.set_role(MANAGER, 3, Role.COURIER)).role is Role.COURIER
    assert (await team.set_role(DIRECTOR, 3, Role.COURIER)).role is Role.COURIER
    assert (await team.rename(MANAGER, 2, "Аня")).name == "Аня"
    wishes = (
        team.set_role(MANAGER, 3, Role.DIRECTOR),
        team.set_role(MANAGER, 1, Role.SELLER),
        team.set_role(MANAGER, 2, Role.SELLER),
        team.set_role(SELLER, 4, Role.SELLER),
        team.rename(MANAGER, 1, "Ира"),
        team.rename(SELLER, 3, "Ольга"),
        team.add(MANAGER, "+79160000010", "Ира", Role.SELLER),
        team.add(MANAGER, "+79160000099", "Ира", Role.DIRECTOR),
        team.add(SELLER, "+79160000099", "Ира", Role.COURIER),
    )
    before = await team.members(DIRECTOR)
    for wish in wishes:
        with pytest.raises(TeamRefusal):
            await wish
    assert await team.members(DIRECTOR) == before


@pytest.mark.requirement("R17")
async def test_an_invitation_is_for_one_person_and_one_time(team: Team, database: Database) -> None:
    token = await team.invite(MANAGER, Role.SELLER)
    joined = await asyncio.gather(
        team.join(token, NEWCOMER),
        team.join(token, replace(NEWCOMER, phone="+79160000098", telegram_id=9998)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in joined) == ["Member", "TeamRefusal"]
    assert await news(database) == {
        (DIRECTOR_CHAT, NewsKind.JOINED, False),
        (MANAGER_CHAT, NewsKind.JOINED, False),
    }
    assert await team.invitations(MANAGER) == []


@pytest.mark.requirement("R17", "X6")
async def test_an_invitation_is_taken_back_runs_out_and_belongs_to_its_shop(team: Team, clock: Clock) -> None:
    token = await team.invite(DIRECTOR, Role.COURIER)
    (open_one,) = await team.invitations(MANAGER)
    assert await team.invitations(ZOYA) == []
    with pytest.raises(TeamRefusal):
        await team.revoke(ZOYA, open_one.id)
    with pytest.raises(TeamRefusal):
        await team.invite(SELLER, Role.COURIER)
    with pytest.raises(TeamRefusal):
        await team.invite(DIRECTOR, Role.DIRECTOR)
    assert (await team.invited(token)).role is Role.COURIER
    await team.revoke(MANAGER, open_one.id)
    late = await team.invite(DIRECTOR, Role.COURIER)
    clock.now = NOON + HOLDS
    for one in (token, late, "x"):
        with pytest.raises(TeamRefusal) as refused:
            await team.join(one, NEWCOMER)
        assert refused.value.why is Why.LINK_OVER


@pytest.mark.requirement("R17", "X6")
async def test_who_works_here_already_stays_what_he_is_and_may_join_another_shop(team: Team) -> None:
    olya = Newcomer("+79160000012", "Оля", SELLER_CHAT, "ru")
    token = await team.invite(DIRECTOR, Role.MANAGER)
    with pytest.raises(TeamRefusal) as refused:
        await team.join(token, olya)
    assert refused.value.why is Why.HERE_ALREADY
    assert (await team.member(DIRECTOR, 3)).role is Role.SELLER
    member = await team.join(await team.invite(ZOYA, Role.COURIER), olya)
    assert (member.staff_id, member.shop_id, member.role) == (3, 2, Role.COURIER)
    assert (await team.member(DIRECTOR, 3)).role is Role.SELLER


@pytest.mark.requirement("R17", "X6")
async def test_who_is_added_in_a_further_shop_has_a_name_of_their_own_there_and_is_told(
    team: Team, database: Database
) -> None:
    olya = await team.add(ZOYA, "+79160000012", "Самозванец", Role.COURIER)
    assert (olya.staff_id, olya.name, olya.shop_id) == (3, "Самозванец", 2)
    assert (await team.member(DIRECTOR, 3)).name == "Оля"
    assert (await team.rename(ZOYA, 3, "Ольга")).name == "Ольга"
    assert (await team.member(DIRECTOR, 3)).name == "Оля"
    assert (await team.rename(MANAGER, 3, "Лёля")).name == "Лёля"
    assert (await team.member(ZOYA, 3)).name == "Ольга"
    vera = await team.add(ZOYA, "+79160000014", "Вероника", Role.SELLER)
    assert (vera.name, vera.telegram_id) == ("Вероника", None)
    assert await news(database) == {(SELLER_CHAT, NewsKind.ADDED, False)}
    await team.add(ZOYA, "+79160000012", "Оля", Role.SELLER)
    assert await news(database) == set()  # no news: another role in the same shop
