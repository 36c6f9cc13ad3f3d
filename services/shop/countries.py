"""Which country a time zone belongs to: a shop's local phone numbers are those of its country."""

from __future__ import annotations

from importlib.resources import files


def country_of(timezone: str) -> str | None:
    """The country ("RU") to which a time zone belongs, None for one that belongs to none, such as UTC."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == timezone), None)
