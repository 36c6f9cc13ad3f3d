"""The day after: the machine is gone, the copy is there."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from orders.model.order import Order
from orders.model.status import Status
from orders.steps.events import Event
from storage.order import events, marketplace_objects
from storage.order import orders as order_rows
from storage.team import staff
from storage.team.staff import Member
from tests.pictures import a_jpeg
from tests.scenarios.commands import Finished, florist
from tests.scenarios.goods_steps import (
    PEONIES,
    ROSES,
    kept_goods,
    open_shop,
    read_goods,
    set_recipe,
    tap_line,
)
from tests.scenarios.stage import Stage
from tests.scenarios.steps import choose_answer, marketplace_knows, plain, step, write_answer

COPY = "data/backup/orders-copy.db"
COPY_SECONDS = 30

Kept = tuple[list[Order], list[list[tuple[int, Event]]], list[object], list[Member]]


async def command(stage: Stage, *words: str) -> Finished:
    return await florist(stage.folder, stage.bot.settings, *words)


async def everything(stage: Stage) -> Kept:
    """Orders, their histories, the marketplace's objects and the people, as the database holds them."""
    database = stage.database()
    try:
        async with database.snapshot() as c:
            found = [order async for order in order_rows.every(c)]
            told = [
                [(entry.version, entry.event) for entry in await events.history(c, order.id)]
                for order in found
            ]
            raw: list[object] = [await marketplace_objects.raw_of(c, order.id) for order in found]
            people = await staff.everybody(c)
    finally:
        await database.close()
    return found, told, raw, people


async def all_copied(stage: Stage) -> None:
    """Wait until `verify` has nothing to say; it works beside the running bot."""
    said = ""
    for _ in range(COPY_SECONDS):
        answer = await command(stage, "backup", "verify")
        if answer.code == 0:
            return
        said = answer.out
        await asyncio.sleep(0.5)
    raise AssertionError(said)


def lose_database(stage: Stage) -> None:
    for file in (stage.folder / "data").glob("orders.db*"):
        file.unlink()


def change_copy(stage: Stage, statement: str) -> None:
    with closing(sqlite3.connect(stage.folder / COPY)) as db:
        db.execute(statement)
        db.commit()


async def one_of_each_status(stage: Stage) -> dict[str, str]:
    """An order in every status, by status: what a shop may have on a day."""
    numbers = {"new": await stage.new_order("hostile")}
    numbers["accepted"] = await stage.assigned("florist")
    numbers["photo"] = await stage.assigned("florist")
    await stage.tap("florist", numbers["photo"], "Загрузить фото")
    await stage.driver.photo("florist", a_jpeg())
    await stage.card("florist", numbers["photo"], "Фото")
    for status in ("courier_left", "returning", "done"):
        numbers[status] = await stage.accepted(sample="pickup" if status == "done" else "bouquet")
    for status in ("courier_left", "returning"):
        await step(stage, "director", numbers[status], "Я доставлю")
        await write_answer(stage, "director", numbers[status], "Клиент торопит")
    await step(stage, "director", numbers["returning"], "В пути…")
    await stage.tap("director", numbers["returning"], "Получатель отказался")
    await stage.tap("director", numbers["returning"], "Да, везём обратно")
    await step(stage, "director", numbers["done"], "Выполнен")
    await stage.tap("director", numbers["done"], "Лично")
    await choose_answer(stage, "director", numbers["done"], "Клиент попросил без фото")
    await choose_answer(stage, "director", numbers["done"], "Клиент подтвердил вручение")
    placed = await stage.new_order()
    await stage.driver.cancel_order(int(placed))
    await stage.driver.wait_message("director", containing="отмен")
    numbers["cancelled"] = placed
    numbers["declined"] = await stage.new_order("cake")
    await step(stage, "director", numbers["declined"], "Отказаться")
    await stage.tap("director", numbers["declined"], "Да, отказаться")
    await choose_answer(stage, "director", numbers["declined"], "Нет нужных цветов")
    return numbers


@pytest.mark.requirement("R80", "X3", "X11")
async def test_every_field_of_every_order_comes_back_and_the_bot_works_on(stage: Stage) -> None:
    numbers = await one_of_each_status(stage)
    for status, number in numbers.items():
        assert (await stage.order(number)).status.value == status
    await all_copied(stage)
    await stage.stop_bot()
    before = await everything(stage)
    lose_database(stage)

    restored = await command(stage, "backup", "restore")

    assert (restored.code, restored.out) == (
        0,
        f"Restored: orders {len(before[0])}, versions {sum(map(len, before[1]))}, people {len(before[3])}.\n",
    )
    assert await everything(stage) == before
    assert (
        await command(stage, "backup", "verify")
    ).out == "The copy holds every order as the database does.\n"

    await stage.start_bot()
    await stage.tap("florist", numbers["accepted"], "Загрузить фото")
    await stage.driver.photo("florist", a_jpeg("#112233"))
    await stage.card("florist", numbers["accepted"], "Фото")
    await step(stage, "director", numbers["returning"], "Вернуть шаг")
    await write_answer(stage, "director", numbers["returning"], "Рано нажала")
    await stage.card("director", numbers["returning"], "Курьер вышел")
    fresh = await stage.new_order()
    assert (await stage.order(numbers["accepted"])).status.value == "photo"
    assert (await stage.order(numbers["returning"])).status.value == "courier_left"
    assert (await stage.order(fresh)).id > max(order.id for order in before[0])
    await all_copied(stage)


@pytest.mark.requirement("X11")
async def test_goods_the_hidden_shop_and_a_draft_come_back_too(stage: Stage) -> None:
    await stage.accepted()
    await read_goods(stage)
    await set_recipe(stage, PEONIES, "пион 15")
    await open_shop(stage)
    await stage.driver.press_last("director", "Стоп-лист")
    await tap_line(stage, "director", f"🟢 {ROSES}")
    await stage.driver.wait_goods(lambda seen: {name[:4] for name in seen.hidden} == {"Розы"})
    await open_shop(stage)
    await stage.driver.press_last("director", "Скрыть магазин")
    await stage.driver.text("manager", "Заказ 77777777\nПионы 15 шт - 4 900 ₽\nЗавтра 14:00-15:00")
    await stage.driver.wait_message("manager", containing="Черновик заказа 77777777")
    await all_copied(stage)
    await stage.stop_bot()
    before = await kept_goods(stage)
    lose_database(stage)

    assert (await command(stage, "backup", "restore")).code == 0

    assert await kept_goods(stage) == before
    await stage.start_bot()
    shop = await open_shop(stage)
    assert shop.text.startswith("⚫ Магазин скрыт")
    assert "Анна" in shop.text
    await stage.driver.start("manager")
    waiting = await stage.driver.wait_message("manager", containing="Черновик ждёт. Продолжить?")
    await stage.driver.press("manager", waiting.message_id, waiting.button_texts[0])
    draft = await stage.driver.wait_message("manager", containing="Проверьте и сохраните.")
    assert "Состав: Пионы 15 шт" in plain(draft)
    await stage.driver.press("manager", draft.message_id, "Сохранить заказ")
    await stage.card("manager", "77777777")


@pytest.mark.requirement("X3", "X11")
async def test_an_old_state_of_the_database_costs_nothing_that_the_copy_holds(stage: Stage) -> None:
    old = await stage.accepted()
    await marketplace_knows(stage, old, Status.ACCEPTED)
    await all_copied(stage)
    await stage.stop_bot()
    with (
        closing(sqlite3.connect(stage.folder / "data/orders.db")) as now,
        closing(sqlite3.connect(stage.folder / "of-the-night.db")) as night,
    ):
        now.backup(night)
    await stage.start_bot()
    await stage.tap("director", old, "Назначить сотрудника")
    await stage.choose("director", old, "Оля")
    await stage.card("florist", old)
    lost = await stage.accepted()
    await marketplace_knows(stage, lost, Status.ACCEPTED)
    await all_copied(stage)
    await stage.stop_bot()
    before = await everything(stage)

    lose_database(stage)
    shutil.copy(stage.folder / "of-the-night.db", stage.folder / "data/orders.db")
    await stage.start_bot()
    await stage.driver.wait_message("director", containing="Копия заказов начата заново")
    await stage.new_order("cake")
    await all_copied(stage)
    told = await command(stage, "doctor")
    await stage.stop_bot()

    [aside] = (stage.folder / "data/backup").glob("orders-copy-*.db")
    [line] = [line for line in told.out.splitlines() if aside.name in line]
    assert line.startswith("BAD ")
    lose_database(stage)
    settings = stage.bot.settings | {"BACKUP_PATH": str(aside)}
    assert (await florist(stage.folder, settings, "backup", "restore")).code == 0
    assert await everything(stage) == before
    assert (await stage.order(lost)).status is Status.ACCEPTED


@pytest.mark.requirement("R80", "X11")
async def test_versions_that_are_missing_in_the_copy_are_named_and_the_rest_is_restored(stage: Stage) -> None:
    number = await stage.assigned("florist")
    await marketplace_knows(stage, number, Status.ACCEPTED)
    await all_copied(stage)
    await stage.stop_bot()
    before = await everything(stage)
    change_copy(stage, f"DELETE FROM orders WHERE number = {number} AND version = 2")

    verified = await command(stage, "backup", "verify")
    lose_database(stage)
    restored = await command(stage, "backup", "restore")
    after = await everything(stage)

    assert verified.out.splitlines()[1] == (
        f"  {number}: database version 4, copy version 4; missing in the copy: 2"
    )
    assert restored.code == 0
    assert after[0] == before[0]
    assert after[1] == [[entry for entry in before[1][0] if entry[0] != 2]]
    await stage.start_bot()
    await step(stage, "director", number, "Вернуть шаг")
    await write_answer(stage, "director", number, "Не та Оля")
    await all_copied(stage)


@pytest.mark.requirement("R16", "X3", "X11")
async def test_a_start_with_a_lost_database_waits_for_a_person_and_then_alarms_what_is_overdue(
    stage: Stage,
) -> None:
    number = await stage.new_order(createdDate=1_700_000_000)
    await stage.driver.wait_message("director", containing="не принят", chat="group")
    await all_copied(stage)
    await stage.stop_bot()
    before = await everything(stage)
    refused = await command(stage, "backup", "restore")
    assert refused.code == 1
    assert refused.out.startswith("Nothing was restored. the database holds orders already")
    assert await everything(stage) == before

    lose_database(stage)
    stopped = await command(stage, "run")
    examined = await command(stage, "doctor")
    assert stopped.code == 1
    [problem] = stopped.problems
    assert "florist backup restore" in problem
    [line] = [line for line in examined.out.splitlines() if "database: " in line]
    assert line.startswith("BAD ")
    assert "florist backup restore" in line
    assert (await command(stage, "backup", "restore")).code == 0
    assert await everything(stage) == before

    mark = await stage.driver.mark()
    await stage.start_bot()
    alarm = await stage.driver.wait_message("director", containing="не принят", chat="group", since=mark)
    assert number in alarm.text
    assert not alarm.silent


@pytest.mark.requirement("R80", "R81", "X3")
async def test_a_copy_that_was_lost_is_written_anew_and_one_that_cannot_be_restored_is_said_in_one_line(
    stage: Stage,
) -> None:
    number = await stage.accepted()
    await marketplace_knows(stage, number, Status.ACCEPTED)
    await all_copied(stage)
    the_copy_tells_who_did_what_and_who_works_here(stage, number)
    await stage.stop_bot()
    (stage.folder / COPY).unlink()

    await stage.start_bot()

    await all_copied(stage)
    the_copy_tells_who_did_what_and_who_works_here(stage, number)
    await stage.stop_bot()
    lose_database(stage)
    change_copy(stage, "UPDATE orders SET document = '{\"number\": 7}' WHERE version = 2")
    damaged = await command(stage, "backup", "restore")
    (stage.folder / COPY).unlink()
    missing = await command(stage, "backup", "restore")
    for answer in (damaged, missing):
        assert answer.code == 1
        assert len(answer.out.splitlines()) == 1
        assert answer.out.startswith("Nothing was restored. ")
        assert "Traceback" not in answer.err
    assert "version 2" in damaged.out
    assert not (stage.folder / COPY).exists()
    database = stage.database()
    async with database.snapshot() as c:
        assert not await order_rows.is_any(c)
    await database.close()


def the_copy_tells_who_did_what_and_who_works_here(stage: Stage, number: str) -> None:
    with closing(sqlite3.connect(stage.folder / COPY)) as db:
        rows = db.execute(
            "SELECT version, event FROM orders WHERE number = ? ORDER BY version", (number,)
        ).fetchall()
        [(shop,)] = db.execute("SELECT document FROM shops").fetchall()
        [(raw,)] = db.execute("SELECT raw FROM raw_orders").fetchall()

    kinds = [(version, json.loads(event)["kind"]) for version, event in rows]
    assert kinds == [(1, "received"), (2, "accepted"), (3, "marketplace_told")]
    assert json.loads(rows[1][1])["mark"]["name"] == "Анна"
    assert "Оля" in [person["name"] for person in json.loads(shop)["people"]]
    assert number in raw
