"""Feeds as a strict reader sees them."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from lxml import etree

DTD = Path(__file__).with_name("shops.dtd")


def read_feed(content: bytes) -> Element:
    """The catalogue, after it was held against the published grammar."""
    with DTD.open("rb") as file:
        grammar = etree.DTD(file)
    grammar.assertValid(etree.fromstring(content))
    return fromstring(content)


def availability(feed: Element) -> dict[str, bool]:
    """Offer id -> whether it can be ordered."""
    return {offer.attrib["id"]: offer.attrib["available"] == "true" for offer in feed.iter("offer")}
