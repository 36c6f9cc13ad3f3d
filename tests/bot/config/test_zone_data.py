"""The newest time zone data are used, whatever the system has."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

NEWEST = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text().split()[2]
ASK = """
from datetime import datetime, UTC
from zoneinfo import ZoneInfo
from bot.config.zone_data import use_newest_zones
print(use_newest_zones().words)
at = datetime(2026, 3, 8, 9, tzinfo=UTC).astimezone(ZoneInfo("Asia/Almaty"))
print(f"{at:%H:%M}")
"""


def zones(folder: Path, version: str | None) -> Path:
    """A folder as a system has it, in which Almaty is still six hours ahead, as before March 2024."""
    (folder / "Asia").mkdir(parents=True)
    before = files("tzdata").joinpath("zoneinfo", "Etc", "GMT-6")
    shutil.copy(str(before), folder / "Asia" / "Almaty")
    if version is not None:
        (folder / "tzdata.zi").write_text(f"# version {version}\n# This zic input file ...\n")
    return folder


def asked(*folders: Path) -> list[str]:
    """What the program says that it uses, and what time 9:00 UTC is in Almaty then."""
    environment = os.environ | {"PYTHONTZPATH": os.pathsep.join(map(str, folders))}
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize(("version", "named"), [("2023c", "2023c"), (None, "unknown")])
def test_old_data_of_the_system_are_not_used_and_named(
    tmp_path: Path, version: str | None, named: str
) -> None:
    words, time = asked(zones(tmp_path / "zones", version))
    assert time == "14:00"
    assert words == (f"data {NEWEST} of the package tzdata; the system's are older ({named}) and not used")


def test_newer_data_of_the_system_are_used(tmp_path: Path) -> None:
    assert asked(zones(tmp_path / "zones", "2199a")) == ["data 2199a of the system", "15:00"]


def test_an_old_folder_before_a_new_one_is_not_used(tmp_path: Path) -> None:
    _, time = asked(zones(tmp_path / "old", "2023c"), zones(tmp_path / "new", "2199a"))
    assert time == "14:00"


def test_without_data_of_the_system_the_packages_are_used(tmp_path: Path) -> None:
    assert asked(tmp_path / "nowhere") == [f"data {NEWEST} of the package tzdata", "14:00"]
