"""Disks that are full, away or broken: the bot does what it can, says what is wrong, and catches up."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from orders.model.status import Status
from tests.scenarios.backup.test_backup_copy import copied
from tests.scenarios.commands import florist
from tests.scenarios.eyes import ever
from tests.scenarios.runtime.test_commands import GOOD
from tests.scenarios.stage import Stage
from tests.scenarios.trouble import a_large_picture, full_disk, get, health_becomes, in_the_way

MENDED = 40
"""Seconds within which the bot notices by itself that all is well again."""
MEGABYTE = 1024 * 1024


def spoil_orders(path: Path) -> None:
    """Write over the root of the table of orders, and let whoever has the file open look at it anew."""
    with closing(sqlite3.connect(path)) as db:
        [(page,)] = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'orders'").fetchall()
        [(size,)] = db.execute("PRAGMA page_size").fetchall()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 1")


async def told(stage: Stage, words: str, seconds: float = MENDED) -> None:
    await stage.driver.wait_message("director", containing=words, timeout=seconds)


async def assert_told_once(stage: Stage, *words: str) -> None:
    """The director heard of each once, and nobody else of any."""
    for some in words:
        assert len(await ever(stage, "director", some)) == 1
        for other in ("manager", "florist"):
            assert await ever(stage, other, some) == []


@pytest.mark.requirement("R80", "X3")
async def test_without_the_disk_of_the_copy_orders_go_on_and_are_copied_later(empty_stage: Stage) -> None:
    stage = empty_stage
    with in_the_way(stage.folder / "data/backup"):
        await stage.start_bot()
        await stage.hire("director", "manager", "florist")
        number = await stage.assigned("florist")
        await told(stage, "Копия заказов не пишется")
        found = await florist(stage.folder, stage.bot.settings, "doctor")
        assert "BAD  backup: " in found.out
        _, metrics = await get(stage, "/metrics")
        assert 'florist_trouble{kind="backup"} 1.0' in metrics
        assert 'florist_send_errors_total{channel="copy",error="BackupUnavailable"}' in metrics

    await told(stage, "Копия заказов снова пишется")
    await copied(stage, number, 3)

    await assert_told_once(stage, "не пишется", "снова пишется")
    assert 'florist_trouble{kind="backup"} 0.0' in (await get(stage, "/metrics"))[1]


@pytest.mark.requirement("R23", "X3")
async def test_a_photo_that_finds_no_room_is_asked_for_again_and_leaves_nothing_behind(stage: Stage) -> None:
    number = await stage.assigned("florist")
    await stage.tap("florist", number, "Загрузить фото")
    picture = a_large_picture()
    with full_disk(stage.bot, 3 * MEGABYTE):
        await stage.driver.document("florist", picture, name="photo.png")
        await stage.driver.wait_message("florist", containing="Фото не сохранилось")
        await told(stage, "Фото не сохраняются")
        assert (await stage.order(number)).status is Status.ACCEPTED
        photos = stage.folder / "data/photos"
        assert [path for path in photos.rglob("*") if path.is_file()] == []

    await told(stage, "Фото снова сохраняются")
    await stage.driver.document("florist", picture, name="photo.png")
    await stage.driver.wait_message("florist", containing="Фото сохранено")
    order = await stage.order(number)
    assert order.status is Status.PHOTO
    assert (stage.folder / "data/photos" / order.progress.photos[0].path).read_bytes() == picture
    await assert_told_once(stage, "Фото не сохраняются", "Фото снова сохраняются")


@pytest.mark.requirement("X3")
async def test_a_database_locked_for_long_is_answered_and_waited_for(stage: Stage) -> None:
    number = await stage.new_order()
    card = await stage.card("director", number)
    with closing(sqlite3.connect(stage.folder / "data/orders.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        toast = await stage.driver.press("director", card.message_id, "Принять", timeout=40)
        assert (toast.text or "").startswith("Не получилось")
        await told(stage, "База заказов не отвечает")
        placed = await stage.driver.place_order()
        assert placed.webhook_status != 200
        other.execute("ROLLBACK")

    await told(stage, "База заказов снова работает")
    assert (await stage.order(number)).status is Status.NEW
    await stage.tap("director", number, "Принять")
    await stage.card("director", number, "Принят")
    await stage.driver.resend_webhook(placed.id)
    await stage.driver.wait_message("director", containing=str(placed.id), chat="group")
    await assert_told_once(stage, "База заказов не отвечает", "База заказов снова работает")


@pytest.mark.requirement("X3")
async def test_a_full_disk_refuses_taps_in_words_and_takes_them_again_when_there_is_room(
    stage: Stage,
) -> None:
    number = await stage.new_order()
    card = await stage.card("director", number)
    with full_disk(stage.bot, (stage.folder / "data/orders.db-wal").stat().st_size):
        toast = await stage.driver.press("director", card.message_id, "Принять", timeout=40)
        assert (toast.text or "").startswith("Не получилось")
        assert (await stage.order(number)).status is Status.NEW
        await told(stage, "База заказов не отвечает")

    await told(stage, "База заказов снова работает")
    await stage.tap("director", number, "Принять")
    await stage.card("director", number, "Принят")
    await copied(stage, number, 2)


@pytest.mark.requirement("X3")
async def test_a_database_file_that_was_removed_takes_nothing_in(stage: Stage) -> None:
    await stage.stop_bot()
    await stage.start_bot()  # which then knows its director, whom it cannot ask the database for any more
    number = await stage.new_order()
    card = await stage.card("director", number)
    aside = stage.folder / "aside"
    (stage.folder / "data/orders.db").rename(aside)

    toast = await stage.driver.press("director", card.message_id, "Принять")
    status, words = await get(stage, "/healthz")

    assert (toast.text or "").startswith("Не получилось")
    assert status == 503
    assert '"database": false' in words
    assert "florist_database_up 0.0" in (await get(stage, "/metrics"))[1]
    assert not (stage.folder / "data/orders.db").exists()
    await told(stage, "База заказов не отвечает")
    aside.rename(stage.folder / "data/orders.db")
    await health_becomes(stage, 200)
    await stage.tap("director", number, "Принять")
    await stage.card("director", number, "Принят")


@pytest.mark.parametrize("content", [b"not a database at all" * 300, b"SQLite format 3\0" + b"\xff" * 8000])
async def test_a_broken_database_file_stops_the_start_with_one_line_that_says_what_to_do(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "data").mkdir()
    broken = tmp_path / "data/orders.db"
    broken.write_bytes(content)

    stopped = await florist(tmp_path, GOOD, "run")
    examined = await florist(tmp_path, GOOD, "doctor")

    assert stopped.code == 1
    assert len(stopped.problems) == 1
    assert "orders.db" in stopped.err
    assert "florist backup restore" in stopped.err
    assert "BAD  database: " in examined.out, examined.err
    [line] = [line for line in examined.out.splitlines() if "database: " in line]
    assert "florist backup restore" in line
    assert "Traceback" not in examined.err
    assert broken.read_bytes() == content


@pytest.mark.requirement("X3")
async def test_a_hole_in_the_running_database_is_told_of_for_good_and_the_copy_heals_it(
    stage: Stage,
) -> None:
    number = await stage.accepted()
    card = await stage.card("director", number)
    await copied(stage, number, 3)
    spoil_orders(stage.folder / "data/orders.db")

    for _ in range(2):
        toast = await stage.driver.press("director", card.message_id, card.button_texts[0])
        assert (toast.text or "").startswith("Не получилось")
        await told(stage, "База заказов повреждена")
    _, metrics = await get(stage, "/metrics")
    assert 'florist_trouble{kind="database_damaged"} 1.0' in metrics
    examined = await florist(stage.folder, stage.bot.settings, "doctor")
    await stage.stop_bot()

    [line] = [line for line in examined.out.splitlines() if "database:" in line]
    assert line.startswith("BAD ")
    assert "florist backup restore" in line
    assert await ever(stage, "director", "База заказов снова работает") == []
    await assert_told_once(stage, "База заказов повреждена")
    for file in (stage.folder / "data").glob("orders.db*"):
        file.rename(stage.folder / file.name)
    assert (await florist(stage.folder, stage.bot.settings, "backup", "restore")).code == 0
    await stage.start_bot()
    await stage.tap("director", number, "Назначить сотрудника")
    await stage.choose("director", number, "Оля")
    await stage.card("florist", number)
    await stage.stop_bot()
    await a_damaged_copy_is_named_and_written_anew_once_it_is_moved_away(stage, number)


async def a_damaged_copy_is_named_and_written_anew_once_it_is_moved_away(stage: Stage, number: str) -> None:
    copy = stage.folder / "data/backup/orders-copy.db"
    spoil_orders(copy)

    examined = await florist(stage.folder, stage.bot.settings, "doctor")

    [line] = [line for line in examined.out.splitlines() if "backup:" in line]
    assert line.startswith("BAD ")
    assert "move it away" in line
    copy.rename(copy.with_suffix(".broken"))
    await stage.start_bot()
    await copied(stage, number, 4)
