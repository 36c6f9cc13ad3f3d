"""Assigns names and phones to client and recipient.

In doubt it is the recipient, whose phone is hidden (R68).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from orders.intake.labels import Label
from orders.intake.names import (
    Named,
    Side,
    find_names,
    has_ordered,
    name_alone,
    name_beside_phone,
    name_between,
    person_named,
    side_of,
)
from orders.model.details import Person
from orders.parsing.claims import HOLE, Piece

FoundPhones = list[tuple[str, int, int]]
FindPhones = Callable[[str], FoundPhones]
"""Returns every phone of a text, normalised, with its start and end."""

_SIDES = {
    Label.CLIENT: Side.CLIENT,
    Label.CLIENT_PHONE: Side.CLIENT,
    Label.RECIPIENT: Side.RECIPIENT,
    Label.RECIPIENT_PHONE: Side.RECIPIENT,
}
_SENTENCE = re.compile(r"[.!?;]\s")
_SIGNED = re.compile(
    r"(?:записала?|приняла?|с\s+уважением|ваш[аи]?|спасибо|благодарю|оформила?|здравствуйте|привет|добрый\s+\w+|доброе\s+утро|regards|thanks)\W*$",
    re.IGNORECASE,
)
"""A name after these words is the writer's, or the person's whom they greet."""
_MINE_BEHIND = re.compile(r"[\s,(\u2013\u2014-]*(?:это\s+|is\s+)?(?:мой|моя|my)\b", re.IGNORECASE)
_NEAR = 40
"""Distance in characters before a phone in which «мой» or «получатель» says whose it is."""

Labelled = tuple[Label | None, Piece]


@dataclass(frozen=True, slots=True)
class _Phone:
    number: str
    place: int
    start: int
    end: int


@dataclass(slots=True)
class People:
    """Collects names and phones; the first name found stays, further phones are appended."""

    client: Person = field(default_factory=Person)
    recipient: Person = field(default_factory=Person)
    _phones: list[_Phone] = field(default_factory=list)
    _told: list[tuple[Piece, int, Side]] = field(default_factory=list)
    """Where names end for which the sentence says whose they are."""

    def take_phones(self, pieces: list[Labelled], find_phones: FindPhones) -> None:
        """Takes every phone out of its piece, even if its owner is unknown: many people read the notes."""
        for place, (label, piece) in enumerate(pieces):
            if label is Label.CARD_TEXT:
                continue
            for number, start, end in find_phones(piece.text):
                piece.take(start, end, is_secret=True)
                self._phones.append(_Phone(number, place, start, end))

    def take_labelled(self, pieces: list[Labelled]) -> None:
        """«Получатель: Мария»: the whole value is the name."""
        for label, piece in pieces:
            if label in {Label.CLIENT, Label.RECIPIENT}:
                self._take_value(_SIDES[label], piece)

    def _take_value(self, side: Side, piece: Piece) -> None:
        """Words other than the name, and a second name for the same side, stay for the note."""
        said = " ".join(piece.free.replace("\x00", " ").split())
        said = said.replace("()", "").replace("(, )", "").strip(" \t,;:.-\u2013\u2014(")
        said = re.sub(r"[\s,(]+(?:тел(?:ефон)?|моб|номер|phone|tel)\.?$", "", said, flags=re.IGNORECASE)
        name = person_named(said)
        self._add(side, name)
        if said in {name, ""} and self._of(side).name in {said, ""}:
            piece.take_all()

    def take_told(self, pieces: list[Labelled]) -> None:
        """Takes names for which the sentence says whose they are."""
        for _label, piece in pieces:
            for named in find_names(piece.free):
                if named.side is None:
                    continue
                if not self._of(named.side).name:
                    self._add(named.side, named.name)
                    piece.take(named.start, named.end)
                if self._of(named.side).name == named.name:
                    self._told.append((piece, named.end, named.side))

    def give_phones(self, pieces: list[Labelled], *, has_address: bool) -> None:
        """Assigns each phone to its owner, with the name next to it."""
        for phone in self._phones:
            label, piece = pieces[phone.place]
            side = _SIDES.get(label) if label else None
            side = (
                side
                or self._said(pieces, phone)
                or self._guessed(pieces, phone.place, has_address=has_address)
            )
            if side is Side.RECIPIENT and self._is_other(pieces, phone):
                side = Side.CLIENT
            person = self._of(side)
            numbers = [person.phone, phone.number] if phone.number not in person.phone else [person.phone]
            self._set(side, replace(person, phone=", ".join(filter(None, numbers))))
            self._name_beside(piece, phone, side)

    def _is_other(self, pieces: list[Labelled], phone: _Phone) -> bool:
        """«Сергей +7…, для Инны +7…»: whether the phone is next to another name than the recipient's."""
        label, piece = pieces[phone.place]
        named = name_beside_phone(piece.around_phones, phone.start, phone.end)
        if named is None or label in _SIDES or named.name == self.recipient.name or self.client.name:
            return False
        said = {one: self._said(pieces, one) for one in self._phones}
        return said[phone] is None and Side.RECIPIENT in said.values()

    def take_alone(self, pieces: list[Labelled]) -> None:
        """«Дарья» as a clause of its own in an order is its recipient."""
        if self.recipient.name:
            return
        for find in (_alone, _between):
            for _label, piece in pieces:
                for named in find(piece):
                    self._add(Side.RECIPIENT, named.name)
                    piece.take(named.start, named.end)
                    return

    def _name_beside(self, piece: Piece, phone: _Phone, side: Side) -> None:
        named = name_beside_phone(piece.around_phones, phone.start, phone.end)
        if named is None or HOLE in piece.free[named.start : named.end]:
            return
        if not self._of(side).name:
            self._add(side, named.name)
            piece.take(named.start, named.end)

    def _said(self, pieces: list[Labelled], phone: _Phone) -> Side | None:
        """Whose phone the words just before it say it is, or the line above a phone on a line of its own."""
        _label, piece = pieces[phone.place]
        if _MINE_BEHIND.match(piece.text, phone.end) or has_ordered(piece.text, phone.end):
            return Side.CLIENT
        for one, end, side in self._told:
            if (
                one is piece
                and end <= phone.start
                and not piece.text[end : phone.start].strip(" ,:;-(\u2013\u2014")
            ):
                return side
        before = piece.text[max(0, phone.start - _NEAR) : phone.start]
        before = _SENTENCE.split(before)[-1]
        others = [one.end for one in self._phones if one.place == phone.place and one.end <= phone.start]
        before = (
            piece.text[max(others) : phone.start]
            if others and max(others) > phone.start - len(before)
            else before
        )
        if not before.strip() and phone.place:
            above = pieces[phone.place - 1][1].text
            before = above if above.rstrip().endswith(":") else ""
        return side_of(before)

    def _guessed(self, pieces: list[Labelled], place: int, *, has_address: bool) -> Side:
        """The person named last above.

        Otherwise the recipient if the text has an address, else the client.
        """
        for label, _piece in reversed(pieces[:place]):
            if label in {Label.CLIENT, Label.RECIPIENT}:
                return _SIDES[label]
        if has_address or (self.recipient.name and not self.recipient.phone):
            return Side.RECIPIENT
        return Side.CLIENT

    def _of(self, side: Side) -> Person:
        return self.client if side is Side.CLIENT else self.recipient

    def _set(self, side: Side, person: Person) -> None:
        if side is Side.CLIENT:
            self.client = person
        else:
            self.recipient = person

    def _add(self, side: Side, name: str) -> None:
        person = self._of(side)
        self._set(side, replace(person, name=person.name or name))


def _between(piece: Piece) -> list[Named]:
    named = name_between(piece.free)
    return [named] if named else []


def _alone(piece: Piece) -> list[Named]:
    """Clauses of a piece that are a name."""
    found: list[Named] = []
    start = 0
    is_signature = False
    for clause in piece.free.replace(";", ",").replace(" / ", " , ").split(","):
        named = name_alone(clause)
        if named is not None and not is_signature:
            found.append(replace(named, start=start + named.start, end=start + named.end))
        is_signature = _SIGNED.search(clause) is not None
        start += len(clause) + 1
    return found
