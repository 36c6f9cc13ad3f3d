"""The numbers of orders: the marketplace's, and the shop's own for those that no marketplace has numbered."""

from __future__ import annotations

import re

OWN_NUMBER = "Р-"
"""How an own number begins: «Р-1», counted by the shop itself."""

_WRITTEN = re.compile(r"[#№\s]*(?P<own>[РрRrPp][\s-]*)?(?P<number>[0-9][0-9\s-]*)")


def is_own(number: str) -> bool:
    """Whether the shop itself has numbered the order: the marketplace knows nothing of it."""
    return number.startswith(OWN_NUMBER)


def looked_for(text: str | None) -> str | None:
    """The number, or the part of one, that a message consists of (R5); None where it says anything else.

    The letter of an own number may be of either alphabet.
    """
    match = _WRITTEN.fullmatch(text or "")
    if match is None:
        return None
    return (OWN_NUMBER if match["own"] else "") + re.sub(r"[^0-9]", "", match["number"])
