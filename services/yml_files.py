"""Reads product feeds that people send: YML, in whatever encoding XML may have.

defusedxml refuses entities and what lies outside of the file before anything of it is believed.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from orders.price_list import Entry, PriceList, collected, entry_of
from services.sheets import Flaw, UnusableFile

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

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
_CURRENCY = "RUB"
_OLD_CURRENCY = "RUR"
"""Under which the format still knows roubles."""


def read_yml(content: bytes) -> PriceList:
    """The offers of a feed; raises UnusableFile."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError

    try:
        listed = collected(_offers(content))
    except DefusedXmlException as error:
        raise UnusableFile(Flaw.ENTITIES) from error
    except (ParseError, LookupError, ValueError) as error:  # the latter for an encoding that nobody knows
        raise UnusableFile(Flaw.NOT_XML) from error
    if not listed.entries:
        raise UnusableFile(Flaw.NO_GOODS)
    return listed


def _offers(content: bytes) -> Iterator[Entry | None]:
    """One entry after the other; what was read is forgotten at once."""
    from defusedxml.ElementTree import iterparse

    categories: dict[str, str] = {}
    offers = 0
    for _event, element in iterparse(BytesIO(content), events=("end",), forbid_entities=True):
        if element.tag == "category":
            categories[element.get("id", "")] = (element.text or "").strip()
        elif element.tag == "offer":
            offers += 1
            if offers > MOST_OFFERS:
                raise UnusableFile(Flaw.TOO_LONG)
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
    """Of an offer that is named by maker and model."""
    parts = (offer.findtext(tag) or "" for tag in ("typePrefix", "vendor", "model"))
    return " ".join(part.strip() for part in parts if part.strip())
