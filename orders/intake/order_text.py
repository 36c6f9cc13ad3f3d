"""Reads a whole text as an order, as far as possible: a forwarded notification, an e-mail, a message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from orders.intake.chats import without_headers
from orders.intake.icons import with_names
from orders.intake.labels import parts
from orders.intake.people import FindPhones, FoundPhones
from orders.intake.reading import PICKUP, Reader
from orders.intake.rows import by_lines
from orders.model.details import DeliveryKind, Details, Window
from orders.model.draft import Field, knows
from orders.parsing.tidy import plain

LONG_TEXT = 120
"""From this length in characters a text may be an order even if nothing in it was recognised."""
SHORT_TEXT = 25
"""Below this length a single recognised field makes no order: it is just talk."""
ENOUGH = 3
_NAME_EDGES = " \t,;:.-\u2013\u2014()"

__all__ = ["PICKUP", "FindPhones", "FoundPhones", "Guess", "Written", "read_order", "without_phones"]


class Guess(StrEnum):
    """Whether a text is an order; for MAYBE a person is asked."""

    SURE = "sure"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Written:
    """What was found in a text; `details.written` has the whole text.

    `windows`: one of them is meant, and a person must choose it.
    """

    number: str
    details: Details
    windows: tuple[Window, ...] = ()

    def guess(self, *, is_forwarded: bool) -> Guess:
        """Three recognised fields make an order, two if it was forwarded; the number counts twice."""
        text = self.details.written.strip()
        found = (2 if self.number else 0) + sum(knows(self.details, field) for field in _EVIDENCE)
        found += bool(self.windows)
        if found + is_forwarded >= ENOUGH and found > 1:
            return Guess.SURE
        is_talk = len(text) < SHORT_TEXT and not is_forwarded
        if (found and not is_talk) or is_forwarded or len(text) >= LONG_TEXT:
            return Guess.MAYBE
        return Guess.NO


_EVIDENCE = set(Field) - {
    Field.NUMBER, Field.DELIVERY, Field.SHOP_NOTE, Field.CLIENT_NOTE, Field.PAYMENT_NOTE
}  # fmt: skip


def without_phones(text: str, phones: FoundPhones) -> str:
    """The text on one line, without the phones and the punctuation around them."""
    for _phone, start, end in reversed(phones):
        text = f"{text[:start]} {text[end:]}"
    return re.sub(r"\(\s*[,;]?\s*\)", "", " ".join(text.split())).strip(_NAME_EDGES)


def read_order(text: str, now: datetime, find_phones: FindPhones) -> Written:
    """Reads as much of the text as possible; `now` is aware and in the shop's zone.

    Clauses that were not understood go to the notes, so that nothing is lost. In text copied from a chat,
    days count from the day on which the message was written.
    """
    today = now.date()
    chat = without_headers(plain(text), today)
    reader = Reader(parts(by_lines(with_names(chat.text))), now, chat.day or today, find_phones)
    reader.read()
    details = Details(
        lines=reader.lines,
        delivery=DeliveryKind.PICKUP if PICKUP.search(chat.text) else DeliveryKind.COURIER,
        window=reader.meant.window,
        as_soon_as_possible=reader.is_soon,
        address=reader.address,
        courier_note=reader.courier_note,
        shop_note=reader.shop_note,
        client_note=reader.client_note,
        payment_note=reader.payment_note,
        card_text=reader.card_text,
        client=reader.people.client,
        recipient=reader.people.recipient,
        paid=reader.paid,
        written=text,
    )
    return Written(reader.number, details, () if reader.meant.is_sure else reader.meant.options)
