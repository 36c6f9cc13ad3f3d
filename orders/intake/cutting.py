"""Cuts labelled parts of a text where other fields begin: «Получатель: Оля, завтра 12:00, Лесная 4»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from orders.intake.addresses import find_address, is_whole_address
from orders.intake.goods import is_goods_line
from orders.intake.labels import Label, Part
from orders.intake.names import person_named
from orders.intake.people import FindPhones
from orders.parsing.times import is_time_alone

NOTES = {Label.ASIDE, Label.CLIENT_NOTE, Label.COURIER_NOTE, Label.SHOP_NOTE, Label.PAYMENT, Label.NOTHING}
PHONES = {Label.PHONE, Label.RECIPIENT_PHONE, Label.CLIENT_PHONE}
_PERSON_ENDS = re.compile(r"[,;]\s*|(?<=[^\W\d_]{3}\.)\s+|\n")
_KIND_OF_STREET = re.compile(
    r"\b(?:ул|улица|пр-?т|проспект|пер|переулок|наб|шоссе|бульвар|мкр)\b", re.IGNORECASE
)
_OTHER_FIELD = re.compile(
    r"\s*(?:заказчик|отправител|клиент|адрес|доставк|доставить|привезти|везти|сегодня|завтра|послезавтра|дата|время|получател|тел\b|телефон"
    r"|ул\b|от\s+[А-ЯЁ]|deliver|address|tomorrow|today|recipient|phone)",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?)»\"])\s+|\n")
_HOUSE_ALONE = re.compile(r"\s*[0-9]{1,3}(?:/[0-9]{1,4}){1,2}[\s,]*")
"""«Парковая, 14/2, кв. 18»: a house number between street and flat is not a date."""


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts parts; what is cut off loses its label, so that every field may take it."""

    written_at: datetime
    find_phones: FindPhones

    def pieces(self, found: Iterable[Part]) -> list[Part]:
        return [piece for part in found for piece in self._cut(part)]

    def _cut(self, part: Part) -> list[Part]:
        match part.label:
            case Label.GOODS:
                cut = self._composition(part) if "\n" in part.value else [part]
            case Label.RECIPIENT | Label.CLIENT:
                cut = self._person(part)
            case Label.CARD_TEXT:
                cut = self._card(part)
            case Label.ADDRESS:
                cut = self._address(part)
            case label if label is Label.PAID or label in PHONES:
                cut = self._first_clause(part)
            case label if label in NOTES and "\n" in part.value:
                cut = self._note(part)
            case Label.COURIER_NOTE | Label.SHOP_NOTE | Label.CLIENT_NOTE:
                cut = self._note_of_a_line(part)
            case _:
                cut = [part]
        return cut

    def _note(self, part: Part) -> list[Part]:
        lines = part.value.split("\n")
        return [Part(None if self._is_of_delivery(line) else part.label, line) for line in lines]

    def _note_of_a_line(self, part: Part) -> list[Part]:
        """«Курьеру: код 55, завтра 12:00, Мира 4»: the last clauses may belong to the order, not the note."""
        clauses = re.split(r"(?<=[,;])\s", part.value)
        last = len(clauses)
        while last > 1 and self._is_of_delivery(clauses[last - 1].strip(" ,;.")):
            last -= 1
        rest = " ".join(clauses[last:])
        note = " ".join(clauses[:last])
        return [Part(part.label, note.rstrip(" ,;"), part.name), Part(None, rest)] if rest else [part]

    def _address(self, part: Part) -> list[Part]:
        clauses = re.split(r"(?<=,)\s|\n", part.value)
        times = [
            clause
            for clause in clauses
            if is_time_alone(clause.strip(" ,"), self.written_at) and not _HOUSE_ALONE.fullmatch(clause)
        ]
        rest = " ".join(clause for clause in clauses if clause not in times)
        return [Part(part.label, rest, part.name), *(Part(None, clause.strip(" ,")) for clause in times)]

    def _person(self, part: Part) -> list[Part]:
        """«Оля +375…, завтра 12:00, Тихвинская 4»: the name ends at the first clause with other numbers."""
        plain = part.value if person_named(part.value) else ""
        for _phone, start, end in self.find_phones(plain):
            plain = f"{plain[:start]}{' ' * (end - start)}{plain[end:]}"
        starts = [0, *(match.end() for match in _PERSON_ENDS.finditer(plain)), len(plain)]
        starts = sorted({*starts, *self._ends_before_words(part.value)})
        for start, end in pairwise(starts):
            clause = plain[start:end]
            if start and (
                _OTHER_FIELD.match(clause) or re.search(r"[0-9]", clause) or _KIND_OF_STREET.search(clause)
            ):
                return [
                    Part(part.label, part.value[:start].rstrip(" ,;."), part.name),
                    Part(None, part.value[start:]),
                ]
        if is_time_alone(part.value, self.written_at):
            return [Part(None, part.value)]
        return [part]

    def _first_clause(self, part: Part) -> list[Part]:
        """«Телефон 8 800…, завтра 10-12, Лесная 4»: a sum or phone ends where other numbers begin."""
        phones = self.find_phones(part.value) if part.label in PHONES else []
        first = max((end for _phone, _start, end in phones), default=0)
        for match in re.finditer(r"(?<![0-9])[,;]\s*|[,;]\s+|(?<=[^\W\d_]{3}\.)\s+", part.value):
            clause = re.split(r"[,;]", part.value[match.end() :])[0]
            if (
                match.start() >= first
                and re.search(r"[0-9]", clause)
                and re.search(r"[^\W\d_]", part.value[match.end() :])
            ):
                return [
                    Part(part.label, part.value[: match.start()], part.name),
                    Part(None, part.value[match.end() :]),
                ]
        return [part]

    def _is_of_delivery(self, line: str) -> bool:
        """Whether a line below a note belongs to the order again, so that the note has ended."""
        return is_time_alone(line, self.written_at) or is_whole_address(line)

    def _ends_before_words(self, text: str) -> list[int]:
        """Positions where a phone ends and another field begins without punctuation, as in voice messages."""
        return [end for _phone, _start, end in self.find_phones(text) if _OTHER_FIELD.match(text, end)]

    def _card(self, part: Part) -> list[Part]:
        """The card text ends where a line speaks of the delivery; it is printed exactly as it stands."""
        for match in _SENTENCE_ENDS.finditer(part.value):
            rest = part.value[match.end() :]
            line = _SENTENCE_ENDS.split(rest, maxsplit=1)[0]
            is_other = (
                is_time_alone(line, self.written_at) or self.find_phones(line) or is_whole_address(line)
            )
            if is_other or (_OTHER_FIELD.match(line) and find_address(line)):
                return [Part(part.label, part.value[: match.start()], part.name), Part(None, rest)]
        return [part]

    def _composition(self, part: Part) -> list[Part]:
        found: list[Part] = []
        for line in part.value.split("\n"):
            is_other = is_time_alone(line, self.written_at) or (
                not is_goods_line(line) and (find_address(line) or self.find_phones(line))
            )
            found.append(Part(None if is_other else part.label, line))
        return found
