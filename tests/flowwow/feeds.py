"""Validates and parses product feeds."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from lxml import etree

DTD = Path(__file__).with_name("shops.dtd")


def read_feed(content: bytes) -> Element:
    """Validate the feed against the published DTD, and return its root element."""
    with DTD.open("rb") as file:
        grammar = etree.DTD(file)
    grammar.assertValid(etree.fromstring(content))
    return fromstring(content)


def availability(feed: Element) -> dict[str, bool]:
    """Maps offer id to whether it can be ordered."""
    return {offer.attrib["id"]: offer.attrib["available"] == "true" for offer in feed.iter("offer")}
