"""Whether the caption of a picture says more than that it shows the bouquet (X19)."""

from __future__ import annotations

import re

_OF_BOUQUET = frozenset(
    [
        "вот",
        "букет",
        "букета",
        "готов",
        "готово",
        "готова",
        "готовы",
        "собран",
        "собрана",
        "собрано",
        "собрали",
        "собрала",
        "фото",
        "снимок",
        "заказ",
        "заказа",
        "заказу",
        "по",
        "для",
        "here",
        "is",
        "the",
        "bouquet",
        "ready",
        "done",
        "photo",
        "picture",
        "order",
        "for",
        "of",
    ]
)
_WORDS = re.compile(r"[^\W\d_]{2,}")


def says_more(words: str) -> bool:
    """Whether a picture with this caption may be something other than the photo of the bouquet."""
    return any(one not in _OF_BOUQUET for one in _WORDS.findall(words.casefold()))
