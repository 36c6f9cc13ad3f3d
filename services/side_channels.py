"""What would lead client and shop past the order's chat: phones, mail, profiles, messengers (R62)."""

from __future__ import annotations

import re

from services.phones import phone_finder

HIDDEN = "•••"

_LINKS = re.compile(
    r"""(?ix)
    (?: https?:// | tg:// | www\. ) \S+                                # any web address
    | (?<![\w.]) (?: t\.me | wa\.me | viber\.click | vk\.com | instagram\.com ) / \S+
    | [\w.+-]+ @ [\w-]+ (?: \.[\w-]+ )+                              # mail
    | (?<![\w@]) @ [a-z0-9_]{4,}                                       # a profile
    """
)


def without_side_channels(words: str, country: str | None) -> str:
    """The words, with dots in place of what only leads elsewhere; the same words where there is nothing."""
    hidden = _LINKS.sub(HIDDEN, words)
    for _phone, start, end in reversed(phone_finder(country)(hidden)):
        hidden = hidden[:start] + HIDDEN + hidden[end:]
    return hidden
