"""Chooses the newest time zone data: governments change time zones, and old data show wrong hours."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from bot.config.findings import Finding

_FIRST_LINE = "# version "


@dataclass(frozen=True, slots=True)
class ZoneData:
    """Versions of the data in the package tzdata and in the system's folders; empty if unknown."""

    own: str
    system: tuple[str, ...]

    @property
    def uses_own(self) -> bool:
        """The system's data are used only if they are newer; versions sort as text (2024a, 2025b)."""
        return not self.system or min(self.system) <= self.own

    @property
    def words(self) -> str:
        """One line that says which data are used and why."""
        if not self.uses_own:
            return f"data {min(self.system)} of the system"
        older = sorted({version or "unknown" for version in self.system if version < self.own})
        beside = f"; the system's are older ({', '.join(older)}) and not used" if older else ""
        return f"data {self.own} of the package tzdata{beside}"


@cache
def use_newest_zones() -> ZoneData:
    """Make the whole process use the newest data. Call it before any zone is used."""
    found = ZoneData(_version(files("tzdata") / "zoneinfo"), tuple(map(_version, _folders())))
    if found.uses_own:
        zoneinfo.reset_tzpath(to=())
        zoneinfo.ZoneInfo.clear_cache()
    return found


def zone_finding() -> Finding:
    """The finding of `florist doctor` about time zone data."""
    return Finding("time zones", True, use_newest_zones().words)


def _folders() -> list[Path]:
    """Folders of the system or of PYTHONTZPATH, which Python searches before the package tzdata."""
    return [Path(folder) for folder in zoneinfo.TZPATH if Path(folder).is_dir()]


def _version(folder: Path | Traversable) -> str:
    """The version from either of the two usual files; "" if neither says it."""
    for name in ("tzdata.zi", "+VERSION"):
        try:
            first = (folder / name).read_text("utf-8").partition("\n")[0]
            return first.removeprefix(_FIRST_LINE).strip()
        except (OSError, UnicodeDecodeError):
            continue
    return ""
