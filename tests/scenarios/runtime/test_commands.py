"""The command `florist` in a terminal: what it says, its exit codes, what it leaves behind."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
from alembic import command
from sqlalchemy import create_engine

from bot.commands.demo import settings_for
from orders.model.people import Role
from orders.model.rules import ShopRules
from sandbox.config import demo_config
from sandbox.driver import SandboxDriver
from storage.db.migrations import alembic_config
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from tests.scenarios.commands import florist, running
from tests.scenarios.stage import HOST, Stage, free_port

NOWHERE = f"http://{HOST}:9"
GOOD = settings_for(demo_config(NOWHERE), NOWHERE, 8081, 15)
DEMO_SECONDS = 60


def execute(stage: Stage, statement: str) -> None:
    with closing(sqlite3.connect(stage.folder / "data/orders.db")) as db:
        db.execute(statement)
        db.commit()


def lower(stage: Stage, revision: str) -> None:
    """Bring the database to the form that an earlier version made."""
    engine = create_engine(f"sqlite:///{stage.folder}/data/orders.db")
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), revision)
    engine.dispose()


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() if path.is_file() else b"" for path in (folder / "data").rglob("*")}


async def test_missing_settings_stop_the_start_with_a_line_for_each(tmp_path: Path) -> None:
    stopped = await florist(tmp_path, {}, "run")

    assert stopped.code == 2
    assert stopped.out == ""
    names = [line.split()[0] for line in stopped.problems]
    assert names == ["BOT_TOKEN", "SHOP_NAME", "DIRECTOR_PHONE", "All"]
    for line in stopped.problems[:-1]:
        name = line.split()[0]
        assert line.startswith(f"{name} is missing, it must be ")
        assert f"Example: {name}=" in line
    assert stopped.problems[-1] == "All settings are explained in .env.example; florist settings prints it."
    assert not (tmp_path / "data").exists()


async def test_malformed_settings_stop_the_start_with_a_line_for_each_and_without_their_values(
    tmp_path: Path,
) -> None:
    wrong = {
        "BOT_TOKEN": "secret-that-is-no-token",
        "BOT_API_URL": "ftp://wrong.example",
        "DATABASE_URL": "mysql://user:pass-word@host/db",
        "WEBHOOK_URL": "http://bot.example.com",
        "WEBHOOK_SECRET": "not allowed!",
        "WEB_PORT": "70000",
        "SHOP_TIMEZONE": "Moscow",
        "DIRECTOR_PHONE": "+7 999",
        "GROUP_CHAT_ID": "42",
        "ACCEPT_MINUTES": "soon",
        "ACCEPT_REMINDERS": "5;10",
        "DELIVERY_FEE": "350 roubles",
        "LOG_LEVEL": "loud",
    }

    stopped = await florist(tmp_path, GOOD | wrong, "run")

    assert stopped.code == 2
    # The phone is of a country, and the country follows from the zone: with a wrong zone it is not judged.
    assert {line.split()[0] for line in stopped.problems[:-1]} == set(wrong) - {"DIRECTOR_PHONE"}
    assert "Traceback" not in stopped.err
    for value in ("secret-that-is-no-token", "pass-word", "not allowed!", "roubles"):
        assert value not in stopped.err


async def test_a_broken_env_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SHOP_NAME=Цветы\nthis line says nothing\nBOT_TOKN=1\n", encoding="utf-8")

    stopped = await florist(tmp_path, GOOD, "run")

    assert stopped.code == 2
    assert stopped.problems[:-1] == [
        ".env line 2 cannot be read. Example: NAME=value",
        "BOT_TOKN in .env is no setting. Did you mean BOT_TOKEN?",
    ]


async def test_the_settings_are_printed_as_they_are_explained(tmp_path: Path) -> None:
    printed = await florist(tmp_path, {}, "settings")
    assert (printed.code, printed.err) == (0, "")
    assert printed.out == (Path(__file__).parents[3] / ".env.example").read_text(encoding="utf-8")


async def test_migrate_makes_the_database_and_may_be_run_again(tmp_path: Path) -> None:
    for _ in range(2):
        done = await florist(tmp_path, GOOD, "migrate")
        assert (done.code, done.err) == (0, "The database is up to date.\n")
    assert (tmp_path / "data/orders.db").stat().st_size > 0


async def test_a_database_that_cannot_be_opened_is_said_by_every_command(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file, not a folder")
    settings = GOOD | {"DATABASE_URL": "sqlite+aiosqlite:///blocked/orders.db"}

    for words in (("migrate",), ("backup", "verify")):
        failed = await florist(tmp_path, settings, *words)
        assert failed.code == 1
        said = failed.out + failed.err
        assert "blocked/orders.db" in said
        assert len(said.splitlines()) == 1


async def test_doctor_finds_a_healthy_shop_healthy(empty_stage: Stage) -> None:
    found = await florist(empty_stage.folder, empty_stage.bot.settings, "doctor")

    assert found.code == 0
    assert [line[:4] for line in found.out.splitlines()] == ["ok  "] * 12
    assert "@florist_demo_bot" in found.out
    assert "token: is taken, shops: 2\nok   shop: 501 (Цветы на Лесной), active, verified" in found.out
    assert found.err == ""


async def test_doctor_changes_nothing_and_shows_whole_paths(empty_stage: Stage) -> None:
    stage = empty_stage
    await florist(stage.folder, stage.bot.settings, "doctor")
    assert not (stage.folder / "data").exists()

    await florist(stage.folder, stage.bot.settings, "migrate")
    lower(stage, "0013")
    before = contents(stage.folder)
    found = await florist(stage.folder, stage.bot.settings, "doctor")

    assert found.code == 0, found.out
    assert "this database is of an older version (revision 0013)" in found.out
    assert "florist migrate brings it up to date" in found.out
    assert contents(stage.folder) == before
    for what in ("photos", "backup"):
        assert f"{what}: {stage.folder}/" in found.out


async def test_a_database_of_a_newer_version_is_said_in_one_line(empty_stage: Stage) -> None:
    stage = empty_stage
    await florist(stage.folder, stage.bot.settings, "migrate")
    execute(stage, "UPDATE alembic_version SET version_num = '0099'")

    for words in (("run",), ("migrate",), ("doctor",), ("backup", "verify")):
        refused = await florist(stage.folder, stage.bot.settings, *words)
        said = [line for line in (refused.out + refused.err).splitlines() if not line.startswith("ok  ")]
        assert refused.code == 1, words
        assert len(said) == 1, (words, said)
        assert "made by a newer version of florist (revision 0099); install that version" in said[0]


async def test_doctor_finds_a_taken_port_but_not_the_running_bots(stage: Stage) -> None:
    running_bots = await florist(stage.folder, stage.bot.settings, "doctor")
    taken = await asyncio.start_server(lambda _reader, writer: writer.close(), HOST, 0)
    port = taken.sockets[0].getsockname()[1]
    others = await florist(stage.folder, stage.bot.settings | {"WEB_PORT": str(port)}, "doctor")
    taken.close()

    assert running_bots.code == 0, running_bots.out
    assert "is answered by the running bot" in running_bots.out
    assert f"BAD  web: {HOST}:{port} is taken by another program" in others.out
    assert others.code == 1


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
async def test_doctor_finds_an_address_that_is_not_this_machines(empty_stage: Stage, host: str) -> None:
    found = await florist(empty_stage.folder, empty_stage.bot.settings | {"WEB_HOST": host}, "doctor")
    assert "BAD  web: " in found.out
    assert "WEB_HOST" in found.out


async def test_doctor_finds_a_place_that_cannot_be_written(empty_stage: Stage) -> None:
    found = await florist(
        empty_stage.folder, empty_stage.bot.settings | {"BACKUP_PATH": "/proc/copy.db"}, "doctor"
    )
    assert "BAD  backup: /proc cannot be written to" in found.out
    assert "make room" not in found.out


async def test_doctor_tells_of_a_second_shop_that_a_new_name_once_made(empty_stage: Stage) -> None:
    stage = empty_stage
    await florist(stage.folder, stage.bot.settings, "migrate")
    database = stage.database()
    async with database.write() as c:
        old = await shops.put(c, Shop(0, None, "Цветы", "ru", ShopRules()))
        await staff.add(c, old.id, "+79990000002", "Пётр", Role.SELLER)
        ours = await shops.put(c, Shop(0, 501, "Цветы на Лесной", "ru", ShopRules(), of_settings=True))
        await staff.add(c, ours.id, "+79990000001", "Анна", Role.DIRECTOR)
        await shops.put(c, Shop(0, 77, "цветы на лесной", "ru", ShopRules()))
    await database.close()

    found = await florist(stage.folder, stage.bot.settings | {"FLOWWOW_SHOP_ID": "77"}, "doctor")

    assert "BAD  settings: FLOWWOW_SHOP_ID is the number of another shop" in found.out
    assert "BAD  shops: «цветы на лесной» stands there twice" in found.out
    assert "where nobody works but directors, and «Цветы» has staff" in found.out


async def test_doctor_names_every_illness_and_how_to_mend_it(empty_stage: Stage) -> None:
    stage = empty_stage
    (stage.folder / "blocked").write_text("a file, not a folder")
    sick = {
        "BOT_TOKEN": "123456789:AAExampleExampleExampleExampleExamp",
        "DATABASE_URL": "sqlite+aiosqlite:///blocked/orders.db",
        "BACKUP_PATH": "blocked/copy.db",
        "PHOTOS_PATH": "blocked/photos",
        "FLOWWOW_TOKEN": "an-old-token",
    }

    found = await florist(stage.folder, stage.bot.settings | sick, "doctor")

    assert found.code == 1
    bad = {line.split()[1]: line for line in found.out.splitlines() if line.startswith("BAD ")}
    assert set(bad) == {"photos:", "backup:", "database:", "telegram:", "token:"}
    assert "@BotFather" in bad["telegram:"]
    assert "DATABASE_URL" in bad["database:"]
    assert "FLOWWOW_TOKEN" in bad["token:"]
    assert "Traceback" not in found.err
    assert "an-old-token" not in found.out


@pytest.mark.parametrize(
    ("settings", "what", "words"),
    [
        (
            {"FLOWWOW_SHOP_ID": "77"},
            "shop:",
            "put one of its shops into FLOWWOW_SHOP_ID: 501 (Цветы на Лесной)",
        ),
        ({"FLOWWOW_API_URL": "http://127.0.0.1:9"}, "marketplace:", "check FLOWWOW_API_URL"),
    ],
)
async def test_doctor_says_what_the_marketplace_thinks(
    empty_stage: Stage, settings: dict[str, str], what: str, words: str
) -> None:
    found = await florist(empty_stage.folder, empty_stage.bot.settings | settings, "doctor")

    assert found.code == 1
    (bad,) = [line for line in found.out.splitlines() if line.startswith("BAD ")]
    assert bad.split()[1] == what
    assert words in bad


async def demo_is_ready(demo: asyncio.subprocess.Process) -> None:
    assert demo.stdout is not None
    async with asyncio.timeout(DEMO_SECONDS):
        async for line in demo.stdout:
            if b"The demo is ready" in line:
                return
    raise AssertionError("the demo ended without being ready")


def bot_of(demo: asyncio.subprocess.Process) -> int:
    """The process of the bot, the only child of the demo's."""
    [child] = Path(f"/proc/{demo.pid}/task/{demo.pid}/children").read_text().split()
    return int(child)


@pytest.mark.requirement("X12")
async def test_the_demo_comes_up_with_its_people_connected_and_leaves_nothing_behind(tmp_path: Path) -> None:
    port = free_port()
    page = f"http://{HOST}:{port}"
    async with running(tmp_path, {}, "demo", "--port", str(port)) as demo:
        await demo_is_ready(demo)
        async with aiohttp.ClientSession() as session, session.get(page) as response:
            assert response.status == 200
            assert "<html" in await response.text()
        async with SandboxDriver(page) as driver:
            for person in ("florist", "courier"):
                await driver.wait_message(person, containing="вы подключены")
            await driver.wait_message("director", containing="Первый день · 4 из 5")
            placed = await driver.place_order()
            await driver.wait_message("director", containing=f"Новый заказ {placed.id}", chat="group")
            # A bot that dies is started again, and knows what it knew.
            os.kill(bot_of(demo), signal.SIGKILL)
            await driver.text("director", str(placed.id))
            mark = await driver.mark()
            await driver.wait_message("director", containing=str(placed.id), since=mark)

        demo.terminate()
        async with asyncio.timeout(DEMO_SECONDS):
            _out, err = await demo.communicate()

    assert demo.returncode == 0
    assert b"Traceback" not in err
    with pytest.raises(ProcessLookupError):
        os.killpg(demo.pid, 0)


async def test_a_folder_that_the_demo_cannot_write_to_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")

    failed = await florist(tmp_path, {}, "demo", "--port", str(free_port()))

    assert failed.code == 1
    assert len(failed.problems) == 1
    assert failed.err.startswith(
        f"The demo keeps its orders in {tmp_path}/data/demo, which cannot be written"
    )


async def test_a_taken_page_port_is_said_in_one_line(tmp_path: Path) -> None:
    taken = await asyncio.start_server(lambda _reader, _writer: None, HOST, 0)
    port = taken.sockets[0].getsockname()[1]

    failed = await florist(tmp_path, {}, "demo", "--port", str(port))

    assert failed.code == 1
    assert len(failed.problems) == 1
    assert failed.err.startswith(f"Port {port} cannot be used")
    taken.close()


@pytest.mark.requirement("R78")
async def test_a_shop_words_texts_anew_and_what_is_wrong_is_named_before_the_start(tmp_path: Path) -> None:
    offered = await florist(tmp_path, {}, "texts", "ready-text-late")
    assert offered.out.startswith("ready-text-late = Заказ { $number } ")
    assert (await florist(tmp_path, {}, "texts", "no-such-text")).code == 1

    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "ru.ftl").write_text(offered.out.replace("$number", "$phone"), encoding="utf-8")
    settings = GOOD | {"TEXTS_PATH": str(folder)}
    stopped = await florist(tmp_path, settings, "run")
    assert stopped.code == 2
    problem = "ru.ftl line 1: ready-text-late is not told $phone; it is told $number"
    assert stopped.problems[0] == f"TEXTS_PATH: {problem}"
    assert f"BAD  texts: {problem}" in (await florist(tmp_path, settings, "doctor")).out

    (folder / "ru.ftl").write_text(offered.out, encoding="utf-8")
    assert "ok   texts: own texts in ru" in (await florist(tmp_path, settings, "doctor")).out
