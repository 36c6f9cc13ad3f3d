"""Merges an order that came from two sources: fills unknown fields and keeps what either one said."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from orders.model.details import Details, Line, Person
from orders.model.draft import Field, knows

NOTES = (Field.CLIENT_NOTE, Field.SHOP_NOTE, Field.COURIER_NOTE, Field.PAYMENT_NOTE)
"""Notes are concatenated: two different notes do not contradict each other."""

_ATTRIBUTES = {
    Field.WINDOW: "window",
    Field.DELIVERY: "delivery",
    Field.ADDRESS: "address",
    Field.GOODS: "lines",
    Field.RECIPIENT: "recipient",
    Field.PAID: "paid",
    Field.CLIENT: "client",
    Field.CARD_TEXT: "card_text",
}


def conflicts(known: Details, other: Details) -> tuple[Field, ...]:
    """The fields that both know but with different values."""
    return tuple(
        field
        for field in _ATTRIBUTES
        if knows(known, field) and knows(other, field) and _contradicts(known, other, field)
    )


def merged(known: Details, other: Details, taken: Collection[Field] = ()) -> Details:
    """The known details, with gaps filled from the other; fields in `taken` prefer the other's value."""
    contradicted = conflicts(known, other)
    found = known
    for field, name in _ATTRIBUTES.items():
        mine, theirs = getattr(known, name), getattr(other, name)
        if isinstance(mine, Person):
            first, second = (theirs, mine) if field in contradicted and field in taken else (mine, theirs)
            value: Any = Person(first.name or second.name, first.phone or second.phone)
        elif field in contradicted:
            value = theirs if field in taken else mine
        else:
            value = mine if knows(known, field) and mine is not None else theirs
        found = replace(found, **{name: value})
    return _with_words(found, known, other)


def joined(ours: Details, theirs: Details, zone: ZoneInfo) -> Details:
    """Merges an order entered by hand with the same order from the marketplace.

    The marketplace fills the fields that the staff left open; its composition and sum replace the staff's,
    since its lines have codes and prices. All other fields stay as the staff wrote them. Conflicting values
    go to the shop note, except sums and phones (R13, R62): those are in the history and in the marketplace's
    object.
    """
    contradicted = conflicts(ours, theirs)
    found = merged(ours, theirs, {Field.GOODS, Field.PAID})
    notes = [_marketplace_says(theirs, field, zone) for field in contradicted]
    if Field.GOODS in contradicted:
        notes.append("; ".join(line.name for line in ours.lines))
    return replace(found, shop_note=_beside(found.shop_note, "\n".join(filter(None, notes))))


def _marketplace_says(theirs: Details, field: Field, zone: ZoneInfo) -> str:
    said = ""
    if field is Field.WINDOW and theirs.window is not None:
        start, end = theirs.window.start.astimezone(zone), theirs.window.end.astimezone(zone)
        said = f"{start:%d.%m %H:%M}-{end:%H:%M}"
    elif field in {Field.ADDRESS, Field.CARD_TEXT}:
        said = getattr(theirs, field.value)
    elif field in {Field.RECIPIENT, Field.CLIENT}:
        said = getattr(theirs, field.value).name
    return f"Flowwow: {said}" if said else ""


def _with_words(found: Details, known: Details, other: Details) -> Details:
    notes: dict[str, Any] = {
        note.value: _beside(getattr(known, note.value), getattr(other, note.value)) for note in NOTES
    }
    papers = {paper.sha256: paper for paper in (*other.papers, *known.papers)}
    return replace(
        found,
        **notes,
        as_soon_as_possible=known.as_soon_as_possible or other.as_soon_as_possible,
        delivery_fee=known.delivery_fee or other.delivery_fee,
        written=_beside(known.written, other.written),
        papers=tuple(papers.values()),
    )


def _contradicts(known: Details, other: Details, field: Field) -> bool:
    name = _ATTRIBUTES[field]
    mine, theirs = getattr(known, name), getattr(other, name)
    if mine is None or theirs is None:
        return False
    if isinstance(mine, Person):
        return _differ(mine.name, theirs.name) or _differ(mine.phone, theirs.phone)
    if field is Field.GOODS:
        return [_goods(line) for line in mine] != [_goods(line) for line in theirs]
    return _differ(mine, theirs) if isinstance(mine, str) else bool(mine != theirs)


def _differ(mine: str, theirs: str) -> bool:
    first, second = plain(mine), plain(theirs)
    return bool(first and second and first != second)


def _goods(line: Line) -> tuple[str, int]:
    return plain(line.name), line.count


def plain(text: str) -> str:
    """Letters and digits only, for comparison."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _beside(mine: str, theirs: str) -> str:
    """Both texts, the newer one below; a text that the other one already contains is not repeated."""
    if plain(theirs) in plain(mine):
        return mine
    return f"{mine}\n{theirs}" if mine.strip() else theirs
