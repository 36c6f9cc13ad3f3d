"""The numbers of orders: the marketplace's, and the shop's own for those that no marketplace has numbered."""

from __future__ import annotations

import re

OWN_NUMBER = "Р-"
"""How an own number begins: «Р-1», counted by the shop itself."""

TRIAL_NUMBERS = ("Пробный-", "Trial-")
"""How the number of a trial order begins, in the language of the director who made it."""

_WRITTEN = re.compile(r"[#№\s]*(?P<own>[РрRrPp][\s-]*)?(?P<number>[0-9][0-9\s-]*)")

_NAMED = re.compile(r"(?<!\w)[РрRrPp]\s?[-\u2010-\u2014]\s?(?P<own>[0-9]{1,18})(?!\w)|(?P<number>[0-9]{4,})")
_BY_WORD = re.compile(r"(?i)(?:заказ\w*|order\w*|№|#)\s*[№#]?\s*(?P<number>[0-9]{2,})")
_AMOUNT = re.compile(r"(?i)[0-9][0-9\s]*(?:₽|р(?:уб\w*)?\b|тыс\w*|шт\b|см\b|г(?:од\w*)?\b|%)")
"""Sums, years and counts: their digits name no order."""
_AT_THE_FRONT = re.compile(r"(?i)^\W*(?:(?:по|к|for|on)\s+)?(?:(?:заказ\w*|order)\s*)?[№#]?\s*$")
_SURE_LENGTH = 6
"""Digits that can only be meant as a number: a year or a price is shorter."""


def is_own(number: str) -> bool:
    """Whether the shop itself has numbered the order: the marketplace knows nothing of it."""
    return number.startswith((OWN_NUMBER, *TRIAL_NUMBERS))


def is_trial(number: str) -> bool:
    """Whether the order is made up, so that the shop can try the whole way.

    It must not reach the marketplace, the backup copy, or anything that counts or adds up orders.
    """
    return number.startswith(TRIAL_NUMBERS)


def looked_for(text: str | None) -> str | None:
    """The number, or the part of one, that a message consists of (R5); None where it says anything else.

    The letter of an own number may be of either alphabet.
    """
    match = _WRITTEN.fullmatch(text or "")
    if match is None:
        return _trial(text or "")
    return (OWN_NUMBER if match["own"] else "") + re.sub(r"[^0-9]", "", match["number"])


def _trial(text: str) -> str | None:
    """The number of a trial order, in whatever case it is written."""
    written = text.strip().casefold()
    match = next((one for one in TRIAL_NUMBERS if written.startswith(one.casefold())), None)
    digits = written[len(match) :] if match else ""
    return f"{match}{digits}" if digits.isdecimal() and digits.isascii() else None


def named_in(text: str | None) -> tuple[str, ...]:
    """What may be numbers of orders, or parts of them, in the words beside a picture."""
    return tuple(
        f"{OWN_NUMBER}{match['own']}" if match["own"] else match["number"]
        for match in _NAMED.finditer(text or "")
    )


def surely_named(text: str | None) -> str | None:
    """The first that can be meant as nothing else."""
    return next((one for one in named_in(text) if is_own(one) or len(one) >= _SURE_LENGTH), None)


def named_in_words(text: str | None) -> tuple[str, ...]:
    """The same in what somebody writes, where «заказ 184» and «№184» name an order by fewer digits, too."""
    said = _AMOUNT.sub("", text or "")
    by_word = tuple(match["number"] for match in _BY_WORD.finditer(said))
    return tuple(dict.fromkeys((*named_in(said), *by_word)))


def without_number(text: str, number: str) -> str:
    """The words without the number in front of them; a number amid the words stays."""
    written = number.removeprefix(OWN_NUMBER)
    before, found, after = text.partition(written)
    is_first = found and _AT_THE_FRONT.fullmatch(re.sub(r"[РрRrPp]\s?[-\u2010-\u2014]\s?$", "", before))
    rest = re.sub(r"^[\s:.,;\u2013\u2014-]+", "", after)
    return rest if is_first and rest else text
