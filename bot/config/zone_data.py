"""Which time zone data the program uses: governments change their clocks, and old data show wrong hours."""

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
    """The version of the data that the bot brings, and those of the system's folders; empty where unknown."""

    own: str
    system: tuple[str, ...]

    @property
    def uses_own(self) -> bool:
        """The system's are used only where they are newer; versions sort as text (2024a, 2025b)."""
        return not self.system or min(self.system) <= self.own

    @property
    def words(self) -> str:
        """What is used and why, in one line."""
        if not self.uses_own:
            return f"data {min(self.system)} of the system"
        older = sorted({version or "unknown" for version in self.system if version < self.own})
        beside = f"; the system's are older ({', '.join(older)}) and not used" if older else ""
        return f"data {self.own} of the package tzdata{beside}"


@cache
def use_newest_zones() -> ZoneData:
    """Let the whole program use the newest data there are. To be called before a zone is used."""
    found = ZoneData(_version(files("tzdata") / "zoneinfo"), tuple(map(_version, _folders())))
    if found.uses_own:
        zoneinfo.reset_tzpath(to=())
        zoneinfo.ZoneInfo.clear_cache()
    return found


def zone_finding() -> Finding:
    """For `florist doctor`."""
    return Finding("time zones", True, use_newest_zones().words)


def _folders() -> list[Path]:
    """Folders of the system, or of PYTHONTZPATH, in which Python looks for zones before the package."""
    return [Path(folder) for folder in zoneinfo.TZPATH if Path(folder).is_dir()]


def _version(folder: Path | Traversable) -> str:
    """The version as the two usual files tell it, empty where neither does: then it may be any."""
    for name in ("tzdata.zi", "+VERSION"):
        try:
            first = (folder / name).read_text("utf-8").partition("\n")[0]
            return first.removeprefix(_FIRST_LINE).strip()
        except (OSError, UnicodeDecodeError):
            continue
    return ""
