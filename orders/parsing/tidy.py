"""Pasted text made plain before it is read: invisible marks, HTML entities, raised digits, bold marks."""

from __future__ import annotations

import html
import re

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
"""Without the joiner of emoji (U+200D)."""
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_BREAK = re.compile(r"<\s*(?:br\s*/?|/p|/div|/li|/tr)\s*>", re.IGNORECASE)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED_MINUTES = re.compile("(?<=[0-9])[⁰¹²³⁴⁵][⁰¹²³⁴⁵⁶⁷⁸⁹]")
_BOLD = re.compile(r"(?<!\w)([*_]{1,2})(?=\S)([^*_\n]+?)(?<=\S)\1(?!\w)")


def plain(text: str) -> str:
    """The text as a person sees it. Line breaks and tabs stay: they separate fields."""
    text = html.unescape(_BREAK.sub("\n", text)) if "&" in text or "<" in text else text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    text = re.sub(r"(?<=\S) ,(?=\S)", ", ", text)
    text = _RAISED_MINUTES.sub(lambda match: ":" + match[0].translate(_RAISED), text)
    return _BOLD.sub(r"\2", text)
