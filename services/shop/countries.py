"""Finds the country of a time zone: it decides how a shop's local phone numbers are read."""

from __future__ import annotations

from importlib.resources import files


def country_of(timezone: str) -> str | None:
    """The country ("RU") of a time zone; None for a zone without a country, such as UTC."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == timezone), None)
