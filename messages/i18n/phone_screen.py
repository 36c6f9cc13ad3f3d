"""Estimates the height of a message on a phone from its text and buttons (X16).

The numbers are those of the demo page in Chromium, 390 px wide, in a wide font: on a real phone a message is
slightly shorter. A browser test measures one of them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from markupsafe import Markup

from messages.i18n.untrusted_text import fit_lines

PHONE_HEIGHT = 551
"""The visible height of a chat on a phone, between its header and the keyboard, in px."""

MOST_LINES = 8
"""Maximum lines of a card: people do not read more in two seconds."""

_WIDTH = 303.0
_LINE = 21
_KEY_ROW = 42
_FRAME = 35
_CYRILLIC = (0x416, 0x41C, 0x424, 0x428, 0x429, 0x42B, 0x42E, 0x436, 0x43C, 0x444, 0x448, 0x449, 0x44B, 0x44E)
_BROAD = frozenset({*"mwMW\u2192\u2026\u2014", *map(chr, _CYRILLIC)})
"""Wide letters such as the Cyrillic zhe, em and sha, by their code points, and arrows."""
_NARROW = frozenset(" .,:;·-'!|ilj()[]/rtf\u202f")
_TO_COPY = "<code>"
_TAG = re.compile(r"<[^<>]*>")
_BOLD = 1.1
_FIRST_SYMBOL = 0x2190
"""Arrows, signs and emoji have higher code points than letters."""


class Rank(IntEnum):
    """Priority of a card's line: when there is no room, higher numbers are dropped first."""

    FIRST = 0
    NOW = 1
    WORK = 2
    GOOD_TO_KNOW = 3


@dataclass(frozen=True)
class Ranked:
    """A line of a card with its priority."""

    text: Markup
    rank: Rank


def fitted(lines: Sequence[Ranked], key_rows: int) -> Markup:
    """Drops lines until the rest fits; of equal rank the later ones first. Keeps the order of lines.

    A text to copy is kept or dropped together with the line above it, which says what to do with it.
    """
    kept = list(enumerate(_with_their_texts(lines)))
    while len(kept) > 1 and not _fits([line.text for _, line in kept], key_rows):
        kept.remove(max(kept, key=lambda place: (place[1].rank, place[0])))
    return fit_lines([line.text for _, line in kept])


def _with_their_texts(lines: Sequence[Ranked]) -> list[Ranked]:
    joined: list[Ranked] = []
    for line in lines:
        if joined and line.text.startswith(_TO_COPY):
            above = joined.pop()
            joined.append(Ranked(Markup("\n").join([above.text, line.text]), above.rank))
        else:
            joined.append(line)
    return joined


def _fits(texts: Sequence[Markup], key_rows: int) -> bool:
    return (
        sum(text.count("\n") + 1 for text in texts) <= MOST_LINES and height(texts, key_rows) <= PHONE_HEIGHT
    )


def height(lines: Sequence[Markup], key_rows: int) -> int:
    """The height of a message with these lines and this number of rows of buttons, in px."""
    rows = sum(wrapped(one) for line in lines for one in line.split("\n"))
    return _FRAME + _LINE * rows + _KEY_ROW * key_rows


def wrapped(line: Markup) -> int:
    """The number of rows on a phone that one line takes, wrapped between words."""
    factor = _BOLD if "<b>" in line else 1.0
    rows, used = 1, 0.0
    for word in html.unescape(_TAG.sub("", line)).split(" "):
        width = _width(word) * factor
        if used and used + _width(" ") + width > _WIDTH:
            rows, used = rows + 1, 0.0
        used += (_width(" ") if used else 0.0) + width
        while used > _WIDTH:
            rows, used = rows + 1, used - _WIDTH
    return rows


def _width(text: str) -> float:
    return sum(map(_width_of, text))


def _width_of(sign: str) -> float:
    if sign in _NARROW:
        return 5.0
    if sign in _BROAD:
        return 13.5
    if ord(sign) > _FIRST_SYMBOL:
        return 19.0
    return 11.3 if sign.isupper() else 9.4
