from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from orders.intake.order_text import Written
from orders.model.details import Details, Line
from orders.model.draft import Field
from orders.model.people import MARKETPLACE, Actor, Role
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps.events import Accepted, Amended, MarketplaceTold, Received
from services.intake.drafts import DraftGone, Drafts
from services.order.desk import Desk
from services.photo.photos import Photos
from storage.db.database import Database
from storage.intake import drafts as draft_rows
from storage.order import events
from storage.order import orders as order_rows
from storage.photo.photo_files import PhotoFiles
from storage.sending.outbox import Channel, Kind
from tests.builders import COURIER, DIRECTOR, MANAGER, NOON, SELLER, some_details
from tests.pictures import a_jpeg
from tests.services.workplace import DIRECTOR_CHAT, GROUP, Clock, an_incoming, rows

STRANGER = Actor(Role.DIRECTOR, 6, "Зоя", shop_id=2)
TWO = (MANAGER, DIRECTOR)
TEXT = Written("25836184", some_details(written="Заказ 25836184"))


@pytest.fixture
def files(tmp_path: Path) -> PhotoFiles:
    return PhotoFiles(tmp_path / "photos")


@pytest.fixture
def drafts(database: Database, desk: Desk, files: PhotoFiles, clock: Clock) -> Drafts:
    return Drafts(database, desk, files, clock)


async def kinds(database: Database, order_id: int) -> list[type]:
    async with database.snapshot() as c:
        return [type(entry.event) for entry in await events.history(c, order_id)]


@pytest.mark.requirement("X1", "R18")
async def test_a_saved_draft_is_an_order_that_its_writer_has_accepted(
    drafts: Drafts, desk: Desk, elsewhere: Database
) -> None:
    draft = await drafts.begin(MANAGER, TEXT)
    saved = await drafts.save(draft.id, MANAGER)
    assert saved.is_new
    async with elsewhere.snapshot() as c:
        order = await order_rows.get(c, saved.order.id)
        assert await draft_rows.get(c, draft.id) is None
    assert order == saved.order
    assert (order.number, order.status, order.marketplace_status) == ("25836184", Status.ACCEPTED, None)
    assert order.details == TEXT.details
    assert order.progress.accepted is not None
    assert order.progress.accepted.staff_id == MANAGER.staff_id
    assert await kinds(elsewhere, order.id) == [Received, Accepted]
    with pytest.raises(DraftGone):
        await drafts.save(draft.id, MANAGER)


@pytest.mark.requirement("R15")
async def test_colleagues_and_the_group_hear_of_it_and_its_writer_does_not(
    drafts: Drafts, database: Database
) -> None:
    await drafts.save((await drafts.begin(MANAGER, TEXT)).id, MANAGER)
    found = [row for row in await rows(database, channel=Channel.TELEGRAM) if row.kind is Kind.BELL]
    assert {row.target for row in found if row.sound} == {DIRECTOR_CHAT, GROUP}


async def test_an_order_without_a_number_gets_the_shops_own(drafts: Drafts) -> None:
    numbers = []
    for address in ("Лесная 5", "Лесная 6"):
        draft = await drafts.begin(MANAGER, Written("", Details(address=address)))
        numbers.append((await drafts.save(draft.id, MANAGER)).order.number)
    assert numbers == ["Р-1", "Р-2"]


@pytest.mark.requirement("X3")
async def test_who_died_between_saving_and_forgetting_the_draft_saves_it_once(
    drafts: Drafts, database: Database, elsewhere: Database
) -> None:
    draft = await drafts.begin(MANAGER, TEXT)
    first = await drafts.save(draft.id, MANAGER)
    async with database.write() as c:
        again = await draft_rows.add(c, draft)
    saved = await drafts.save(again.id, MANAGER)
    assert saved.is_new
    assert saved.order == first.order
    assert await drafts.mine(MANAGER) == []
    async with elsewhere.snapshot() as c:
        assert len([order async for order in order_rows.every(c)]) == 1


async def test_a_draft_whose_number_is_taken_by_another_order_stays(drafts: Drafts, desk: Desk) -> None:
    await desk.receive(1, an_incoming(NOON, "25836184", address="Тверская 1"))
    draft = await drafts.begin(MANAGER, TEXT)
    saved = await drafts.save(draft.id, MANAGER)
    assert not saved.is_new
    assert saved.order.details.address == "Тверская 1"
    assert await drafts.mine(MANAGER) == [draft]


@pytest.mark.requirement("X1")
async def test_the_shops_own_order_takes_what_was_chosen(drafts: Drafts, desk: Desk) -> None:
    own = an_incoming(NOON, "25836184", card_text="", address="Тверская 1")
    await desk.receive(1, own, MANAGER)
    draft = await drafts.begin(MANAGER, TEXT)
    await drafts.change(draft.id, MANAGER, lambda one: replace(one, taken=frozenset({Field.ADDRESS})))
    order = await drafts.merge(draft.id, MANAGER)
    assert order.details.address == TEXT.details.address


@pytest.mark.requirement("X1", "R66")
async def test_an_order_of_the_marketplace_takes_only_what_it_lacks(
    drafts: Drafts, desk: Desk, elsewhere: Database
) -> None:
    known = (await desk.receive(1, an_incoming(NOON, "25836184", card_text="", address="Тверская 1"))).order
    draft = await drafts.begin(MANAGER, TEXT)
    await drafts.change(draft.id, MANAGER, lambda one: replace(one, taken=frozenset({Field.ADDRESS})))
    order = await drafts.merge(draft.id, MANAGER)
    assert order.id == known.id
    assert (order.details.address, order.details.card_text) == ("Тверская 1", TEXT.details.card_text)
    assert order.details.written == "Заказ 25836184"
    assert await kinds(elsewhere, order.id) == [Received, Amended]
    assert await drafts.mine(MANAGER) == []


@pytest.mark.requirement("X1", "X3")
async def test_two_who_fill_one_order_at_once_both_fill_it(drafts: Drafts, desk: Desk) -> None:
    known = (await desk.receive(1, an_incoming(NOON, "25836184", card_text="", client_note=""))).order
    words = [Details(card_text="Люблю"), Details(client_note="Позвоните мне")]
    written = [
        await drafts.begin(who, Written("25836184", said)) for who, said in zip(TWO, words, strict=True)
    ]
    await asyncio.gather(
        *(drafts.merge(draft.id, who) for who, draft in zip(TWO, written, strict=True)),
    )
    details = (await desk.look(known.id, MANAGER)).details
    assert (details.card_text, details.client_note) == ("Люблю", "Позвоните мне")


async def test_an_order_that_is_over_takes_nothing_and_the_draft_stays(drafts: Drafts, desk: Desk) -> None:
    known = (await desk.receive(1, an_incoming(NOON, "25836184", card_text=""))).order
    await desk.do(known.id, do.Cancel(), MARKETPLACE)
    draft = await drafts.begin(MANAGER, TEXT)
    with pytest.raises(Refusal):
        await drafts.merge(draft.id, MANAGER)
    assert await drafts.mine(MANAGER) == [draft]


async def test_where_there_is_nothing_new_nothing_happens(drafts: Drafts, desk: Desk) -> None:
    known = (await desk.receive(1, an_incoming(NOON, "25836184"))).order
    draft = await drafts.begin(MANAGER, Written("25836184", Details()))
    assert await drafts.merge(draft.id, MANAGER) == known
    assert await drafts.mine(MANAGER) == []
    free = await drafts.begin(MANAGER, Written("777777", Details()))
    with pytest.raises(DraftGone):
        await drafts.merge(free.id, MANAGER)


async def test_a_second_text_of_the_same_number_goes_on_with_the_draft(drafts: Drafts) -> None:
    first = await drafts.begin(MANAGER, Written("25836184", Details(address="Лесная 5", written="раз")))
    second = await drafts.begin(MANAGER, Written("25836184", Details(card_text="Люблю", written="два")))
    assert second.id == first.id
    assert (second.details.address, second.details.card_text) == ("Лесная 5", "Люблю")
    assert second.details.written == "раз\nдва"
    other = await drafts.begin(MANAGER, Written("777777", Details()))
    assert other.id != first.id


async def test_one_that_was_begun_without_a_word_is_taken_up_again(drafts: Drafts) -> None:
    empty = await drafts.begin(MANAGER)
    assert await drafts.mine(MANAGER) == []
    assert (await drafts.begin(MANAGER)).id == empty.id
    filled = await drafts.begin(MANAGER, Written("", Details(lines=(Line("Розы"),))))
    assert filled.id == empty.id
    assert await drafts.mine(MANAGER) == [filled]


@pytest.mark.requirement("R14", "X6")
@pytest.mark.parametrize("other", [DIRECTOR, SELLER, COURIER, STRANGER, MARKETPLACE])
async def test_a_draft_is_its_writers_alone(drafts: Drafts, other: Actor) -> None:
    draft = await drafts.begin(MANAGER, TEXT)
    for act in (
        lambda: drafts.get(draft.id, other),
        lambda: drafts.change(draft.id, other, lambda one: replace(one, number="")),
        lambda: drafts.save(draft.id, other),
        lambda: drafts.merge(draft.id, other),
        lambda: drafts.remove(draft.id, other),
    ):
        with pytest.raises(DraftGone):
            await act()
    if other.shop_id is not None:
        assert draft not in await drafts.mine(other)
    assert await drafts.mine(MANAGER) == [draft]


@pytest.mark.parametrize("other", [SELLER, COURIER, Actor(Role.CLIENT)])
async def test_only_directors_and_managers_bring_orders_in(drafts: Drafts, desk: Desk, other: Actor) -> None:
    for act in (lambda: drafts.begin(other), lambda: desk.receive(1, an_incoming(NOON), by=other)):
        with pytest.raises(Refusal) as refused:
            await act()
        assert refused.value.reason is Reason.NOT_YOURS
    with pytest.raises(Refusal):
        await desk.receive(1, an_incoming(NOON), by=STRANGER)


@pytest.mark.requirement("X1")
async def test_a_picture_stays_with_the_draft_and_then_with_the_order(
    drafts: Drafts, database: Database, files: PhotoFiles, desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    photos = Photos(database, files, desk, clock)
    draft = await drafts.begin(MANAGER, TEXT)
    for _ in range(2):
        draft = await drafts.add_paper(draft.id, MANAGER, await photos.keep(a_jpeg()))
    (paper,) = draft.details.papers
    assert (tmp_path / "photos" / paper.path).read_bytes() == a_jpeg()
    assert list((tmp_path / "photos/incoming").iterdir()) == []
    order = (await drafts.save(draft.id, MANAGER)).order
    assert order.details.papers == (paper,)
    assert (await photos.paper(paper)).startswith(b"\xff\xd8")


async def test_a_deleted_draft_takes_its_pictures_along(
    drafts: Drafts, database: Database, files: PhotoFiles, desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    draft = await drafts.begin(MANAGER, TEXT)
    kept = await Photos(database, files, desk, clock).keep(a_jpeg())
    draft = await drafts.add_paper(draft.id, MANAGER, kept)
    await drafts.remove(draft.id, MANAGER)
    assert await drafts.mine(MANAGER) == []
    assert [path for path in (tmp_path / "photos").rglob("*") if path.is_file()] == []


@pytest.mark.requirement("X1")
async def test_the_marketplace_that_comes_later_finds_one_order_and_both_know_more(
    drafts: Drafts, desk: Desk, elsewhere: Database
) -> None:
    draft = await drafts.begin(
        MANAGER, Written("25836184", Details(address="Тверская 1", shop_note="спешно"))
    )
    order = (await drafts.save(draft.id, MANAGER)).order
    incoming = an_incoming(NOON, "25836184")
    receipt = await desk.receive(1, incoming)
    joined = receipt.order
    assert not receipt.is_new
    assert (joined.id, joined.status, joined.marketplace_status) == (order.id, Status.ACCEPTED, Status.NEW)
    assert joined.details.lines == incoming.details.lines
    assert joined.details.address == "Тверская 1"
    assert joined.details.shop_note == "спешно\nFlowwow: Лесная 5, кв 12, домофон 12К"
    assert await kinds(elsewhere, order.id) == [Received, Accepted, Amended, MarketplaceTold]
    assert (await desk.receive(1, an_incoming(NOON, "25836184", address="Новая 3"))).order == joined
    async with elsewhere.snapshot() as c:
        assert await events.order_at(c, order.id, joined.version) == joined


async def test_an_order_by_hand_that_is_over_only_learns_that_the_marketplace_has_it(
    drafts: Drafts, desk: Desk
) -> None:
    order = (await drafts.save((await drafts.begin(MANAGER, TEXT)).id, MANAGER)).order
    await desk.do(order.id, do.Cancel(), MANAGER)
    joined = (await desk.receive(1, an_incoming(NOON, "25836184", address="Новая 3"))).order
    assert (joined.status, joined.marketplace_status) == (Status.CANCELLED, Status.NEW)
    assert joined.details == order.details
