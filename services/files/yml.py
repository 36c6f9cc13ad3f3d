"""Reads product feeds that people send: YML in any encoding that XML allows.

defusedxml refuses entities and external references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from orders.goods.price_list import Entry, PriceList, collected, entry_of
from services.files.spreadsheets import Flaw, UnusableFile

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element, ParseError

MOST_OFFERS = 50_000

_FIELDS = {
    "name": "name",
    "price": "price",
    "description": "description",
    "picture": "picture_url",
    "url": "url",
    "count": "stock",
    "stock": "stock",
}
_DECLARED = re.compile(rb"""^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_UNICODE = ("utf", "ucs", "iso-10646", "us-ascii", "ascii")
"""Prefixes of encodings that are not mistaken for others."""
_WRONG_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9A-Fa-f]+);)(?:#?\w{1,20};)?")
_AROUND = 12
"""Characters shown on each side of a wrong sign."""
_CURRENCY = "RUB"
_OLD_CURRENCY = "RUR"
"""The old code of the rouble, which the format still uses."""


def read_yml(content: bytes) -> PriceList:
    """The offers of a feed. Raises UnusableFile."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError

    _check_encoding(content)
    try:
        listed = collected(_offers(content))
    except DefusedXmlException as error:
        raise UnusableFile(Flaw.ENTITIES) from error
    except ParseError as error:
        raise _flaw(error, content) from error
    except (LookupError, ValueError) as error:  # an unknown encoding
        raise UnusableFile(Flaw.NOT_XML) from error
    if not listed.entries:
        raise UnusableFile(Flaw.NO_GOODS)
    return listed


def _check_encoding(content: bytes) -> None:
    """Raises UnusableFile for a UTF-8 file that declares another encoding: all its names would be garbled.

    No Russian text that is really in windows-1251 or KOI8 happens to be valid UTF-8.
    """
    declared = _encoding(content)
    if declared.startswith(_UNICODE) or content.isascii():
        return
    try:
        content.decode()
    except UnicodeDecodeError:
        return
    raise UnusableFile(Flaw.WRONG_ENCODING, declared=declared, found="UTF-8")


def _encoding(content: bytes) -> str:
    match = _DECLARED.match(content)
    return match[1].decode().lower() if match else "utf-8"


def _flaw(error: ParseError, content: bytes) -> UnusableFile:
    """Names the line and the sign if the line has a wrong ampersand, the most frequent error."""
    line, _column = error.position
    try:
        text = content.decode(_encoding(content)).splitlines()[line - 1]
    except (LookupError, ValueError):
        return UnusableFile(Flaw.NOT_XML)
    wrong = _WRONG_AMPERSAND.search(text)
    if wrong is None:
        return UnusableFile(Flaw.NOT_XML)
    near = text[max(0, wrong.start() - _AROUND) : wrong.end() + _AROUND].strip()
    return UnusableFile(Flaw.BAD_SIGN, line=line, sign=wrong[0], near=near)


def _offers(content: bytes) -> Iterator[Entry | None]:
    """Yields one entry after the other, and frees what was read."""
    from defusedxml.ElementTree import iterparse

    categories: dict[str, str] = {}
    offers = 0
    for _event, element in iterparse(BytesIO(content), events=("end",), forbid_entities=True):
        if element.tag == "category":
            categories[element.get("id", "")] = (element.text or "").strip()
        elif element.tag == "offer":
            offers += 1
            if offers > MOST_OFFERS:
                raise UnusableFile(Flaw.TOO_MANY_OFFERS, most=MOST_OFFERS)
            yield _entry(element, categories)
            element.clear()


def _entry(offer: Element, categories: dict[str, str]) -> Entry | None:
    texts: dict[str, object] = {"offer_id": offer.get("id")}
    for child in offer:
        field = _FIELDS.get(child.tag)
        if field is not None:
            texts.setdefault(field, (child.text or "").strip())
    texts["category"] = categories.get((offer.findtext("categoryId") or "").strip(), "")
    texts["name"] = texts.get("name") or _name(offer)
    currency = (offer.findtext("currencyId") or "").strip() or _CURRENCY
    available = (offer.get("available") or "").strip().lower() != "false"
    return entry_of(texts, available=available, currency=_CURRENCY if currency == _OLD_CURRENCY else currency)


def _name(offer: Element) -> str:
    """The name of an offer that gives maker and model instead."""
    parts = (offer.findtext(tag) or "" for tag in ("typePrefix", "vendor", "model"))
    return " ".join(part.strip() for part in parts if part.strip())
