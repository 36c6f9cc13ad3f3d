"""Extensions of phone numbers: «8 (495) 123-45-67 доб. 128». They have no place in E.164 and are kept as text."""

from __future__ import annotations

import re

EXTENSION = re.compile(
    r"[\s,(]*(?:доб(?:авочный|\.)?|внутр(?:енний|\.)?|ext(?:ension|\.)?|#)\s*:?\s*([0-9]{1,6})\b\)?",
    re.IGNORECASE,
)
"""What may stand behind a number; the group is the extension."""


def extended(phone: str, extension: str) -> str:
    """The number as whoever calls reads it."""
    return f"{phone} доб. {extension}"
