"""The figures of a report as rows, for the picture with the details and for the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from messages.i18n.texts import Translator
from messages.ui.formatting import duration
from messages.ui.sums import money
from orders.model.money import Money
from orders.report.comparison import Comparison
from orders.report.figures import Figures
from orders.report.money import MoneyFigures, Sums

Value = int | timedelta | Money | str
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; its name is the text `summary-row-<key>`."""

    key: str
    value: Value

    @property
    def is_something(self) -> bool:
        """False for zero: the picture omits zeros, the table has them."""
        return bool(self.value.minor if isinstance(self.value, Money) else self.value)


@dataclass(frozen=True, slots=True)
class Section:
    """Figures that belong together; their title is the text `summary-section-<key>`."""

    key: str
    rows: tuple[Row, ...]


def sections(figures: Figures) -> tuple[Section, ...]:
    """All figures, without sections that are empty."""
    found = [
        Section("orders", tuple(_orders(figures))),
        Section("accept", tuple(_accept(figures))),
        Section("photo", tuple(_photo(figures))),
        Section("way", tuple(_way(figures))),
    ]
    if figures.money is not None:
        found += [
            Section("money", tuple(_money(figures.money))),
            Section("mishaps", tuple(_mishaps(figures.money))),
        ]
    return tuple(one for one in found if one.rows)


def compared_rows(found: Comparison) -> Iterator[tuple[str, Value, Value]]:
    """The figures of weeks and months, before and now; names are the texts `summary-compared-<key>`."""
    before, now = found.before, found.now
    yield "orders", before.orders, now.orders
    yield "late", before.late, now.late
    yield "photos", before.photos.due, now.photos.due
    yield "photos-in-time", before.photos.on_time, now.photos.on_time
    sums = [{one.currency: one for one in part.expected or ()} for part in (before, now)]
    for currency in dict.fromkeys([*sums[0], *sums[1]]):
        none = Money(0, currency)
        yield "expected", sums[0].get(currency, none), sums[1].get(currency, none)


def said(value: Value, t: Translator) -> str:
    """The figure in words."""
    if isinstance(value, Money):
        return str(money(value, t).unescape())
    if isinstance(value, timedelta):
        return minutes_said(value, t)
    return str(value)


def minutes_said(wait: timedelta, t: Translator) -> str:
    """«4 мин», «1 ч 5 мин»: whole minutes, rounded half up."""
    minutes = whole_minutes(wait)
    return str(duration(minutes, t).unescape()) if minutes else t.plain("summary-minutes-least")


def whole_minutes(wait: timedelta) -> int:
    """Rounded half up."""
    return int((wait + _MINUTE / 2) // _MINUTE)


def _orders(figures: Figures) -> Iterator[Row]:
    states = figures.states
    yield Row("total", states.total)
    yield Row("done", states.done)
    yield Row("under-way", states.under_way)
    yield Row("cancelled", states.cancelled)
    yield Row("declined", states.declined)
    if figures.own:
        yield Row("assembled", figures.assembled)
        yield Row("delivered", figures.delivered)


def _accept(figures: Figures) -> Iterator[Row]:
    found = figures.acceptance
    if figures.own:
        return
    yield Row("came", found.came)
    yield Row("accepted", found.accepted)
    if found.median is not None and found.slowest is not None:
        yield Row("median", found.median)
        yield Row("slowest", found.slowest)
    yield Row("overdue", found.overdue)


def _photo(figures: Figures) -> Iterator[Row]:
    photos, ratings = figures.photos, figures.ratings
    yield Row("photos", photos.due)
    yield Row("photos-in-time", photos.on_time)
    yield Row("liked", ratings.liked)
    yield Row("complained", ratings.complained)
    yield Row("disputed", ratings.disputed)
    if ratings.stars:
        yield Row("stars", ", ".join(map(str, ratings.stars)))


def _way(figures: Figures) -> Iterator[Row]:
    found = figures.punctuality
    yield Row("to-deliver", found.due)
    yield Row("in-time", found.on_time)
    yield Row("late", found.late)
    yield Row("very-late", found.very_late)


def _money(found: MoneyFigures) -> Iterator[Row]:
    yield from _sums("paid", found.paid)
    yield from _sums("surcharges", found.surcharges)
    yield from _sums("refunds", found.refunds)
    yield from _sums("fees", found.fees)
    yield from _sums("expected", found.expected)
    yield from _sums("real", found.real)
    if found.real:
        yield Row("reported", found.reported)
    if found.unknown:
        yield Row("unknown", found.unknown)


def _mishaps(found: MoneyFigures) -> Iterator[Row]:
    mishaps = found.mishaps
    yield from _sums("gifts", mishaps.gifts)
    yield from _sums("costs", mishaps.costs)
    yield from _sums("asked", mishaps.asked)
    yield from _sums("compensated", mishaps.paid)


def _sums(key: str, sums: Sums) -> Iterator[Row]:
    return (Row(key, one) for one in sums)
