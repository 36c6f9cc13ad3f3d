"""Whether the words of a surcharge are about the delivery, which a courier may read, or about the goods."""

from __future__ import annotations

import re

_OF_DELIVERY = re.compile(
    r"ожида|подожд|ждать|срочн|достав|повторн|поездк|выезд|ноч|вечер|утр|врем|за\s*город|мкад|\bкм\b|wait|deliver|urgent"
    r"|express|trip|night",
    re.IGNORECASE,
)
"""Reasons for a surcharge that the carrier has to know."""


def is_of_delivery(words: str) -> bool:
    """Whether the words are about waiting, the way, or the hour."""
    return _OF_DELIVERY.search(words) is not None
