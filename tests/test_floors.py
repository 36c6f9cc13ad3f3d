from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from tests.floors import FLOORS, MOST_MODULES, WINGS, circle, crowded, violations, wings_of

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for room in FLOORS for path in (ROOT / room).rglob("*.py"))


FILES = [
    PurePosixPath(path.relative_to(ROOT).as_posix())
    for room in (*FLOORS, "tests", "benchmarks")
    for path in (ROOT / room).rglob("*.py")
]


def found(path: str, *lines: str) -> list[str]:
    return [line.removeprefix(f"{path}: ") for line in violations(PurePosixPath(path), "\n".join(lines))]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_room_keeps_to_its_floor_and_its_size(path: Path) -> None:
    relative = PurePosixPath(path.relative_to(ROOT).as_posix())

    assert violations(relative, path.read_text(encoding="utf-8")) == []


def test_every_room_has_its_floor() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}

    assert rooms - {"tests", "benchmarks"} == set(FLOORS)


@pytest.mark.parametrize("floor", WINGS)
def test_the_table_names_the_wings_of_each_floor_and_has_no_circle(floor: str) -> None:
    assert wings_of(floor, FILES) <= set(WINGS[floor])
    assert {other for others in WINGS[floor].values() for other in others.split()} <= set(WINGS[floor])
    assert circle(WINGS[floor]) == []


def test_a_circle_in_the_table_is_found() -> None:
    assert circle({"low": "", "left": "low right", "right": "left", "high": "low"}) == ["left", "right"]


def test_no_folder_is_crowded() -> None:
    assert crowded(FILES) == {}


def test_a_crowded_folder_is_found() -> None:
    many = [PurePosixPath(f"orders/steps/step_{number}.py") for number in range(MOST_MODULES + 1)]

    assert crowded([*many, PurePosixPath("orders/steps/__init__.py")]) == {"orders/steps": MOST_MODULES + 1}
    assert crowded(many[1:]) == {}


@pytest.mark.parametrize(
    ("path", "line", "imported"),
    [
        ("orders/model/order.py", "from orders.steps import flow", "orders.steps"),
        ("orders/model/order.py", "from orders.steps.flow import decide", "orders.steps.flow"),
        ("orders/model/order.py", "from ..steps.flow import decide", "orders.steps.flow"),
        ("orders/model/order.py", "import orders.steps.flow", "orders.steps.flow"),
        ("orders/new/module.py", "from orders.model.order import Order", "orders.model.order"),
        ("messages/order/history/record.py", "from messages.shop.shops import x", "messages.shop.shops"),
        ("services/db/leader.py", "from services import phones", "services.phones"),
        ("handlers/frame/context.py", "from handlers.routers import x", "handlers.routers"),
    ],
)
def test_an_import_from_a_higher_wing_is_found(path: str, line: str, imported: str) -> None:
    assert found(path, line) == [f"imports {imported} from another wing"]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("orders/steps/flow.py", "from orders.steps.events import Event"),
        ("orders/steps/flow.py", "from orders.model import order"),
        ("messages/order/history/record.py", "from messages.order.board import x"),
        ("services/order/contact_filter.py", "from services import phones"),
        ("handlers/routers.py", "from handlers.order import taps"),
    ],
)
def test_an_import_from_a_lower_wing_or_the_same_is_fine(path: str, line: str) -> None:
    assert found(path, line) == []


@pytest.mark.parametrize(
    ("path", "line", "imported"),
    [
        ("orders/steps/flow.py", "from storage.order import orders", "storage.order"),
        ("orders/steps/flow.py", "import pydantic", "pydantic"),
        ("orders/steps/flow.py", "import time", "time"),
        ("orders/steps/flow.py", "import os.path", "os.path"),
        ("orders/steps/flow.py", "import io, logging", "io"),
        ("orders/deep/er.py", "from ...storage import x", "storage.x"),
        ("storage/order/orders.py", "from messages import order", "messages.order"),
        ("messages/order/cards.py", "import storage.order.orders as rows", "storage.order.orders"),
        ("services/order/desk.py", "from flowwow.api.client import SellerApi", "flowwow.api.client"),
        ("services/order/desk.py", "from ...handlers.team import start", "handlers.team"),
        ("flowwow/api/client.py", "from handlers.team import start", "handlers.team"),
        ("flowwow/api/client.py", "from bot.config.settings import Settings", "bot.config.settings"),
        ("handlers/team/start.py", "from flowwow import api", "flowwow.api"),
        ("bot/runtime/wiring.py", "from sandbox import config", "sandbox"),
        ("bot/runtime/wiring.py", "    importlib.import_module('sandbox.config')", "sandbox.config"),
        ("sandbox/config.py", "from orders.model.order import Order", "orders.model.order"),
        ("sandbox/config.py", "from bot import config", "bot.config"),
        ("bot/commands/cli.py", "from tests import builders", "tests"),
        ("messages/order/cards.py", "from tests.builders import an_order", "tests.builders"),
    ],
)
def test_an_import_from_a_higher_floor_is_found(path: str, line: str, imported: str) -> None:
    assert found(path, "if True:", f"    {line.strip()}")[0] == f"imports {imported}"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("orders/steps/flow.py", "from orders.model.order import Order"),
        ("orders/steps/flow.py", "from . import events"),
        ("orders/steps/flow.py", "from .events import Event"),
        ("orders/steps/flow.py", "from collections.abc import Mapping"),
        ("storage/order/orders.py", "import sqlalchemy"),
        ("storage/db/migrations/env.py", "from ..tables import metadata"),
        ("services/order/desk.py", "from storage.order import orders"),
        ("flowwow/order/intake.py", "from services.order.desk import Desk"),
        ("bot/commands/cli.py", "from sandbox.config import demo_config"),
        ("bot/commands/demo/__init__.py", "from sandbox.config import demo_config"),
        ("bot/commands/demo/world.py", "from sandbox.config import demo_config"),
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
    assert found("orders/steps/flow.py", line) == [what]
    assert found("services/order/desk.py", line) == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("from storage.order import cards", "cards"),
        ("from storage.order.cards import order_of", "order_of"),
        ("import storage.order.cards", "storage.order.cards"),
        ("from storage.db.database import Database", "Database"),
        ("from sqlalchemy.ext.asyncio import AsyncConnection", "AsyncConnection"),
    ],
)
def test_a_handler_that_goes_past_the_services_is_found(line: str, name: str) -> None:
    assert found("handlers/order/taps.py", line) == [f"imports {name} instead of asking a service"]
    assert found("services/order/desk.py", line) == []


def test_a_handler_may_name_the_classes_and_errors_of_storage() -> None:
    assert found("handlers/order/taps.py", "from storage.team.staff import BySettings, Member") == []


def test_a_file_that_grew_too_long_is_found() -> None:
    assert found("bot/commands/cli.py", *["x = 1"] * 400) == []
    assert found("bot/commands/cli.py", *["x = 1"] * 401) == ["has 401 lines"]


def test_a_function_that_grew_too_long_is_found_and_its_docstring_is_not_counted() -> None:
    documented = ["async def work() -> None:", '    """What', "    for.", '    """']

    assert found("bot/commands/cli.py", *documented, *["    x = 1"] * 49) == []
    assert found("bot/commands/cli.py", *documented, *["    x = 1"] * 50) == ["work has 51 lines"]
