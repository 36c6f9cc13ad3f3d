"""Troubles are reported once, looked after, and told to the directors: their beginning and their end."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from services.health import health_checks as module
from services.health.health_checks import HealthCheck, HealthChecks
from services.health.troubles import TroubleKind, Troubles
from services.sending import trouble_notifications
from services.sending.trouble_notifications import TroubleNews
from storage.db.database import Database
from storage.db.errors import DatabaseDamaged, DatabaseUnavailable, StorageError
from tests.builders import NOON
from tests.sandbox.tools import eventually
from tests.services.workplace import Clock, Telegram, running

DATABASE, PHOTOS = TroubleKind.DATABASE, TroubleKind.PHOTOS


@pytest.fixture
def troubles(clock: Clock) -> Troubles:
    return Troubles(clock)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CALM", 0.05)
    monkeypatch.setattr(module, "TROUBLED", 0.02)
    monkeypatch.setattr(trouble_notifications, "AGAIN_SECONDS", 0.05)


class Disk:
    """Something that may be ill, and counts who looks at it."""

    def __init__(self) -> None:
        self.illness: StorageError | None = None
        self.looks = 0
        self.caught_up = 0

    async def look(self) -> None:
        self.looks += 1
        if self.illness is not None:
            raise self.illness

    async def catch_up(self) -> None:
        self.caught_up += 1


async def test_damage_of_the_database_stands_though_it_can_be_written_to(troubles: Troubles) -> None:
    disk = Disk()
    cares = [HealthCheck(DATABASE, disk.look, DatabaseUnavailable, disk.catch_up)]
    troubles.report_database(DatabaseUnavailable("orders.db", "locked"))
    troubles.report_database(DatabaseDamaged("orders.db", "malformed"))

    async def works_again() -> bool:
        return DATABASE not in troubles.standing()

    async with running(HealthChecks(troubles, cares).run()):
        await eventually(works_again)
    assert set(troubles.standing()) == {TroubleKind.DATABASE_DAMAGED}


def test_a_trouble_that_stands_is_logged_once_with_its_reason(troubles: Troubles) -> None:
    with capture_logs() as logged:
        for why in ("full", "still full"):
            troubles.report(DATABASE, why)
        ended = [troubles.over(DATABASE) for _ in range(2)]
    assert [(entry["event"], entry["kind"]) for entry in logged] == [
        ("trouble", "database"),
        ("trouble_over", "database"),
    ]
    assert logged[0]["why"] == "full"
    assert ended == [True, False]


def test_what_stands_says_since_when(troubles: Troubles, clock: Clock) -> None:
    troubles.report(DATABASE, "locked")
    clock.turn(5)
    troubles.report(PHOTOS, "full")
    assert {kind: trouble.since for kind, trouble in troubles.standing().items()} == {
        DATABASE: NOON,
        PHOTOS: clock.now,
    }


async def test_the_caretaker_finds_a_trouble_before_an_order_does_and_its_end(troubles: Troubles) -> None:
    disk = Disk()
    disk.illness = DatabaseUnavailable("orders.db", "locked")
    care = HealthCheck(DATABASE, disk.look, DatabaseUnavailable, disk.catch_up)

    async def stands() -> bool:
        return DATABASE in troubles.standing()

    async def caught_up() -> bool:
        return disk.caught_up == 1

    async with running(HealthChecks(troubles, [care]).run()):
        await eventually(stands)
        assert disk.caught_up == 0
        disk.illness = None
        await eventually(caught_up)
        assert not await stands()
        looks = disk.looks
        await asyncio.sleep(0.2)
        assert disk.looks > looks
        assert disk.caught_up == 1


async def test_a_trouble_that_somebody_else_met_is_over_when_a_look_is_well(troubles: Troubles) -> None:
    disk = Disk()
    care = HealthCheck(DATABASE, disk.look, DatabaseUnavailable, disk.catch_up)

    async def caught_up_again() -> bool:
        return disk.caught_up == 2 and not troubles.standing()

    async with running(HealthChecks(troubles, [care]).run()):
        await asyncio.sleep(0.01)
        troubles.report(DATABASE, "a tap could not be kept")
        await eventually(caught_up_again)


async def test_the_trouble_of_another_is_left_to_it(troubles: Troubles) -> None:
    disk = Disk()
    disk.illness = StorageError("another kind")
    care = HealthCheck(PHOTOS, disk.look, DatabaseUnavailable, disk.catch_up)
    async with running(HealthChecks(troubles, [care]).run()):
        await asyncio.sleep(0.1)
    assert troubles.standing() == {}
    assert disk.looks > 1


async def told(telegram: Telegram, person: str) -> list[str]:
    return [message.text.partition("\n")[0] for message in await telegram.shown(person)]


async def test_directors_are_told_once_of_the_beginning_and_once_of_the_end(
    telegram: Telegram, troubles: Troubles, database: Database
) -> None:
    async def both() -> bool:
        return len(await told(telegram, "director")) == 2

    async with running(TroubleNews(telegram.bot, database, troubles).run()):
        for _ in range(3):
            troubles.report(DATABASE, "locked")
            await asyncio.sleep(0.05)
        await telegram.people.wait_message("director", containing="База заказов не отвечает")
        troubles.over(DATABASE)
        await eventually(both)
    assert await told(telegram, "director") == ["База заказов не отвечает", "База заказов снова работает"]
    assert [message.silent for message in await telegram.shown("director")] == [False, True]
    assert await told(telegram, "manager") == []


@pytest.mark.requirement("X1")
async def test_of_a_marketplace_that_is_silent_the_managers_are_told_as_well(
    telegram: Telegram, database: Database, troubles: Troubles
) -> None:
    for kind in (TroubleKind.MARKETPLACE, TroubleKind.MARKETPLACE_TOKEN):
        troubles.report(kind, "no answer")

    async def is_told() -> bool:
        return len(await told(telegram, "director")) == 2 and len(await told(telegram, "manager")) == 1

    async with running(TroubleNews(telegram.bot, database, troubles).run()):
        await eventually(is_told)
    assert await told(telegram, "manager") == ["Flowwow не отвечает"]


async def test_where_no_director_can_be_reached_the_managers_hear_of_the_machine(
    telegram: Telegram, database: Database, troubles: Troubles
) -> None:
    await telegram.people.block("director")
    troubles.report(DATABASE, "locked")
    async with running(TroubleNews(telegram.bot, database, troubles).run()):
        await telegram.people.wait_message("manager", containing="База заказов не отвечает")


async def test_directors_are_told_although_the_database_is_gone(
    telegram: Telegram,
    troubles: Troubles,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    news = TroubleNews(telegram.bot, database, troubles)
    async with running(news.run()):
        troubles.report(PHOTOS, "full")  # whoever hears of this is known from then on
        await telegram.people.wait_message("director", containing="Фото не сохраняются")

        def unavailable() -> None:
            raise DatabaseUnavailable("orders.db", "gone")

        monkeypatch.setattr(database, "snapshot", unavailable)
        troubles.report(DATABASE, "gone")
        await telegram.people.wait_message("director", containing="База заказов не отвечает")


async def test_a_director_who_blocked_the_bot_keeps_nothing_back(
    telegram: Telegram, troubles: Troubles, database: Database
) -> None:
    await telegram.people.block("director")
    async with running(TroubleNews(telegram.bot, database, troubles).run()):
        troubles.report(PHOTOS, "full")
        await asyncio.sleep(0.3)
        troubles.over(PHOTOS)
        await asyncio.sleep(0.2)
        await telegram.people.unblock("director")
        troubles.report(DATABASE, "locked")
        await telegram.people.wait_message("director", containing="База заказов не отвечает")
    assert await told(telegram, "director") == ["База заказов не отвечает"]
