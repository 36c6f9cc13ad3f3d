"""The four main figures of a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.report.rows import minutes_said
from messages.ui.sums import money
from orders.report.comparison import Comparison
from orders.report.figures import Figures
from orders.report.money import MoneyFigures, Sums

Tile = dict[str, Any]


def tiles(figures: Figures, t: Translator) -> list[Tile]:
    """The figures that the viewer looks for first; bad ones have the accent colour."""
    return list(_own(figures, t) if figures.own else _of_shop(figures, t))


def sums_said(sums: Sums, t: Translator) -> Markup:
    """«154 320 ₽»; several currencies one after another, with non-breaking spaces."""
    return Markup(" + ").join(money(one, t) for one in sums)


def _of_shop(figures: Figures, t: Translator) -> Iterator[Tile]:
    yield _accept(figures, t)
    yield _photo(figures, t)
    yield _punctual(figures, t)
    yield _money(figures.money, figures.comparison, t) if figures.money is not None else _liked(figures, t)


def _own(figures: Figures, t: Translator) -> Iterator[Tile]:
    if figures.assembled or figures.photos.due:
        yield _tile(t.plain("summary-assembled"), str(figures.assembled), _all(figures, t))
        yield _photo(figures, t)
        yield _liked(figures, t)
    if figures.delivered or figures.punctuality.due:
        yield _tile(t.plain("summary-delivered"), str(figures.delivered), _all(figures, t))
        yield _punctual(figures, t)


def _tile(label: str, value: str, note: str, *, warns: bool = False) -> Tile:
    return {"label": label, "value": value, "note": note, "warns": warns}


def _accept(figures: Figures, t: Translator) -> Tile:
    found, label = figures.acceptance, t.plain("summary-accept")
    waiting = found.came - found.accepted
    if found.median is None or found.slowest is None:
        note = t.plain("summary-accept-waiting", count=waiting) if waiting else t.plain("summary-accept-none")
        return _tile(label, t.plain("summary-nothing"), note, warns=found.overdue > 0)
    slowest = minutes_said(found.slowest, t)
    if found.overdue:
        note = t.plain("summary-accept-overdue", count=found.overdue, duration=slowest)
    else:
        note = t.plain("summary-accept-slowest", duration=slowest)
    return _tile(label, minutes_said(found.median, t), note, warns=found.overdue > 0)


def _photo(figures: Figures, t: Translator) -> Tile:
    found, label = figures.photos, t.plain("summary-photo")
    late = found.due - found.on_time
    if not found.due:
        return _tile(label, t.plain("summary-nothing"), t.plain("summary-photo-none"))
    note = t.plain("summary-photo-late", count=late) if late else t.plain("summary-photo-all")
    if figures.comparison:
        before = figures.comparison.before.photos
        note = _was(_part(before.on_time, before.due, t), t)
    return _tile(label, _part(found.on_time, found.due, t), note, warns=late > 0)


def _was(before: str, t: Translator) -> str:
    return t.plain("summary-was", before=before)


def _punctual(figures: Figures, t: Translator) -> Tile:
    found, label = figures.punctuality, t.plain("summary-punctual")
    late = found.due - found.on_time
    if not found.due:
        return _tile(label, t.plain("summary-nothing"), t.plain("summary-punctual-none"))
    if found.late:
        note = t.plain("summary-punctual-late", late=found.late, very=found.very_late)
    else:
        note = t.plain("summary-punctual-little", count=late) if late else t.plain("summary-punctual-all")
    if figures.comparison:
        before = figures.comparison.before.late
        note = t.plain("summary-punctual-was", late=found.late, before=before)
    return _tile(label, _part(found.on_time, found.due, t), note, warns=found.late > 0)


def _liked(figures: Figures, t: Translator) -> Tile:
    found = figures.ratings
    note = t.plain("summary-liked-none")
    if found.complained or found.disputed:
        note = t.plain("summary-liked-note", complained=found.complained, disputed=found.disputed)
    return _tile(t.plain("summary-liked"), str(found.liked), note, warns=found.disputed > 0)


def _money(found: MoneyFigures, compared: Comparison | None, t: Translator) -> Tile:
    if found.expected:
        note = t.plain("summary-money-waiting")
        if found.real:
            note = t.plain("summary-money-real", amount=sums_said(found.real, t), count=found.reported)
        if compared and compared.before.expected and compared.now.expected == found.expected:
            note = _was(sums_said(compared.before.expected, t).unescape(), t)
        return _tile(t.plain("summary-money"), sums_said(found.expected, t).unescape(), note)
    value = sums_said(found.paid, t).unescape() or t.plain("summary-nothing")
    note = t.plain("summary-money-no-rates" if found.paid else "summary-paid-none")
    return _tile(t.plain("summary-paid"), value, note)


def _all(figures: Figures, t: Translator) -> str:
    return t.plain("summary-of-all", count=figures.states.total)


def _part(part: int, whole: int, t: Translator) -> str:
    return t.plain("summary-of", part=part, all=whole)
