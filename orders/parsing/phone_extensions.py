"""Phone extensions: «8 (495) 123-45-67 доб. 128». E.164 has no extensions, so they are stored as text."""

from __future__ import annotations

import re

EXTENSION = re.compile(
    r"[\s,(]*(?:доб(?:авочный|\.)?|внутр(?:енний|\.)?|ext(?:ension|\.)?|#)\s*:?\s*([0-9]{1,6})\b\)?",
    re.IGNORECASE,
)
"""The extension after a number; the group captures its digits."""


def extended(phone: str, extension: str) -> str:
    """The number with its extension, as people read it."""
    return f"{phone} доб. {extension}"
