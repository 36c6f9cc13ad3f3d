"""Order numbers: the marketplace's, and the shop's own for orders without a marketplace number."""

from __future__ import annotations

import re

OWN_NUMBER = "Р-"
"""Prefix of the shop's own numbers: «Р-1», counted by the shop."""

TRIAL_NUMBERS = ("Пробный-", "Trial-")
"""Prefixes of trial orders' numbers, in the language of the director who created them."""

_WRITTEN = re.compile(r"[#№\s]*(?P<own>[РрRrPp][\s-]*)?(?P<number>[0-9][0-9\s-]*)")

_NAMED = re.compile(r"(?<!\w)[РрRrPp]\s?[-\u2010-\u2014]\s?(?P<own>[0-9]{1,18})(?!\w)|(?P<number>[0-9]{4,})")
_BY_WORD = re.compile(r"(?i)(?:заказ\w*|order\w*|№|#)\s*[№#]?\s*(?P<number>[0-9]{2,})")
_AMOUNT = re.compile(r"(?i)[0-9][0-9\s]*(?:₽|р(?:уб\w*)?\b|тыс\w*|шт\b|см\b|г(?:од\w*)?\b|%)")
"""Sums, years and counts, whose digits are not order numbers."""
_AT_THE_FRONT = re.compile(r"(?i)^\W*(?:(?:по|к|for|on)\s+)?(?:(?:заказ\w*|order)\s*)?[№#]?\s*$")
_SURE_LENGTH = 6
"""From this number of digits on, a number can only be an order number; years and prices are shorter."""


def is_own(number: str) -> bool:
    """Whether the shop numbered the order itself, so that the marketplace does not know it."""
    return number.startswith((OWN_NUMBER, *TRIAL_NUMBERS))


def is_trial(number: str) -> bool:
    """Whether this is a trial order, which was made up so that the shop can practise.

    It must not reach the marketplace, the backup copy, or any count or sum of orders.
    """
    return number.startswith(TRIAL_NUMBERS)


def looked_for(text: str | None) -> str | None:
    """The order number, or part of one, if the message consists of nothing more (R5); otherwise None.

    The letter of an own number may be Cyrillic or Latin.
    """
    match = _WRITTEN.fullmatch(text or "")
    if match is None:
        return _trial(text or "")
    return (OWN_NUMBER if match["own"] else "") + re.sub(r"[^0-9]", "", match["number"])


def _trial(text: str) -> str | None:
    """The number of a trial order, written in upper or lower case."""
    written = text.strip().casefold()
    match = next((one for one in TRIAL_NUMBERS if written.startswith(one.casefold())), None)
    digits = written[len(match) :] if match else ""
    return f"{match}{digits}" if digits.isdecimal() and digits.isascii() else None


def named_in(text: str | None) -> tuple[str, ...]:
    """Possible order numbers, or parts of them, in the caption of a picture."""
    return tuple(
        f"{OWN_NUMBER}{match['own']}" if match["own"] else match["number"]
        for match in _NAMED.finditer(text or "")
    )


def surely_named(text: str | None) -> str | None:
    """The first of them that is certainly an order number; None if there is none."""
    return next((one for one in named_in(text) if is_own(one) or len(one) >= _SURE_LENGTH), None)


def named_in_words(text: str | None) -> tuple[str, ...]:
    """Possible order numbers in a text; «заказ 184» and «№184» may have fewer digits than in a caption."""
    said = _AMOUNT.sub("", text or "")
    by_word = tuple(match["number"] for match in _BY_WORD.finditer(said))
    return tuple(dict.fromkeys((*named_in(said), *by_word)))


def without_number(text: str, number: str) -> str:
    """The words without the number at their start; a number further on stays."""
    written = number.removeprefix(OWN_NUMBER)
    before, found, after = text.partition(written)
    is_first = found and _AT_THE_FRONT.fullmatch(re.sub(r"[РрRrPp]\s?[-\u2010-\u2014]\s?$", "", before))
    rest = re.sub(r"^[\s:.,;\u2013\u2014-]+", "", after)
    return rest if is_first and rest else text
