"""The result of a rehearsal as a picture, in the template of the reports (X29)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.report import charts
from messages.report.pictures import PERSON, SHOP, Picture
from messages.report.rows import minutes_said
from orders.model.people import Role
from orders.rehearsal.score import BREAKING_PERCENT, Hour, Outcome, Score, breaks_first

NO_BREAK = "\N{NO-BREAK SPACE}"
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Parameters:
    """The rehearsal's parameters: the shop, the part of a day, and the people's speed in seconds."""

    shop: str
    has_own_day: bool
    times: float
    minutes: float | None
    seed: int
    speeds: Mapping[str, float]


def rehearsal_picture(outcome: Outcome, parameters: Parameters, t: Translator) -> Picture:
    """The day's result and the hour that breaks first; then the effect of one more person, and messages."""
    count = outcome.score.orders
    return {
        "language": t.language,
        "title": t.plain("rehearsal-title"),
        "period": ", ".join(_period(parameters, t)),
        "shop": clean(parameters.shop, SHOP),
        "count": str(count),
        "noun": t.plain("summary-orders", count=count),
        "states": _people(outcome, t),
        "kind": "",
        "tiles": list(_tiles(outcome, t)),
        "sections": [_speeds(parameters, t)],
        "people": [_changes(outcome, t), _heard(outcome, t)],
        "charts": [_hours(outcome.hours, t)],
        "charts_first": True,
    }


def _period(parameters: Parameters, t: Translator) -> Iterator[str]:
    yield t.plain("rehearsal-own-day" if parameters.has_own_day else "rehearsal-built-in")
    if parameters.minutes is not None:
        yield t.plain("rehearsal-minutes", minutes=f"{parameters.minutes:g}")
    yield t.plain("rehearsal-load", times=f"{parameters.times:g}", seed=str(parameters.seed))


def _people(outcome: Outcome, t: Translator) -> str:
    roles = Counter(one.role for one in outcome.heard)
    counted = (t.plain(f"rehearsal-people-{role.value}", count=roles[role]) for role in roles)
    return " · ".join(one.replace(" ", NO_BREAK) for one in counted)


def _tiles(outcome: Outcome, t: Translator) -> Iterator[dict[str, Any]]:
    found = outcome.score
    yield _part("accepted", found.accepted_in_time, found.orders, t)
    yield _part("photo", found.photos_in_time, found.photos, t)
    yield {
        "label": t.plain("rehearsal-late"),
        "value": t.plain("summary-of", part=found.late, all=found.deliveries),
        "note": _late_note(found, t),
        "warns": found.late > 0,
    }
    yield _first_break(outcome.hours, t)


def _part(key: str, in_time: int, every: int, t: Translator) -> dict[str, Any]:
    late = every - in_time
    note = t.plain("summary-photo-late", count=late) if late else t.plain("summary-photo-all")
    value = t.plain("summary-of", part=in_time, all=every)
    return {"label": t.plain(f"rehearsal-{key}"), "value": value, "note": note, "warns": late > 0}


def _late_note(found: Score, t: Translator) -> str:
    if not found.late:
        return t.plain("summary-punctual-all")
    worst = minutes_said(found.worst_delay, t)
    return t.plain("rehearsal-late-note", late=found.late_15, very=found.late_30, worst=worst)


def _first_break(hours: Sequence[Hour], t: Translator) -> dict[str, Any]:
    hour, label = breaks_first(hours), t.plain("rehearsal-breaks")
    if hour is None:
        note = t.plain("rehearsal-holds", percent=BREAKING_PERCENT)
        return {"label": label, "value": t.plain("summary-nothing"), "note": note, "warns": False}
    note = t.plain("rehearsal-breaks-note", broken=hour.broken, count=hour.score.orders)
    value = t.plain("rehearsal-no-time") if hour.hour is None else f"{hour.hour:02}:00-{hour.hour + 1:02}:00"
    return {"label": label, "value": value, "note": note, "warns": True}


def _hours(hours: Sequence[Hour], t: Translator) -> charts.Chart:
    """All orders of each hour as pale bars, late ones in front of them."""
    broken = {one.hour: one.broken for one in hours if one.hour is not None}
    every = {one.hour: Fraction(one.score.orders) for one in hours if one.hour is not None}
    notes = [t.plain("rehearsal-by-hour-note")]
    notes += [t.plain("summary-untimed", count=one.score.orders) for one in hours if one.hour is None]
    return charts.hours(broken, every, t.plain("summary-by-hour"), " ".join(notes))


def _changes(outcome: Outcome, t: Translator) -> dict[str, Any]:
    rows = [("rehearsal-as-is", outcome.score)]
    rows += [(f"rehearsal-more-{role.value}", found) for role, found in outcome.with_more.items()]
    return {
        "title": t.plain("rehearsal-more"),
        "columns": [t.plain(f"rehearsal-column-{one}") for one in ("accepted", "photo", "late")],
        "rows": [
            {
                "name": t.plain(key),
                "values": [str(one.accepted_in_time), str(one.photos_in_time), str(one.late)],
            }
            for key, one in rows
        ],
    }


def _heard(outcome: Outcome, t: Translator) -> dict[str, Any]:
    return {
        "title": t.plain("rehearsal-heard"),
        "columns": [t.plain(f"rehearsal-column-{one}") for one in ("sounds", "messages")],
        "rows": [
            {"name": _who(one.name, one.role, t), "values": [str(one.sounds), str(one.messages)]}
            for one in outcome.heard
        ],
    }


def _who(name: str, role: Role, t: Translator) -> str:
    return f"{clean(name, PERSON)}, {t.plain(f'role-{role.value}').lower()}"


def _speeds(parameters: Parameters, t: Translator) -> dict[str, Any]:
    return {
        "title": t.plain("rehearsal-speeds"),
        "rows": [
            {"label": t.plain(f"rehearsal-speed-{key}"), "value": _lasts(one, t)}
            for key, one in parameters.speeds.items()
        ],
    }


def _lasts(seconds: float, t: Translator) -> str:
    if seconds < _MINUTE:
        return t.plain("rehearsal-seconds", count=f"{seconds:g}")
    return minutes_said(timedelta(seconds=seconds), t)
