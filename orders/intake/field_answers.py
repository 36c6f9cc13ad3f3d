"""Reads a person's answer to the question for one field of an order."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from orders.intake.goods import read_goods
from orders.intake.order_text import PICKUP, FindPhones, without_phones
from orders.model.details import DeliveryKind, Details, Person, Window
from orders.model.draft import Draft, Field
from orders.parsing.sums import read_sum
from orders.parsing.times import read_when

_NUMBER = re.compile(r"[№#\s]*([0-9][0-9\s-]{2,24}[0-9])\s*")


def answered(
    draft: Draft, field: Field, words: str, now: datetime, day: date | None, find_phones: FindPhones
) -> Draft | None:
    """The draft with the answer in this field; None if the words do not answer the question.

    `now` is aware and in the shop's zone; `day`: the day of a window whose hours are being asked for.
    """
    if field is Field.NUMBER:
        match = _NUMBER.fullmatch(words)
        return replace(draft, number=re.sub(r"[^0-9]", "", match[1])) if match else None
    values = _values(draft.details, field, words, now, day, find_phones)
    windows = () if field is Field.WINDOW else draft.windows
    return replace(draft, details=replace(draft.details, **values), windows=windows) if values else None


def possible_windows(draft: Draft, words: str, now: datetime, day: date | None) -> tuple[Window, ...]:
    """The windows from which a person has to choose if the time is ambiguous or past; empty if clear."""
    when = read_when(words, now, is_answer=True)
    meant = when.meant(now, day or _known_day(draft.details, now))
    return () if meant.is_sure else meant.options


def chosen(draft: Draft, place: int) -> Draft | None:
    """The draft with the window at this index of the choice; None if there is no such window."""
    if not 0 <= place < len(draft.windows):
        return None
    return replace(draft, details=replace(draft.details, window=draft.windows[place]), windows=())


def moved_on(window: Window, now: datetime) -> Window:
    """The same local hours on the next day that is not over, in the shop's zone."""
    days = 1 + (now.date() - window.start.astimezone(now.tzinfo).date()).days
    return Window(*(_shifted(moment, days, now) for moment in (window.start, window.end)))


def _shifted(moment: datetime, days: int, now: datetime) -> datetime:
    there = moment.astimezone(now.tzinfo).replace(tzinfo=None) + timedelta(days=days)
    return there.replace(tzinfo=now.tzinfo).astimezone(UTC)


def cleared(draft: Draft, field: Field) -> Draft:
    """The draft with this field emptied."""
    if field is Field.NUMBER:
        return replace(draft, number="")
    if field is Field.WINDOW:
        draft = replace(draft, windows=())
    blank = Details()
    names = {
        Field.WINDOW: ("window", "as_soon_as_possible"),
        Field.GOODS: ("lines",),
    }.get(field, (field.value,))
    return replace(draft, details=replace(draft.details, **{name: getattr(blank, name) for name in names}))


def turned(draft: Draft) -> Draft:
    """The draft with pickup and delivery by courier swapped; the address stays."""
    kind = DeliveryKind.COURIER if draft.is_pickup else DeliveryKind.PICKUP
    return replace(draft, details=replace(draft.details, delivery=kind))


def _values(
    details: Details, field: Field, words: str, now: datetime, day: date | None, find_phones: FindPhones
) -> dict[str, Any]:
    """The fields of the details that change; empty if the words could not be understood."""
    found: dict[str, Any] = {field.value: words}
    match field:
        case Field.WINDOW:
            found = _window(details, words, now, day)
        case Field.ADDRESS if PICKUP.fullmatch(words.strip()):
            found = {"delivery": DeliveryKind.PICKUP}
        case Field.ADDRESS:
            found = {"address": words, "delivery": DeliveryKind.COURIER}
        case Field.GOODS:
            found = {"lines": read_goods(words)}
        case Field.PAID:
            found = {"paid": read_sum(words)}
        case Field.RECIPIENT | Field.CLIENT:
            found = {field.value: read_person(words, find_phones)}
    return found if any(found.values()) else {}


def _window(details: Details, words: str, now: datetime, day: date | None) -> dict[str, Any]:
    when = read_when(words, now, is_answer=True)
    known = _known_day(details, now)
    window = when.window(now, day or known)
    if window is not None:
        return {"window": window, "as_soon_as_possible": when.soon}
    if when.day is not None and not when.spans and details.window is not None and known is not None:
        moved = when.day - known
        return {
            "window": replace(
                details.window, start=details.window.start + moved, end=details.window.end + moved
            )
        }
    return {"window": None, "as_soon_as_possible": True} if when.soon else {}


def _known_day(details: Details, now: datetime) -> date | None:
    return details.window.start.astimezone(now.tzinfo).date() if details.window else None


def read_person(words: str, find_phones: FindPhones) -> Person:
    """Reads a name and a phone in any order; either may be missing."""
    phones = find_phones(words)
    numbers = dict.fromkeys(number for number, _start, _end in phones)
    return Person(without_phones(words, phones), ", ".join(numbers))
