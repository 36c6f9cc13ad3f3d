"""Reads when an order is due: «сегодня 14:00-15:00», «12.03 с 14 до 16», «завтра к 7 вечера».

An ambiguous or past time is never decided here: a person is asked (`Meant.options`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from orders.model.details import Window
from orders.parsing.clock import DAY, NOON, Span, Time, find_times
from orders.parsing.days import Found, find_days

MOST_OPTIONS = 3
"""The most windows that a person is asked to choose from."""

_SOON = re.compile(
    r"\b(?:как\s+можно\s+(?:скорее|быстрее)|срочно|побыстрее|asap|as\s+soon\s+as\s+possible)\b",
    re.IGNORECASE,
)
_DASHED_MINUTES = re.compile(r"\s{0,3},?\s{0,3}(?:[01]?[0-9]|2[0-3])(-)(?:00|30|45)(?![0-9-])")
_TIME_OF_DAY = re.compile(r"\b(?:в|к|до|после|с|по|на)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    """The windows that words may mean, likeliest first. `is_sure`: there is only one, and it is not past."""

    options: tuple[Window, ...] = ()
    is_sure: bool = False

    @property
    def window(self) -> Window | None:
        """The window, if no question is needed; otherwise None."""
        return self.options[0] if self.is_sure else None


@dataclass(frozen=True, slots=True)
class When:
    """What was said about the time: days, times, urgency; any may be missing.

    More than one day, or more than one span, means that it is ambiguous.
    """

    days: tuple[date, ...] = ()
    spans: tuple[Span, ...] = ()
    soon: bool = False

    @property
    def day(self) -> date | None:
        return self.days[0] if len(self.days) == 1 else None

    def meant(self, now: datetime, day: date | None = None) -> Meant:
        """The possible windows, in UTC; none without a time.

        `now` is aware and in the shop's zone. If no day was said, it is `day`, else today. An end before the
        start is on the next day. A window that is past is asked about, with the next day as the likeliest
        answer.
        """
        days = self.days or ((day,) if day else (now.date(),))
        found = [_window(one, span, now) for one in days for span in self.spans]
        if len(found) == 1 and found[0].end < now:
            found = _after_all(found[0], self.spans[0], now)
            return Meant(tuple(found[:MOST_OPTIONS]))
        ahead = [window for window in found if window.end >= now] or found
        return Meant(tuple(ahead[:MOST_OPTIONS]), is_sure=len(found) == 1)

    def window(self, now: datetime, day: date | None = None) -> Window | None:
        """The window if it is unambiguous; otherwise None."""
        return self.meant(now, day).window

    def __bool__(self) -> bool:
        return bool(self.days) or bool(self.spans) or self.soon


def read_when(text: str, now: datetime, *, is_answer: bool = False, today: date | None = None) -> When:
    """Reads what the words say about the time; `now` is aware and in the shop's zone.

    `is_answer`: the words are about the time only, so that «14-15» and «14» are hours. `today`: the day on
    which the words were written, if it was another day.
    """
    days, times = days_and_times(text, now, today or now.date(), is_answer=is_answer)
    sure = is_answer or bool(days)
    spans = [span for one in times if sure or one.is_marked for span in one.spans]
    return When(_distinct_days(days), tuple(dict.fromkeys(spans)), says_soon(text))


def says_soon(text: str) -> bool:
    """Whether the words ask for the earliest possible delivery: «как можно скорее», «срочно»."""
    return _SOON.search(text) is not None


def is_time_alone(text: str, now: datetime) -> bool:
    """Whether a line or clause is about the time only: «Сегодня 20:00-21:00»."""
    days, times = days_and_times(text, now, now.date())
    if not days and not any(one.is_marked for one in times):
        return False
    spans = [(start, end) for _day, start, end in days] + [(one.start, one.end) for one in times]
    rest = "".join(
        letter for at, letter in enumerate(text) if not any(start <= at < end for start, end in spans)
    )
    return (
        re.fullmatch(
            r"[\W_]*(?:(?:в|на|к|с|г|доставк[аи]|достав\w+|привез\w+|deliver\w*|bring|please|at|by|on)[\W_]*)*",
            rest,
            re.IGNORECASE,
        )
        is not None
    )


def meant_of(when: When, now: datetime, today: date) -> Meant:
    """The windows of words written on the day `today`; an older, ambiguous «завтра» is asked about."""
    if today == now.date() or not when.spans:
        return when.meant(now)
    found = when.meant(now, today)
    days = {window.start.astimezone(now.tzinfo).date() for window in found.options}
    shifted = tuple(day + (now.date() - today) for day in when.days if day >= today)
    others = When(shifted, when.spans).meant(now) if shifted and days else Meant()
    options = tuple(dict.fromkeys((*found.options, *others.options)))[:MOST_OPTIONS]
    return Meant(options, is_sure=found.is_sure and not shifted)


def days_and_times(
    text: str, now: datetime, today: date, *, is_answer: bool = False
) -> tuple[list[Found], list[Time]]:
    """All days and times of a text, with positions; «в 14.05» in a text with another day is a time."""
    days = find_days(text, today)
    if len({day for day, _start, _end in days}) > 1:
        days = [
            found
            for found in days
            if not (re.fullmatch(r"[0-9]{1,2}\.[0-9]{2}", text[found[1] : found[2]]))
            or not _TIME_OF_DAY.search(text[: found[1]])
        ] or days
    return days, find_times(_with_minutes(_blanked(text, days), days), now, is_answer=is_answer)


def _with_minutes(text: str, days: Sequence[Found]) -> str:
    """Turns «завтра 10-30» into «10:30», without changing the length: after a day it is not a house."""
    for _day, _start, end in days:
        match = _DASHED_MINUTES.match(text, end)
        if match is not None:
            text = f"{text[: match.start(1)]}:{text[match.end(1) :]}"
    return text


def _blanked(text: str, days: Sequence[Found]) -> str:
    """The text with its days replaced by spaces; its length is unchanged."""
    for _day, start, end in days:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _distinct_days(days: Sequence[Found]) -> tuple[date, ...]:
    return tuple(dict.fromkeys(day for day, _start, _end in days))


def _window(day: date, span: Span, now: datetime) -> Window:
    start, end = (_moment(day, minutes, now) for minutes in span)
    return Window(start, end if end >= start else end + timedelta(days=1))


def _moment(day: date, minutes: int, now: datetime) -> datetime:
    """Local time in the shop's zone, also on days on which the clocks change."""
    days, rest = divmod(minutes, DAY * 60)
    there = day + timedelta(days=days)
    return datetime.combine(there, time(rest // 60, rest % 60), now.tzinfo).astimezone(UTC)


def _after_all(past: Window, span: Span, now: datetime) -> list[Window]:
    """The windows that a past one may mean: that evening, tomorrow, or the past one itself."""
    tomorrow = _window(now.date() + timedelta(days=1), span, now)
    evening = Window(past.start + timedelta(hours=NOON), past.end + timedelta(hours=NOON))
    is_morning = span[1] <= NOON * 60
    return [*([evening] if is_morning and evening.start > now else []), tomorrow, past]
