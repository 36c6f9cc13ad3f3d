"""`florist rehearse`: a day is played, and what it was read from stays as it was."""
# ruff: noqa: ASYNC240 - small files of a test; nobody else waits

from __future__ import annotations

import asyncio
import hashlib
import io
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from PIL import Image
from rich.console import Console

from bot.commands.rehearse import Plan, draw, head, orders_of, picture, rehearse, report, run
from bot.config.settings import CopySettings
from bot.rehearsal.company import Company, Speeds, built_in_company
from bot.rehearsal.play import Played, play, workers_of
from bot.rehearsal.source import of_copy, of_database, snapshot_of
from orders.bell.ringing import NOT_KNOWN
from orders.model.details import Category, DeliveryKind, Line
from orders.model.people import Role
from orders.model.rules import HandoverProof
from orders.model.status import Status
from orders.rehearsal.planned import FEWEST_ORDERS
from orders.rehearsal.score import score
from orders.schedule.deadlines import accept_by
from services.backup.backup_guard import OwnCopy
from services.backup.backup_writer import BackupWriter
from services.order.desk import Desk
from services.report.drawing import Drawing
from storage.backup.backup_copy import BackupCopy
from storage.db.database import Database
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from tests.bot.rehearsal import document
from tests.builders import NOON, RULES, minutes
from tests.services.workplace import Clock, an_incoming

pytestmark = pytest.mark.requirement("X29")

PHONE = 2 * 390
"""Pixels, two for each point."""
SLOW = Speeds(accept=400, assemble=2400, deliver=1500)


def company_with(*roles: Role) -> Company:
    """A shop with these people and the eight orders of a late morning."""
    company = built_in_company()
    day = [one for one in company.day if one.details.window][11:19]
    by_role = {one.role: one for one in company.players}
    return replace(company, players=[by_role[role] for role in roles], day=day)


def quickly() -> None:
    """No bar is shown."""


@pytest.fixture
def empty(tmp_path: Path, migrated: Path) -> Path:
    path = tmp_path / "empty.db"
    path.write_bytes(migrated.read_bytes())
    return path


async def played(company: Company, empty: Path, name: str, speeds: Speeds = SLOW) -> Played:
    planned = orders_of(company, Plan())
    return await play(company, planned, speeds, 1, empty, quickly, name=name, sends=False)


async def test_the_same_seed_gives_the_same_result_and_another_one_another(empty: Path) -> None:
    company = company_with(Role.MANAGER, Role.SELLER, Role.COURIER)
    company = replace(company, day=company.day[:2])
    planned = orders_of(company, Plan())
    first, again = [
        await play(company, planned, Speeds(), 1, empty, quickly, name=name, sends=True)
        for name in ("1", "2")
    ]
    other = await play(company, planned, Speeds(), 2, empty, quickly, name="other", sends=False)
    assert again.heard == first.heard
    assert times_of(again) == times_of(first) != times_of(other)


def times_of(played: Played) -> list[object]:
    return [one.progress for one in played.orders]


async def test_the_report_says_how_it_went_and_what_one_more_would_change(tmp_path: Path) -> None:
    company = company_with(Role.MANAGER, Role.SELLER, Role.COURIER)
    plan, advanced = Plan(speeds=SLOW), list[int]()
    planned = orders_of(replace(company, day=company.day[:1]), plan)
    rehearsed = await run(company, planned, plan, tmp_path, lambda: advanced.append(1))
    words = "\n".join(report(rehearsed, plan))
    assert len(advanced) == 3 * len(planned)
    for part in (
        "managers 1, florists 1, couriers 1",
        "accept 400 s, assemble 2400 s, photo 60 s, deliver 1500 s",
        "Accepted in time  1 of 1",
        "One more florist: accepted in time 1 -> 1",
        "One more courier: accepted in time 1 -> 1",
        *(f"{one.name} (" for one in company.players),
    ):
        assert part in words
    drawn = picture(rehearsed, replace(plan, language="en"))
    assert [one["value"] for one in drawn["tiles"]][:3] == ["1 of 1", "1 of 1", "0 of 1"]
    changes, heard = drawn["people"]
    assert [row["values"] for row in changes["rows"]] == [["1", "1", "0"]] * 3
    for row, one in zip(heard["rows"], rehearsed.outcome.heard, strict=True):
        assert row["name"].startswith(one.name)
        assert row["values"] == [str(one.sounds), str(one.messages)]
    with patch.object(Drawing, "picture", side_effect=RuntimeError("no fonts")):
        answer = await draw(rehearsed, plan)
    assert (answer.is_well, answer.words) == (False, "The picture could not be drawn (RuntimeError).")


async def test_one_more_florist_makes_no_order_later_to_be_accepted_or_shown(empty: Path) -> None:
    company = company_with(Role.MANAGER, Role.SELLER, Role.COURIER)
    alone = await played(company, empty, "alone")
    helped = await played(company.with_one_more(Role.SELLER), empty, "helped")
    rules = company.rules
    before, after = (score(one.orders, rules, one.ended_at) for one in (alone, helped))
    assert after.accepted_in_time >= before.accepted_in_time
    assert after.photos_in_time > before.photos_in_time
    assert [one.progress.accepted for one in helped.orders] == [one.progress.accepted for one in alone.orders]
    ends = [sorted(order.progress.photos[0].taken.at for order in one.orders) for one in (alone, helped)]
    assert all(later >= sooner for later, sooner in zip(*ends, strict=True))


async def test_one_manager_accepts_one_order_after_another(empty: Path) -> None:
    company = company_with(Role.MANAGER, Role.SELLER, Role.COURIER)
    company = replace(company, day=[replace(one, placed_at=NOON) for one in company.day])
    speeds = replace(SLOW, accept=300)
    ended = await played(company, empty, "shop", speeds)
    marks = sorted(one.progress.accepted.at for one in ended.orders if one.progress.accepted)
    assert len(marks) == len(company.day)
    assert all(later - sooner >= minutes(3.5) for sooner, later in pairwise(marks))
    in_time = sum(
        one.progress.accepted.at <= accept_by(one, RULES) for one in ended.orders if one.progress.accepted
    )
    assert score(ended.orders, company.rules, ended.ended_at).accepted_in_time == in_time < len(marks)


async def test_a_shop_of_one_director_does_everything_alone(empty: Path) -> None:
    company = company_with(Role.DIRECTOR)
    ended = await played(replace(company, day=company.day[:2]), empty, "alone", Speeds())
    assert [one.status for one in ended.orders] == [Status.DONE] * 2


@pytest.mark.parametrize("proof", HandoverProof)
async def test_every_kind_of_order_is_worked_to_its_end(empty: Path, proof: HandoverProof) -> None:
    kinds: list[dict[str, Any]] = [
        {"delivery": DeliveryKind.PICKUP},
        {"delivery": DeliveryKind.PICKUP, "window": None},
        {"window": None, "as_soon_as_possible": True},
        {"lines": (Line("Открытка", category=Category.OTHER),)},
        {"lines": ()},
    ]
    company = company_with(Role.MANAGER, Role.SELLER, Role.COURIER)
    day = [
        replace(one, details=replace(one.details, **kind))
        for one, kind in zip(company.day, kinds, strict=False)
    ]
    rules = replace(company.rules, handover_proof=proof)
    ended = await played(replace(company, day=day, rules=rules), empty, "shop", Speeds())
    assert [one.status for one in ended.orders] == [Status.DONE] * len(kinds)


async def test_people_hear_as_the_shop_has_chosen(empty: Path) -> None:
    """A manager outside the group hears the new order in private; a courier only of what they carry."""
    company = company_with(Role.MANAGER, Role.MANAGER, Role.SELLER, Role.COURIER)
    outside = replace(company.players[0], name="Outside", hearing=NOT_KNOWN)
    company = replace(company, players=[*company.players[:1], outside, *company.players[2:]])
    planned = orders_of(replace(company, day=company.day[:1]), Plan())
    ended = await play(company, planned, Speeds(), 1, empty, quickly, name="shop", sends=True)
    heard = {one.name: one for one in ended.heard}
    assert len(heard) == len(company.players)
    assert all(0 < one.sounds <= one.messages for one in ended.heard)
    courier = next(one for one in ended.heard if one.role is Role.COURIER)
    assert courier.sounds == 1


async def a_real_shop(database: Database, count: int) -> None:
    """A shop with a manager and a florist, who has had a day of so many orders."""
    clock = Clock(NOON)
    async with database.write() as c:
        shop = await shops.put(c, Shop(0, 4711, "Лепесток", "ru", RULES, -5))
        for number, role in enumerate((Role.MANAGER, Role.SELLER), start=1):
            member = await staff.add(c, shop.id, f"+7916000001{number}", f"Name {number}", role)
            await staff.connect(c, member.staff_id, 1000 + number, "ru", member.name)
        await staff.add(c, shop.id, "+79160000019", "Never connected", Role.SELLER)
    for _ in range(count):
        await Desk(database, clock).receive(shop.id, an_incoming(NOON))


@pytest.fixture
def file(empty: Path) -> Path:
    """The file of the shop's database."""
    return empty


@pytest.fixture
def aside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the rehearsal keeps what it reads."""
    return tmp_path_factory.mktemp("aside")


def digests(*files: Path) -> list[str]:
    return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]


async def test_the_database_is_only_read_and_only_who_connected_works(file: Path, aside: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{file}")
    await a_real_shop(database, FEWEST_ORDERS)
    await database.close()
    before, names = digests(file), sorted(file.parent.iterdir())
    company = await of_database(database.name, aside, None, built_in=False)
    assert digests(file) == before
    assert sorted(file.parent.iterdir()) == names
    assert [one.name for one in company.players] == ["Name 1", "Name 2"]
    assert (company.rules, len(company.day)) == (RULES, FEWEST_ORDERS)
    assert "+79160000001" not in repr(company)


async def test_a_database_at_work_is_read_with_what_is_not_yet_in_its_file(file: Path, aside: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{file}")
    try:
        await a_real_shop(database, FEWEST_ORDERS)
        files = file, file.with_name(f"{file.name}-wal")
        before = digests(*files)
        company = await of_database(database.name, aside, "Лепесток", built_in=False)
        assert digests(*files) == before
        assert len(company.day) == FEWEST_ORDERS
    finally:
        await database.close()


async def test_nothing_can_be_written_through_the_way_it_is_read(file: Path, aside: Path) -> None:
    """As the system sees it: a file and a folder that may only be read are enough."""
    with patch("sqlite3.connect", wraps=sqlite3.connect) as connect:
        snapshot_of(file, aside / "read.db")
    opened = [str(call.args[0]) for call in connect.call_args_list if str(file) in str(call.args[0])]
    assert opened
    for address in opened:
        with closing(sqlite3.connect(address, uri=True)) as source, pytest.raises(sqlite3.OperationalError):
            source.execute("DELETE FROM shops")


async def test_the_shop_is_read_from_the_copy_as_well(file: Path, aside: Path) -> None:
    copy = BackupCopy(file.with_name("copy.db"))
    database = Database(f"sqlite+aiosqlite:///{file}")
    await a_real_shop(database, FEWEST_ORDERS)
    writer = BackupWriter(database, OwnCopy(database, copy, Clock(NOON)), Clock(NOON))
    await asyncio.gather(*(writer.write(order_id, 1) for order_id in range(1, FEWEST_ORDERS + 1)))
    await database.close()
    before = digests(copy.path)
    company = await of_copy(copy.path, aside, None, NOON, built_in=False)
    assert digests(copy.path) == before
    assert [one.name for one in company.players] == ["Name 1", "Name 2"]
    assert len(company.day) == FEWEST_ORDERS


async def test_without_a_database_the_built_in_shop_plays_and_the_picture_is_all_that_is_made(
    tmp_path: Path,
) -> None:
    settings = CopySettings(database_url=f"sqlite+aiosqlite:///{tmp_path}/none.db")
    file = tmp_path / "day.png"
    answer = await rehearse(settings, Plan(minutes=1, picture=file), Console(quiet=True))
    assert answer.is_well
    assert "the built-in 8 March" in answer.words
    assert list(tmp_path.iterdir()) == [file]
    assert Image.open(io.BytesIO(file.read_bytes())).width == PHONE
    assert not file.stat().st_mode & 0o077  # it names people


async def test_a_folder_that_is_not_there_is_said_before_a_day_is_played(tmp_path: Path) -> None:
    plan = Plan(picture=tmp_path / "none" / "day.png")
    answer = await rehearse(CopySettings(), plan, Console(quiet=True))
    assert not answer.is_well
    assert "no such folder" in answer.words


def test_the_document_tells_of_the_day_and_the_speeds_of_today() -> None:
    """Its figures are renewed by `make pictures`: to play the day takes half a minute."""
    company = built_in_company()
    today = "\n".join(head(company, len(orders_of(company, Plan())), Plan()))
    assert document.answer().startswith(f"{today}\n")
    assert document.command()[0] == "rehearse"


async def test_a_shop_that_is_not_there_is_named_with_those_that_are(file: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{file}")
    await a_real_shop(database, 0)
    await database.close()
    answer = await rehearse(CopySettings(database_url=database.name), Plan(shop="Роза"), Console(quiet=True))
    assert not answer.is_well
    assert "Лепесток" in answer.words


@pytest.mark.parametrize(
    ("roles", "who"),
    [
        ((Role.DIRECTOR, Role.MANAGER, Role.SELLER, Role.COURIER), [[], [0], [1], [2]]),
        ((Role.DIRECTOR, Role.SELLER), [[0], [1, 2]]),
        ((Role.DIRECTOR,), [[0, 1, 2]]),
    ],
)
def test_where_a_role_is_missing_the_next_ones_take_its_place(
    roles: Sequence[Role], who: list[list[int]]
) -> None:
    people = [staff.Member(n, 1, role, "", "", n, "ru") for n, role in enumerate(roles)]
    assert [sorted(one.duties) for one in workers_of(people)] == who
