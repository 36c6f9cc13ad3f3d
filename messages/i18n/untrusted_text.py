"""Cleans texts from outside (names, addresses, notes) and measures length as Telegram does."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

from markupsafe import Markup, escape

TEXT_LIMIT = 4096
TOAST_LIMIT = 200
ELLIPSIS = "…"

# Characters that may change how the text around them is read: control characters, lone surrogates (which
# cannot be sent), invisible separators, and marks, overrides and isolates of writing direction.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff]"
)
_BLANK = "\u115f\u1160\u2800\u3164\uffa0\U0001d159"
"""Characters whose category is letter or sign but which are invisible."""
_SPACES = re.compile(r"\s+")
_SPACES_IN_LINE = re.compile(r"[^\S\n\u00a0\u202f]+")
_TAG = re.compile(r"<[^<>]*>")


def clean(text: str, limit: int) -> str:
    """Returns the text as one line without control characters, at most `limit` UTF-16 units.

    Returns "" if no letter, digit or sign is visible: Hangul fillers, the blank braille cell, joiners and
    lone combining marks take space and show nothing.
    """
    line = fit(_SPACES.sub(" ", _UNWANTED.sub("", text)).strip(), limit)
    return line if any(map(_shows, line)) else ""


def _shows(letter: str) -> bool:
    return letter not in _BLANK and unicodedata.category(letter)[0] in "LNPS"


def clean_lines(text: str) -> str:
    """Like `clean`, for a file: keeps the lines and truncates nothing."""
    kept = _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_SPACES_IN_LINE.sub(" ", line).strip() for line in kept.split("\n"))
    return "\n".join(line if any(map(_shows, line)) else "" for line in lines).strip()


def copied(words: str) -> Markup:
    """Words that a tap copies, also on devices that do not support the copy button."""
    return Markup("<code>{}</code>").format(words)


def units(text: str) -> int:
    """The length in UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, limit: int = TEXT_LIMIT) -> str:
    """Returns the plain text, truncated with "…" to at most `limit` UTF-16 units."""
    if units(text) <= limit:
        return text
    room = text.encode("utf-16-le", "surrogatepass")[: 2 * (limit - len(ELLIPSIS))]
    # A character outside the basic plane is two units: drop half of one, and a trailing joiner.
    return room.decode("utf-16-le", "ignore").rstrip(" \u200d\ufe0f") + ELLIPSIS


def visible_units(text: str) -> int:
    """The length of HTML text after Telegram has parsed it."""
    return units(html.unescape(_TAG.sub("", text)))


def fit_lines(lines: Sequence[Markup], limit: int = TEXT_LIMIT) -> Markup:
    """As many whole lines as fit, so that no tag is cut; a last "…" says that lines are missing."""
    sizes = [visible_units(line) + len("\n") for line in lines]
    if sum(sizes) - len("\n") <= limit:
        return Markup("\n").join(lines)
    room, kept = limit - len(ELLIPSIS), 0
    while sizes[kept] <= room:
        room -= sizes[kept]
        kept += 1
    return Markup("\n").join([*lines[:kept], escape(ELLIPSIS)])
