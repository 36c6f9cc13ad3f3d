"""What `scripts/setup` installs: one lock file for the bot, and one with the tools for checks and tests."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def locked(name: str) -> dict[str, str]:
    """What stands in a lock file of each package: its version and all that follows, the hashes too."""
    blocks = re.split(r"^(?=[a-z0-9])", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = (re.match(r"([a-z0-9._-]+)==(.+?)(?=\n +# via)", block, re.DOTALL) for block in blocks)
    return {match[1]: match[2] for match in found if match}


def wanted(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=,; ]", one, maxsplit=1)[0] for one in requirements}


def test_the_bot_is_set_up_with_what_it_needs_and_without_the_tools() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run = locked("requirements-run.lock")
    tools = wanted([one for one in project["dependency-groups"]["dev"] if isinstance(one, str)])
    assert wanted(project["project"]["dependencies"]) <= set(run)
    assert wanted(project["dependency-groups"]["build"]) <= set(run)
    assert tools.isdisjoint(run)


def test_both_lock_files_name_the_same_versions_with_hashes_and_no_address() -> None:
    run, whole = locked("requirements-run.lock"), locked("requirements.lock")
    assert {name: pinned for name, pinned in run.items() if whole.get(name) != pinned} == {}
    assert len(run) > 40
    for pinned in whole.values():
        assert "--hash=sha256:" in pinned
        assert "://" not in pinned
