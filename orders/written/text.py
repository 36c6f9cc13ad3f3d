"""A whole text - a forwarded notification, an e-mail, a message - read as an order, as far as it goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from orders.draft import Field, knows
from orders.money import Money
from orders.order import DeliveryKind, Details, Line, Person, Window
from orders.written.goods import find_goods, is_goods_line, read_goods
from orders.written.labels import Label, Part, parts
from orders.written.sums import find_sums, read_sum
from orders.written.times import When, read_when

LONG_TEXT = 120
"""Characters from which a text may be an order although nothing in it was recognised."""
SHORT_TEXT = 25
"""Characters below which a single thing recognised makes no order: somebody just says something."""
ENOUGH = 3
TOWN_WORDS = 2

FoundPhones = list[tuple[str, int, int]]
FindPhones = Callable[[str], FoundPhones]
"""Every phone of a text in one form, and where it stands."""

_NUMBER = re.compile(
    r"(?:заказ\w*|order)\s*(?:№|#|n|no\.?|номер|number)?\s*[№#:]?\s*([0-9]{5,19})(?![0-9])|[№#]\s*([0-9]{4,19})",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![0-9])[0-9]{4,19}(?![0-9])")
PICKUP = re.compile(r"\bсамовывоз\w*|\bpick-?\s?up\b|\bзабер(?:у|ёт|ет|ут)\s+сам", re.IGNORECASE)
_STREET = re.compile(
    r"\b(?:ул(?:ица|\.)|пр(?:оспект|-т|-кт)|просп\.?|пер(?:еулок|\.)|наб(?:ережная|\.)|шоссе|бульвар|б-р"
    r"|проезд|площадь|пл\.|мкр|дом|д\.|кв(?:артира|\.)?|корп(?:ус|\.)|street|st\.|avenue|flat)(?=[\s.,0-9]|$)",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[!?;\n]|(?<=\w{4})\.\s|(?<=[0-9])\.\s(?=[^\W\d_])")
_NAME_EDGES = " \t,;:.-\u2013\u2014()"


class Guess(StrEnum):
    """Whether a text is an order: where it may be, a person is asked."""

    SURE = "sure"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Written:
    """What was found in a text; the whole text stands in `details.written`."""

    number: str
    details: Details

    def guess(self, *, is_forwarded: bool) -> Guess:
        """Three things of an order make one, two if somebody else wrote them; the number counts twice."""
        text = self.details.written.strip()
        found = (2 if self.number else 0) + sum(knows(self.details, field) for field in _EVIDENCE)
        if found + is_forwarded >= ENOUGH and found > 1:
            return Guess.SURE
        is_talk = len(text) < SHORT_TEXT and not is_forwarded
        if (found and not is_talk) or is_forwarded or len(text) >= LONG_TEXT:
            return Guess.MAYBE
        return Guess.NO


_EVIDENCE = set(Field) - {Field.NUMBER, Field.DELIVERY, Field.SHOP_NOTE}


def without_phones(text: str, phones: FoundPhones) -> str:
    """What is left of a text on one line, without the phones and the marks that stood around them."""
    for _phone, start, end in reversed(phones):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.split()).strip(_NAME_EDGES)


def read_order(text: str, now: datetime, find_phones: FindPhones) -> Written:
    """Read as much as can be read; `now` is aware and in the shop's zone."""
    pieces = parts(text)
    loose = [part.value for part in pieces if part.label is None]
    client, recipient = _people(pieces, find_phones)
    window, is_soon = _when(pieces, loose, now)
    lines = _goods(pieces, loose)
    details = Details(
        lines=lines,
        delivery=DeliveryKind.PICKUP if PICKUP.search(text) else DeliveryKind.COURIER,
        window=window,
        as_soon_as_possible=is_soon,
        address=_address(pieces, loose, find_phones),
        courier_note=_said(pieces, Label.COURIER_NOTE),
        shop_note=_said(pieces, Label.SHOP_NOTE),
        client_note=_said(pieces, Label.CLIENT_NOTE),
        card_text=_card_text(pieces),
        client=client,
        recipient=recipient,
        paid=_paid(pieces, loose, lines),
        written=text,
    )
    return Written(_number(pieces, text), details)


def _said(pieces: list[Part], *labels: Label) -> str:
    return "\n".join(part.value for part in pieces if part.label in labels and part.value)


def _number(pieces: list[Part], text: str) -> str:
    labelled = _DIGITS.search(_said(pieces, Label.NUMBER))
    if labelled:
        return labelled[0]
    match = _NUMBER.search(text)
    return (match[1] or match[2]) if match else ""


def _when(pieces: list[Part], loose: list[str], now: datetime) -> tuple[Window | None, bool]:
    said = " ".join(part.value for part in pieces if part.label is Label.WINDOW)
    labelled = read_when(said, now, is_answer=True)
    delivery = [part.value for part in pieces if part.label in {Label.DELIVERY, Label.NUMBER}]
    others = [read_when(line, now) for line in (*delivery, *loose)]
    day = labelled.day or _first_day(others)
    readings = sorted(others, key=lambda when: when.day is None)  # a time beside its day is the surest
    for when in (labelled, *readings):
        window = when.window(now, day)
        if window is not None:
            return window, labelled.soon or any(other.soon for other in others)
    return None, labelled.soon or any(when.soon for when in others)


def _first_day(readings: list[When]) -> date | None:
    return next((when.day for when in readings if when.day is not None), None)


def _address(pieces: list[Part], loose: list[str], find_phones: FindPhones) -> str:
    said = _said(pieces, Label.ADDRESS)
    if said:
        return "" if PICKUP.fullmatch(said) else said.strip(_NAME_EDGES)
    delivery = [part.value for part in pieces if part.label is Label.DELIVERY]
    for line in (*delivery, *loose):
        for sentence in _SENTENCES.split(line):
            if _STREET.search(sentence) and any(map(str.isdigit, sentence)):
                without = without_phones(sentence, find_phones(sentence))
                return _from_street(without) if _STREET.search(without) else ""
    return ""


def _from_street(sentence: str) -> str:
    """Of a sentence with commas the piece that names the street, a town before it, and the numbers behind."""
    pieces = sentence.split(",")
    first = next(at for at, piece in enumerate(pieces) if _STREET.search(piece))
    last = max((at for at, piece in enumerate(pieces) if any(map(str.isdigit, piece))), default=first)
    before = pieces[first - 1] if first else ""
    if before and len(before.split()) <= TOWN_WORDS and not any(map(str.isdigit, before)):
        first -= 1
    return ",".join(pieces[first : max(first, last) + 1]).strip(_NAME_EDGES)


def _goods(pieces: list[Part], loose: list[str]) -> tuple[Line, ...]:
    said = [part.value for part in pieces if part.label is Label.GOODS]
    said += [part.value for part in pieces if part.label is Label.CARD_TEXT and _is_price(part)]
    said = said or list(filter(is_goods_line, loose))
    return read_goods("\n".join(said or _in_words(loose)))


def _in_words(loose: list[str]) -> list[str]:
    """Flowers named in passing; an address may be called after one."""
    sentences = (sentence for line in loose for sentence in _SENTENCES.split(line))
    return [
        goods
        for sentence in sentences
        if not _STREET.match(sentence.strip())
        for goods in find_goods(sentence)
    ]


def _card_text(pieces: list[Part]) -> str:
    return _said([part for part in pieces if not _is_price(part)], Label.CARD_TEXT)


def _is_price(part: Part) -> bool:
    """«Открытка: 0 ₽» is a line of the composition, not the words on the card."""
    sums = find_sums(part.value)
    return len(sums) == 1 and sums[0][1:] == (0, len(part.value))


def _paid(pieces: list[Part], loose: list[str], lines: tuple[Line, ...]) -> Money | None:
    """The sum that is called so, else the largest beside the goods, else what all of these come to."""
    said = (read_sum(part.value) for part in pieces if part.label is Label.PAID)
    labelled = [money for money in said if money is not None]
    if labelled:
        return max(labelled, key=lambda money: money.minor)
    free = [money for line in loose if not is_goods_line(line) for money, _start, _end in find_sums(line)]
    return max(free, key=lambda money: money.minor, default=None) or _total(lines)


def _total(lines: tuple[Line, ...]) -> Money | None:
    sums = [line.paid for line in lines if line.paid is not None]
    if not sums or len(sums) < len(lines) or len({one.currency for one in sums}) > 1:
        return None
    return Money(sum(one.minor for one in sums), sums[0].currency)


def _people(pieces: list[Part], find_phones: FindPhones) -> tuple[Person, Person]:
    """Client and recipient. A phone of which nobody says whose it is belongs to the one named just before.

    Where nobody was named it is the client's: nobody may call a recipient by mistake (R68).
    """
    people = {Label.CLIENT: Person(), Label.RECIPIENT: Person()}
    last: Label | None = None
    for part in pieces:
        phone = next((found[0] for found in find_phones(part.value)), "")
        whose = _WHOSE.get(part.label) if part.label else None
        if part.label in people:
            last = whose
            name = without_phones(part.value, find_phones(part.value))
            people[part.label] = _filled(people[part.label], Person(name, phone))
        elif phone and part.label in _MAY_HOLD_PHONE:
            owner = whose or last or Label.CLIENT
            people[owner] = _filled(people[owner], Person(phone=phone))
    return people[Label.CLIENT], people[Label.RECIPIENT]


_WHOSE = {
    Label.CLIENT: Label.CLIENT,
    Label.CLIENT_PHONE: Label.CLIENT,
    Label.RECIPIENT: Label.RECIPIENT,
    Label.RECIPIENT_PHONE: Label.RECIPIENT,
}
_MAY_HOLD_PHONE: Collection[Label | None] = {
    Label.PHONE,
    Label.CLIENT_PHONE,
    Label.RECIPIENT_PHONE,
    Label.ADDRESS,
    None,
}


def _filled(person: Person, more: Person) -> Person:
    return replace(person, name=person.name or more.name, phone=person.phone or more.phone)
