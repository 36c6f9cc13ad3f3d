from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import update

from orders.model.details import Paper
from orders.model.draft import Draft, Field
from orders.model.people import Role
from storage.db.database import Database
from storage.db.errors import NoSuchStaff, UnreadableDocument
from storage.db.tables import drafts as rows
from storage.intake import drafts
from storage.order import orders
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member
from tests.builders import NOON, an_order, minutes, some_details


def a_draft(member: Member, **changes: object) -> Draft:
    draft = Draft(0, member.shop_id, member.staff_id, NOON, details=some_details(papers=(Paper("ab", "p"),)))
    return replace(draft, **changes)  # type: ignore[arg-type]  # any field, as the example wants


async def add(database: Database, draft: Draft) -> Draft:
    async with database.write() as c:
        return await drafts.add(c, draft)


async def test_a_draft_stays_as_it_was_written(database: Database, elsewhere: Database, anna: Member) -> None:
    draft = await add(database, a_draft(anna, number="25836184", taken=frozenset({Field.PAID})))
    async with elsewhere.snapshot() as c:
        assert await drafts.get(c, draft.id) == draft
    changed = replace(draft, number="", changed_at=NOON + minutes(1))
    async with database.write() as c:
        assert await drafts.get(c, draft.id, for_update=True) == draft
        await drafts.save(c, changed)
        await drafts.set_message(c, draft.id, 77)
    async with elsewhere.snapshot() as c:
        assert await drafts.get(c, draft.id) == changed
        assert await drafts.message_of(c, draft.id) == 77
        assert await drafts.message_of(c, 999) == 0


async def test_everybody_has_their_own_the_newest_first(
    database: Database, elsewhere: Database, anna: Member, shop: Shop
) -> None:
    async with database.write() as c:
        vera = await staff.add(c, shop.id, "+79160000011", "Вера", Role.MANAGER)
    first = await add(database, a_draft(anna))
    second = await add(database, a_draft(anna, changed_at=NOON + minutes(5)))
    await add(database, a_draft(vera))
    async with elsewhere.snapshot() as c:
        assert await drafts.of_person(c, anna.staff_id, shop.id) == [second, first]
        assert await drafts.of_person(c, anna.staff_id, shop.id + 1) == []
    async with database.write() as c:
        await drafts.remove(c, second.id)
    async with elsewhere.snapshot() as c:
        assert await drafts.of_person(c, anna.staff_id, shop.id) == [first]


async def test_an_old_button_never_opens_a_later_draft(database: Database, anna: Member) -> None:
    first = await add(database, a_draft(anna))
    async with database.write() as c:
        await drafts.remove(c, first.id)
    assert (await add(database, a_draft(anna))).id != first.id


async def test_a_draft_of_nobody_is_refused(database: Database, anna: Member) -> None:
    with pytest.raises(NoSuchStaff):
        await add(database, a_draft(anna, staff_id=99))


async def test_own_numbers_go_on_after_the_highest_of_orders_and_drafts(
    database: Database, anna: Member
) -> None:
    async with database.write() as c:
        for number in ("Р-9", "Р-10", "Р-x", "25836184"):
            await orders.add(c, an_order(number=number))
    first, second = await add(database, a_draft(anna)), await add(database, a_draft(anna))
    async with database.write() as c:
        assert (await drafts.give_number(c, first)).number == "Р-11"
    async with database.write() as c:
        assert (await drafts.give_number(c, second)).number == "Р-12"


async def test_of_two_drafts_at_once_each_gets_a_number_of_its_own(
    database: Database, elsewhere: Database, anna: Member
) -> None:
    async def give(where: Database, draft: Draft) -> str:
        async with where.write() as c:
            return (await drafts.give_number(c, draft)).number

    made = [await add(database, a_draft(anna)) for _ in range(2)]
    numbers = await asyncio.gather(give(database, made[0]), give(elsewhere, made[1]))
    assert sorted(numbers) == ["Р-1", "Р-2"]


async def test_a_damaged_draft_says_which_it_is(database: Database, anna: Member) -> None:
    draft = await add(database, a_draft(anna))
    async with database.write() as c:
        await c.execute(update(rows).values(document={"number": []}))
    async with database.snapshot() as c:
        with pytest.raises(UnreadableDocument, match=f"draft {draft.id}"):
            await drafts.get(c, draft.id)


async def test_people_who_make_room_for_those_of_the_copy_take_their_drafts_along(
    database: Database, anna: Member
) -> None:
    draft = await add(database, a_draft(anna))
    async with database.write() as c:
        await staff.remove_all(c)
        assert await drafts.get(c, draft.id) is None
