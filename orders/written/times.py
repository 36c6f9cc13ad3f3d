"""When an order is due, as people write it: «сегодня 14:00-15:00», «12.03 с 14 до 16», «завтра к 9»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from orders.order import Window
from orders.written.days import find_day

_HOUR = r"([01]?[0-9]|2[0-3])"
_HOURS = r"(?:\s*(?:ч\b\.?|час\w*))?"
_CLOCK = rf"(?<![0-9:.,]){_HOUR}(?:[:.]([0-5][0-9]))?{_HOURS}"
_DASH = r"\s*[-\u2010-\u2015]\s*"
_FULL_RANGE = re.compile(
    rf"(?<![0-9:.,]){_HOUR}[:.]([0-5][05]){_DASH}{_HOUR}[:.]([0-5][05])(?![0-9])", re.IGNORECASE
)
_WORDED_RANGE = re.compile(
    rf"\b(?:с|со|from|between)\s+{_CLOCK}\s+(?:до|по|to|and|till|until)\s+{_CLOCK}(?![0-9])", re.IGNORECASE
)
_BARE_RANGE = re.compile(rf"{_CLOCK}{_DASH}{_CLOCK}(?![0-9:.,]*[0-9])", re.IGNORECASE)
_FULL_CLOCK = re.compile(rf"(?<![0-9:.,]){_HOUR}:([0-5][0-9])(?![0-9:])", re.IGNORECASE)
_WORDED_CLOCK = re.compile(
    rf"\b(?:в|во|к|ко|до|около|at|by|until)\s+{_CLOCK}(?![0-9])(?!\s*(?:шт|руб|₽|%|кв|этаж|подъезд))",
    re.IGNORECASE,
)
_BARE_CLOCK = re.compile(rf"\s*{_CLOCK}\s*", re.IGNORECASE)
_SOON = re.compile(
    r"\b(?:как\s+можно\s+(?:скорее|быстрее)|срочно|побыстрее|asap|as\s+soon\s+as\s+possible)\b",
    re.IGNORECASE,
)

Span = tuple[time, time]


@dataclass(frozen=True, slots=True)
class When:
    """What was said of the time: a day, a clock time from and to, haste; any may be missing."""

    day: date | None = None
    span: Span | None = None
    soon: bool = False

    def window(self, now: datetime, day: date | None = None) -> Window | None:
        """The window, in UTC; None without a clock time.

        `now` is aware and in the shop's zone. Where no day was said it is `day`, else today, or tomorrow for
        what is over today. An end before the start is on the next day.
        """
        if self.span is None:
            return None
        said = self.day or day
        window = _window(said or now.date(), self.span, now)
        if said is None and window.end < now:
            window = _window(now.date() + timedelta(days=1), self.span, now)
        return window

    def __bool__(self) -> bool:
        return self.day is not None or self.span is not None or self.soon


def read_when(text: str, now: datetime, *, is_answer: bool = False) -> When:
    """Read what a line says of the time; `now` is aware and in the shop's zone.

    `is_answer`: the words speak of the time and of nothing else, so that «14-15» and «14» are hours.
    """
    soon = _SOON.search(text) is not None
    span, rest = _cut(_FULL_RANGE, text)
    found = find_day(rest, now.date())
    if found is not None:
        rest = f"{rest[: found[1]]} {rest[found[2] :]}"
    day = found[0] if found else None
    if span is None:
        span = _span(rest, is_sure=is_answer or day is not None, is_answer=is_answer)
    return When(day, span, soon)


def _span(text: str, *, is_sure: bool, is_answer: bool) -> Span | None:
    patterns = [_WORDED_RANGE]
    if is_sure:
        patterns.append(_BARE_RANGE)
    patterns.append(_FULL_CLOCK)
    if is_sure:
        patterns.append(_WORDED_CLOCK)
    for pattern in patterns:
        span, _rest = _cut(pattern, text)
        if span is not None:
            return span
    alone = _BARE_CLOCK.fullmatch(text) if is_answer else None
    return _read(alone) if alone else None


def _cut(pattern: re.Pattern[str], text: str) -> tuple[Span | None, str]:
    match = pattern.search(text)
    if match is None:
        return None, text
    return _read(match), f"{text[: match.start()]} {text[match.end() :]}"


def _read(match: re.Match[str]) -> Span:
    """Hours and minutes of the start, and of the end where the pattern has one."""
    numbers = [int(group) if group else 0 for group in match.groups()]
    start = time(numbers[0], numbers[1])
    return (start, time(numbers[2], numbers[3])) if len(numbers) > 2 else (start, start)  # noqa: PLR2004 - from and to, two numbers each


def _window(day: date, span: Span, now: datetime) -> Window:
    start, end = (datetime.combine(day, clock, now.tzinfo).astimezone(UTC) for clock in span)
    return Window(start, end if end >= start else end + timedelta(days=1))
