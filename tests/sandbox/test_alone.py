import ast
import asyncio
import os
import re
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

import sandbox
from sandbox.config import SandboxConfig, demo_config
from sandbox.driver import SandboxDriver

ROOT = Path(sandbox.__file__).parent
ALLOWED = {*sys.stdlib_module_names, "sandbox", "aiohttp", "pydantic", "PIL", "markupsafe"}


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def test_the_sandbox_imports_nothing_of_the_project() -> None:
    strangers = {str(path): names for path in ROOT.rglob("*.py") if (names := imported(path) - ALLOWED)}
    assert strangers == {}


async def test_it_runs_alone_from_a_configuration_file(tmp_path: Path) -> None:
    config = demo_config("http://127.0.0.1:1")
    file = tmp_path / "world.json"
    file.write_text(config.model_dump_json(), encoding="utf-8")
    assert SandboxConfig.from_file(file) == config
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        "--port",
        "0",
        "--config",
        str(file),
        stdout=asyncio.subprocess.PIPE,
        env=buffered,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            line = (await process.stdout.readline()).decode()
            address = re.search(r"http://[\d.:]+", line)
            assert address is not None
            async with SandboxDriver(address[0]) as people:
                assert await people.health()
    finally:
        process.terminate()
        await process.communicate()


def test_the_demo_world_is_as_everybody_expects_it() -> None:
    config = demo_config("http://bot:8081/")
    assert {person.key: (person.id, person.phone) for person in config.people} == {
        "director": (1001, "+79990000001"),
        "florist": (1002, "+79990000002"),
        "courier": (1003, "+79990000003"),
        "client": (1004, "+79990000004"),
    }
    assert (config.groups[0].key, config.groups[0].id, config.groups[0].title) == (
        "group",
        -1005001,
        "Цветы на Лесной · заказы",
    )
    shop = config.marketplace[0]
    assert (shop.shop_id, shop.webhook_url, shop.timezone) == (
        501,
        "http://bot:8081/flowwow",
        "Europe/Moscow",
    )
    assert config.bot_id == 100


@pytest.mark.parametrize("change", [{"bot_token": "100:short"}, {"orders_first_page": 2}, {"unknown": 1}])
def test_a_wrong_configuration_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SandboxConfig.model_validate(demo_config("http://x").model_dump() | change)
