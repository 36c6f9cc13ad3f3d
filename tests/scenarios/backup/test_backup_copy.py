"""The backup copy: a file that holds every order, readable when everything else is down."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing, suppress
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from orders.model.status import Status
from tests.pictures import a_jpeg
from tests.scenarios.commands import Finished, florist
from tests.scenarios.stage import Stage
from tests.scenarios.steps import marketplace_knows

COPY_SECONDS = 30


def copy_of(stage: Stage) -> Path:
    return stage.folder / "data/backup/orders-copy.db"


def rows(stage: Stage, query: str) -> list[tuple[Any, ...]]:
    """What any SQLite viewer would show."""
    with closing(sqlite3.connect(f"{copy_of(stage).as_uri()}?mode=ro", uri=True)) as db:
        return db.execute(query).fetchall()


def change(stage: Stage, statement: str) -> None:
    """What somebody or something else does to the file."""
    with closing(sqlite3.connect(copy_of(stage))) as db:
        db.execute(statement)
        db.commit()


async def copied(stage: Stage, number: str, versions: int) -> None:
    """Wait until the copy holds so many versions: nobody is told of it, so the file itself is looked at."""
    for _ in range(COPY_SECONDS * 20):
        with suppress(sqlite3.OperationalError):  # the file, or its table, is not there yet
            if len(rows(stage, f"SELECT 1 FROM orders WHERE number = {number}")) >= versions:
                return
        await asyncio.sleep(0.05)
    raise AssertionError(f"the copy does not hold {versions} versions of {number}:\n{stage.bot.log}")


async def command(stage: Stage, *words: str) -> Finished:
    return await florist(stage.folder, stage.bot.settings, *words)


@pytest.mark.requirement("R80", "R81")
async def test_every_change_stands_in_the_copy_which_needs_no_bot_to_be_read(stage: Stage) -> None:
    number = await stage.assigned("florist")
    await stage.tap("florist", number, "Загрузить фото")
    await stage.driver.photo("florist", a_jpeg())
    await stage.tap("florist", number, "Я доставлю")
    await stage.tap("florist", number, "Выполнен")
    await stage.tap("florist", number, "Лично")
    await stage.card("director", number, "✅")
    await marketplace_knows(stage, number, Status.DONE)
    await copied(stage, number, (await stage.order(number)).version)
    await stage.stop_bot()

    kept = rows(stage, "SELECT version, status, document, readable FROM orders ORDER BY version")

    # What the marketplace has heard makes versions too, without a step.
    assert [row[0] for row in kept] == list(range(1, len(kept) + 1))
    steps = ["new", "accepted", "photo", "courier_left", "done"]
    assert [status for status, _ in groupby(row[1] for row in kept)] == steps
    for _version, status, document, readable in kept:
        details = json.loads(document)["details"]
        assert details["address"] == "Москва, Лесная ул., 5, кв. 12"
        assert details["lines"][0]["name"] == "Пионы «Облако», 15 шт"
        assert json.loads(document)["progress"]["status"] == status
        for contact in ("Лесная ул., 5, кв. 12", "Мария", "+79990000055", "Игорь", "+79990000004", "Пионы"):
            assert contact in readable
    assert "Принят: " in kept[1][3]
    assert "Анна" in kept[1][3]
    assert kept[-1][3].startswith(f"Заказ {number} · Выполнен")
    assert rows(stage, "SELECT number, version FROM latest_orders") == [(number, kept[-1][0])]


@pytest.mark.requirement("R80", "X3")
async def test_an_order_is_copied_when_it_comes_in_and_what_a_power_cut_kept_out_after_the_next_start(
    stage: Stage,
) -> None:
    number = await stage.new_order()
    await copied(stage, number, 1)
    await stage.tap("director", number, "Принять")
    await stage.kill_bot()

    await stage.start_bot()

    await copied(stage, number, 2)
    # What the marketplace has heard makes a third version, sooner or later.
    kept = rows(stage, "SELECT version, status FROM orders WHERE version < 3 ORDER BY version")
    assert kept == [(1, "new"), (2, "accepted")]


@pytest.mark.requirement("R80", "R81")
async def test_the_copy_is_read_and_checked_with_the_bot_stopped_and_also_on_its_own(
    stage: Stage, tmp_path: Path
) -> None:
    first, second, third = [await stage.new_order() for _ in range(3)]
    await stage.tap("director", second, "Принять")
    await marketplace_knows(stage, second, Status.ACCEPTED)
    await copied(stage, second, 3)
    await copied(stage, third, 1)
    await stage.stop_bot()

    await show_prints_the_whole_order(stage, second)
    equal = await command(stage, "backup", "verify")
    assert (equal.code, equal.out) == (0, "The copy holds every order as the database does.\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    await the_file_alone_is_enough(stage, second, elsewhere)
    change(
        stage, f"UPDATE orders SET document = replace(document, 'Лесная', 'Другая') WHERE number = {first}"
    )
    change(stage, f"DELETE FROM orders WHERE number = {second} AND version = 3")
    change(stage, f"DELETE FROM orders WHERE number = {third}")
    changed = await command(stage, "backup", "verify")
    assert changed.code == 1
    assert changed.out.splitlines() == [
        "3 orders differ:",
        f"  {first}: version 1 in both, but not the same content",
        f"  {second}: database version 3, copy version 2",
        f"  {third}: database version 1, copy not there",
    ]
    assert changed.err == ""
    await what_is_no_copy_is_said_in_one_line(stage, second)


async def show_prints_the_whole_order(stage: Stage, number: str) -> None:
    shown = await command(stage, "backup", "show", number)
    missing = await command(stage, "backup", "show", "99999999")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith(f"Заказ {number} · Принят\n")
    for part in ("Адрес: Москва, Лесная ул., 5, кв. 12", "Телефон получателя: +79990000055",
                 "Телефон клиента: +79990000004", "1. Пионы «Облако», 15 шт × 1"):  # fmt: skip
        assert part in shown.out
    assert missing.code == 1
    assert missing.out == "The copy data/backup/orders-copy.db holds no order 99999999.\n"


async def the_file_alone_is_enough(stage: Stage, number: str, elsewhere: Path) -> None:
    alone = elsewhere / "usb.db"
    alone.write_bytes(copy_of(stage).read_bytes())
    for settings, words in (({}, ("--copy", str(alone))), ({"BACKUP_PATH": str(alone)}, ())):
        shown = await florist(elsewhere, settings, "backup", "show", number, *words)
        checked = await florist(elsewhere, settings, "backup", "verify", *words)
        assert (shown.code, shown.err) == (0, "")
        assert shown.out.startswith(f"Заказ {number} · Принят\n")
        assert (checked.code, checked.err) == (0, "")
        assert checked.out.startswith(
            "There is no database at sqlite+aiosqlite:///data/orders.db, so the copy"
        )
        assert checked.out.endswith("orders 3, versions 5, every one can be read.\n")
    with closing(sqlite3.connect(alone)) as db:
        db.execute(f"UPDATE orders SET document = '{{}}' WHERE number = {number} AND version = 2")
        db.commit()
    damaged = await florist(elsewhere, {}, "backup", "verify", "--copy", str(alone))
    assert damaged.code == 1
    assert f"{number}, version 2: " in damaged.out
    assert not (elsewhere / "data").exists()


async def what_is_no_copy_is_said_in_one_line(stage: Stage, number: str) -> None:
    copy_of(stage).unlink()
    gone = [await command(stage, "backup", *words) for words in (("show", number), ("verify",))]
    copy_of(stage).write_bytes(b"not a database at all" * 100)
    broken = await command(stage, "backup", "verify")
    for answer in (*gone, broken):
        assert answer.code == 1
        assert len(answer.out.splitlines()) == 1
        assert "orders-copy.db" in answer.out
        assert answer.err == ""
