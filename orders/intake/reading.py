"""The steps of reading a text. Each takes out the words it understands; the rest becomes the note."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from orders.intake.addresses import find_addresses, is_more_of_address
from orders.intake.cutting import NOTES, PHONES, Cutter
from orders.intake.goods import goods_places, in_digits, is_goods_line, read_goods
from orders.intake.labels import Label, Part
from orders.intake.people import FindPhones, Labelled, People
from orders.intake.venues import find_venues
from orders.model.details import Line
from orders.model.money import Money
from orders.parsing.claims import Piece
from orders.parsing.days import Found, find_days
from orders.parsing.sums import bare_sums, find_sums, read_sum
from orders.parsing.times import Meant, When, days_and_times, meant_of, says_soon

PICKUP = re.compile(r"\bсамовывоз\w*|\bpick-?\s?up\b|\bзабер(?:у|ёт|ет|ут)\s+сам\w*", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:заказ\w*|order)\s*(?:№|#|n|no\.?|номер|number)?\s*[№#:]?\s*([0-9]{5,19})(?![0-9])|(?<!\w)[№#]\s?([0-9]{4,19})"
    r"|^\W*([0-9]{8})(?![0-9])",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![0-9])[0-9]{4,19}(?![0-9])")
_QUOTED_CARD = re.compile(
    r"(?:открытк|записк|подпис|надпис|card\b|note\b)[^\"«“\n]{0,30}[\"«“]([^\"»”\n]{1,300})[\"»”]",
    re.IGNORECASE,
)
_NO_CARD = re.compile(r"(?:нет|не\s+нужн\w*|без(?:\s+\w+)?|no|none|-+)\W*", re.IGNORECASE)
_MONEY = re.compile(
    r"(?:доплат|предоплат|оплач|оплат|аванс|задат|скидк|сдач|перевод|нал\b|наличн|безнал|карт(?:ой|у)\b|чаев|промокод|paid\b|cash\b|discount)",
    re.IGNORECASE,
)
_CREATED = re.compile(
    r"(?:заказ\s+)?(?:принят|создан|оформлен|поступил|оплачен|placed|created|received)\s+(?:[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4})"
    r"(?:\s*,?\s*(?:в|at)?\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?",
    re.IGNORECASE,
)
_BARE = re.compile(r"[0-9](?:[0-9\s.,]*[0-9])?")
_FIRST_BARE = re.compile(r"\W*([1-9][0-9]{2,5}|[1-9][0-9]? [0-9]{3})(?=\s+[^\W\d_])")
_EDGES = " \t,;:.-\u2013\u2014()"
_NOT_PAID = re.compile(
    r"(?:доплат\w*|предоплат\w*|остат\w*|остал\w+|ещё|еще|(?<!с )доставк\w*|скидк\w*|сдач\w*|аванс\w*|задат\w*|\+|по|delivery|fee|discount"
    r"|\b(?:номер|комната|код|домофон|кв|квартира|дом|офис|оф|апартаменты|палата|каб|кабинет|участок|школ\w+|заказ\w*|сад)|№|[0-9]\s?[-\u2013])\.?\s*:?\s*$",
    re.IGNORECASE,
)
_NOT_PAID_BEHIND = re.compile(
    r"\s?[-\u2013]\s?[0-9]|\s*(?:за\s+)?(?:доставк|доплат|скидк|сдач|предоплат|delivery)\w*+(?!\s*:?\s*[0-9])",
    re.IGNORECASE,
)
_LOOSE = {None, Label.DELIVERY, Label.NUMBER}


class Reader:
    """Reads one text; `today` is the day on which it was written."""

    def __init__(self, found: list[Part], now: datetime, today: date, find_phones: FindPhones) -> None:
        self._now, self._today, self._find_phones = now, today, find_phones
        self._pieces: list[Labelled] = [
            (part.label, Piece(part.value, part.name)) for part in Cutter(now, find_phones).pieces(found)
        ]
        self.people = People()
        self.number = ""
        self.lines: tuple[Line, ...] = ()
        self.meant = Meant()
        self.is_soon = False
        self.address = ""
        self.card_text = ""
        self.paid: Money | None = None
        self._days: list[tuple[Piece, Found]] = []
        self._fixed: set[date] = set()
        """Days that do not depend on when the text was written: «2 декабря»."""

    def read(self) -> None:
        """Reads the most reliable fields first; words that one field took are not read again."""
        self.people.take_phones(self._pieces, self._find_phones)
        self.people.take_labelled(self._pieces)
        self._read_number()
        self._read_card()
        self._read_when()
        self._read_address()
        self._read_lines()
        self.people.take_told([one for one in self._pieces if one[0] in _LOOSE | PHONES])
        self.people.give_phones(self._pieces, has_address=bool(self.address))
        if self.address or self.lines or self.meant.options:
            self.people.take_alone(self._loose)
        self._read_paid()

    @property
    def client_note(self) -> str:
        """What the client asks for, and every clause that no field has taken."""
        return "\n".join(
            [
                *self._said(Label.CLIENT_NOTE),
                *self._said(Label.ASIDE),
                *(one for one in self._rest() if not _is_money(one)),
            ]
        )

    @property
    def payment_note(self) -> str:
        """What is said about money apart from the sum: only directors and managers read it (R13)."""
        said = [*self._said(Label.PAYMENT), *(one for one in self._rest() if _is_money(one))]
        return "\n".join(dict.fromkeys(said))

    @property
    def courier_note(self) -> str:
        return "\n".join(self._said(Label.COURIER_NOTE))

    @property
    def shop_note(self) -> str:
        return "\n".join(self._said(Label.SHOP_NOTE))

    @property
    def _loose(self) -> list[Labelled]:
        return [(label, piece) for label, piece in self._pieces if label in _LOOSE]

    def _rest(self) -> list[str]:
        found: list[str] = []
        for label, piece in self._pieces:
            if label not in NOTES:
                found += piece.rest()
        return list(dict.fromkeys(filter(None, found)))

    def _said(self, label: Label) -> list[str]:
        return [text for one, piece in self._pieces if one is label and (text := piece.shown())]

    def _of(self, label: Label) -> list[Piece]:
        return [piece for one, piece in self._pieces if one is label]

    def _read_number(self) -> None:
        for label, piece in self._pieces:
            if label is not Label.NUMBER and label is not None:
                continue
            match = (_DIGITS if label is Label.NUMBER else _NUMBER).search(piece.free)
            if match:
                self.number = match[0] if label is Label.NUMBER else match[1] or match[2] or match[3]
                piece.take(match.start(), match.end())
                return

    def _read_card(self) -> None:
        said = []
        for piece in self._of(Label.CARD_TEXT):
            if not _is_price(piece.text) and not _NO_CARD.fullmatch(piece.text.strip()):
                said.append(_unquoted(piece.text.strip()))
                piece.take_all()
        for _label, piece in self._loose:
            match = _QUOTED_CARD.search(piece.free)
            if match and not said:
                said.append(match[1].strip())
                piece.take(match.start(), match.end())
        self.card_text = "\n".join(filter(None, said))

    def _read_when(self) -> None:
        for _label, piece in self._loose:
            for match in _CREATED.finditer(piece.free):
                piece.take(match.start(), match.end())
        labelled = self._when([(piece, True) for piece in self._of(Label.WINDOW)])
        loose = [(piece, False) for _label, piece in self._loose]
        others = self._when(loose, days=labelled.days, spans=labelled.spans)
        days, spans = labelled.days or others.days, labelled.spans or others.spans
        if not spans:
            spans = self._bare_spans(loose) if days else ()
        self.is_soon = any(
            says_soon(piece.text) for one, piece in self._pieces if one in {*_LOOSE, Label.WINDOW}
        )
        base = self._now.date() if all(day in self._fixed for day in days) and days else self._today
        self.meant = meant_of(When(days, spans), self._now, base)
        if not spans:
            self._put_back_days()

    def _when(
        self,
        pieces: list[tuple[Piece, bool]],
        *,
        days: tuple[date, ...] = (),
        spans: tuple[tuple[int, int], ...] = (),
    ) -> When:
        """The days and times in these pieces; one that contradicts another field stays for the note."""
        found_days: list[date] = []
        found_spans: list[tuple[int, int]] = []
        every_day = [day for piece, _is in pieces for day in find_days(piece.free, self._today)]
        for piece, is_answer in pieces:
            self._fixed |= {day for day, _start, _end in find_days(piece.free, self._now.date())}
            told, times = days_and_times(piece.free, self._now, self._today, is_answer=is_answer)
            for day in told:
                if not days or day[0] in days:
                    found_days.append(day[0])
                    self._days.append((piece, day))
                    piece.take(day[1], day[2])
            for time in times:
                is_sure = is_answer or time.is_marked or (bool(every_day or days) and not time.is_bare)
                if (
                    is_sure
                    and (not spans or set(time.spans) <= set(spans))
                    and not _is_house(piece, time.start)
                ):
                    found_spans += time.spans
                    piece.take(time.start, time.end)
        return When(tuple(dict.fromkeys(found_days)), tuple(dict.fromkeys(found_spans)))

    def _bare_spans(self, loose: list[tuple[Piece, bool]]) -> tuple[tuple[int, int], ...]:
        """«10-12» is a time if a day is named and it is not part of an address."""
        self._read_address()
        found: list[tuple[int, int]] = []
        for piece, _is in loose:
            for time in days_and_times(piece.free, self._now, self._today)[1]:
                if time.is_bare:
                    found += time.spans
                    piece.take(time.start, time.end)
        return tuple(dict.fromkeys(found))

    def _put_back_days(self) -> None:
        """A day without hours is not a window: it goes back to the note, and the draft asks for the hours."""
        for piece, (_day, start, end) in self._days:
            piece.give_back(start, end)

    def _read_address(self) -> None:
        if self.address:
            return
        said = [piece for label, piece in self._pieces if label in {Label.ADDRESS, Label.ADDRESS_PART}]
        if said and any(piece.text.strip() for piece in said):
            self._take_said(said)
            return
        found = self._places(find_addresses) or self._places(find_venues)
        texts = {_plain(piece.text[place[0] : place[1]]) for piece, place in found}
        if len(texts) == 1:
            piece, (start, end) = found[0]
            self.address = _balanced(piece.text[start:end].strip(_EDGES))
            piece.take(start, end)
            self._add_more(piece)

    def _places(self, find: Callable[[str], list[tuple[int, int]]]) -> list[tuple[Piece, tuple[int, int]]]:
        return [
            (piece, place)
            for label, piece in self._pieces
            if label in _WITH_ADDRESS
            for place in find(piece.free)
        ]

    def _take_said(self, said: list[Piece]) -> None:
        values = [piece.shown() for piece in said]
        for piece in said:
            piece.take_all()
        joined = ", ".join(value for value in values if value)
        self.address = "" if PICKUP.fullmatch(joined) else joined.strip(_EDGES)

    def _add_more(self, above: Piece) -> None:
        """Adds the lines below an address that continue it."""
        pieces = [piece for _label, piece in self._pieces]
        for piece in pieces[pieces.index(above) + 1 :]:
            if not is_more_of_address(piece.free):
                return
            self.address = f"{self.address}, {piece.text.strip(_EDGES)}"
            piece.take_all()

    def _read_lines(self) -> None:
        labelled = [piece for piece in self._of(Label.GOODS) if piece.text.strip()]
        labelled += [piece for piece in self._of(Label.CARD_TEXT) if _is_price(piece.text)]
        loose = [piece for _label, piece in self._loose]
        listed = [piece for piece in loose if is_goods_line(piece.free) and not _is_taken(piece)]
        if labelled or listed:
            chosen = labelled or listed
            self.lines = read_goods("\n".join(piece.text for piece in chosen))
            for piece in chosen:
                piece.take_all()
            return
        names: list[str] = []
        for piece in loose:
            for start, end in goods_places(piece.free):
                names.append(in_digits(" ".join(piece.text[start:end].split())))
                piece.take(start, end)
        self.lines = read_goods("\n".join(names))

    def _read_paid(self) -> None:
        said = self._labelled_sums()
        free: list[tuple[Money, Piece, int, int]] = []
        for _label, piece in self._loose:
            sums = [
                *find_sums(piece.free),
                *(bare_sums(piece.free) if self.lines or self.meant.options else []),
            ]
            for money, start, end in sums:
                is_other = _NOT_PAID.search(piece.text[:start]) or _NOT_PAID_BEHIND.match(piece.text, end)
                if not is_other and not said:
                    free.append((money, piece, start, end))
        total = max(said or [one[0] for one in free], key=lambda money: money.minor, default=None)
        for money, piece, start, end in free:
            if money == total:
                piece.take(start, end)
        self.paid = total or _total(self.lines)

    def _labelled_sums(self) -> list[Money]:
        """Of «Сумма» and «Оплачено» the larger one is the order's; the other stays in the note."""
        read = [(piece, money) for piece in self._of(Label.PAID) if (money := _sum_of(piece.text))]
        largest = max((money.minor for _piece, money in read), default=0)
        for piece, money in read:
            if money.minor == largest:
                _take_sum(piece)
        return [money for _piece, money in read]


_WITH_ADDRESS = {None, Label.DELIVERY, Label.RECIPIENT, Label.NUMBER}


def _balanced(address: str) -> str:
    """Closes the bracket of «Мира 4 (домофон 12» that was stripped from the end."""
    return f"{address})" if address.count("(") > address.count(")") else address


def _unquoted(text: str) -> str:
    match = re.fullmatch(r"[\"«“]([^\"«»“”\n]+)[\"»”]", text)
    return match[1] if match else text


def _is_money(text: str) -> bool:
    return bool(find_sums(text)) or _MONEY.search(text) is not None


def _sum_of(text: str) -> Money | None:
    """«6700 с доставкой (доставка 350)»: the first of several bare numbers."""
    first = _FIRST_BARE.match(text)
    return read_sum(text) or (read_sum(first[1]) if first else None)


def _take_sum(piece: Piece) -> None:
    """Takes the sum only: other words, as in «3000 ₽ наличными курьеру», stay for the notes."""
    first = _FIRST_BARE.match(piece.text)
    places = [one[1:] for one in find_sums(piece.text)] or ([first.span(1)] if first else [])
    places = places or [match.span() for match in _BARE.finditer(piece.text)]
    if len(places) == 1:
        piece.take(*places[0])
    else:
        piece.take_all()


def _is_house(piece: Piece, start: int) -> bool:
    """«Ленина 5 к 2» is a house and its building, not a time."""
    return (
        re.match(r"к\s[1-9](?![0-9:.])(?!\s*(?:утр|дня|вечер|час))", piece.text[start:]) is not None
        and re.search(r"[0-9]\s$", piece.text[:start]) is not None
        and re.search(r"[0-9]\.[0-9]{1,2}(?:\.[0-9]+)?\s$", piece.text[:start]) is None
    )


def _is_price(text: str) -> bool:
    """«Открытка: 0 ₽» is a line of the composition, not the card text."""
    sums = find_sums(text)
    return len(sums) == 1 and sums[0][1:] == (0, len(text))


def _is_taken(piece: Piece) -> bool:
    return "\x00" in piece.free


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _total(lines: tuple[Line, ...]) -> Money | None:
    sums = [line.paid for line in lines if line.paid is not None]
    if not sums or len(sums) < len(lines) or len({one.currency for one in sums}) > 1:
        return None
    return replace(sums[0], minor=sum(one.minor for one in sums))
