from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from tests.floors import FLOORS, violations

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for room in FLOORS for path in (ROOT / room).rglob("*.py"))


def found(path: str, *lines: str) -> list[str]:
    return [line.removeprefix(f"{path}: ") for line in violations(PurePosixPath(path), "\n".join(lines))]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_room_keeps_to_its_floor_and_its_size(path: Path) -> None:
    relative = PurePosixPath(path.relative_to(ROOT).as_posix())

    assert violations(relative, path.read_text(encoding="utf-8")) == []


def test_every_room_has_its_floor() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}

    assert rooms - {"tests", "benchmarks"} == set(FLOORS)


@pytest.mark.parametrize(
    ("path", "line", "imported"),
    [
        ("orders/flow.py", "from storage import orders", "storage"),
        ("orders/flow.py", "import pydantic", "pydantic"),
        ("orders/flow.py", "import time", "time"),
        ("orders/flow.py", "import os.path", "os.path"),
        ("orders/flow.py", "import io, logging", "io"),
        ("orders/deep/er.py", "from ...storage import x", "storage"),
        ("storage/orders.py", "from messages import cards", "messages"),
        ("messages/cards.py", "import storage.orders as rows", "storage.orders"),
        ("services/desk.py", "from flowwow.client import SellerApi", "flowwow.client"),
        ("services/desk.py", "from ..handlers import start", "handlers"),
        ("flowwow/client.py", "from handlers import start", "handlers"),
        ("flowwow/client.py", "from bot.settings import Settings", "bot.settings"),
        ("handlers/start.py", "from flowwow import client", "flowwow"),
        ("bot/wiring.py", "from sandbox import config", "sandbox"),
        ("bot/wiring.py", "    importlib.import_module('sandbox.config')", "sandbox.config"),
        ("sandbox/config.py", "from orders.order import Order", "orders.order"),
        ("sandbox/config.py", "from bot import settings", "bot"),
        ("bot/cli.py", "from tests import builders", "tests"),
        ("messages/cards.py", "from tests.builders import an_order", "tests.builders"),
    ],
)
def test_an_import_from_a_higher_floor_is_found(path: str, line: str, imported: str) -> None:
    assert found(path, "if True:", f"    {line.strip()}")[0] == f"imports {imported}"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("orders/flow.py", "from orders.order import Order"),
        ("orders/flow.py", "from . import order"),
        ("orders/flow.py", "from .order import Order"),
        ("orders/flow.py", "from collections.abc import Mapping"),
        ("storage/orders.py", "import sqlalchemy"),
        ("storage/migrations/env.py", "from ..tables import metadata"),
        ("services/desk.py", "from storage import orders"),
        ("flowwow/intake.py", "from services.desk import Desk"),
        ("bot/cli.py", "from sandbox.config import demo_config"),
        ("bot/demo/__init__.py", "from sandbox.config import demo_config"),
        ("bot/demo/world.py", "from sandbox.config import demo_config"),
        ("sandbox/telegram/api.py", "from sandbox.config import demo_config"),
        ("sandbox/telegram/api.py", "from ..config import demo_config"),
    ],
)
def test_an_import_from_a_lower_floor_or_the_same_room_is_fine(path: str, line: str) -> None:
    assert found(path, line) == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("now = datetime.now(UTC)", "reads the clock by .now in line 1"),
        ("later(clock=datetime.utcnow)", "reads the clock by .utcnow in line 1"),
        ("day = date.today()", "reads the clock by .today in line 1"),
        ("text = open('rules.txt')", "calls open in line 1"),
        ("print('accepted')", "calls print in line 1"),
    ],
)
def test_the_rules_of_the_trade_touch_neither_clock_nor_world(line: str, what: str) -> None:
    assert found("orders/flow.py", line) == [what]
    assert found("services/desk.py", line) == []


def test_a_file_that_grew_too_long_is_found() -> None:
    assert found("bot/cli.py", *["x = 1"] * 400) == []
    assert found("bot/cli.py", *["x = 1"] * 401) == ["has 401 lines"]


def test_a_function_that_grew_too_long_is_found_and_its_docstring_is_not_counted() -> None:
    documented = ["async def work() -> None:", '    """What', "    for.", '    """']

    assert found("bot/cli.py", *documented, *["    x = 1"] * 49) == []
    assert found("bot/cli.py", *documented, *["    x = 1"] * 50) == ["work has 51 lines"]
