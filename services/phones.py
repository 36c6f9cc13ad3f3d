"""Normalizes phone numbers, so that they can be compared and called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher

from messages.i18n.untrusted_text import clean
from orders.parsing.phone_extensions import EXTENSION, extended

_PLAIN = re.compile(r"\+?[0-9(][0-9()\s\u2010-\u2013.\-]*")
"""The usual ways to write a phone: ASCII digits, a leading plus, brackets, spaces, dashes, dots."""
_MOST_DIGITS = 15
"""The longest number of E.164, which also leaves room for a national prefix, such as the Russian 8."""
_ABROAD = re.compile(r"^\s*00(?=[\s()-]*[1-9])")
"""The prefix for international calls in most countries."""


def normal_phone(text: str, region: str | None) -> str | None:
    """A number in E.164, or None where the text cannot be a number.

    `region` is the country ("RU") of numbers without a country code. A number that is not valid in that
    country is read as international without its plus ("447472003498"); a number that begins with 00 always
    is. E.164 has no extensions, so a number with an extension is None: without it the call would reach
    somebody else.
    """
    number = _parsed(_ABROAD.sub("+", text), region)
    if number is None or not phonenumbers.is_valid_number(number):
        abroad = _parsed("+" + re.sub(r"[^0-9]", "", text), None)
        number = abroad if abroad and phonenumbers.is_valid_number(abroad) else number
    if number is None or number.extension or not phonenumbers.is_possible_number(number):
        return None
    return _e164(number)


def rights_phone(text: str, region: str | None) -> str | None:
    """`normal_phone` for a number that decides who may do what (R17); unusual notations return None.

    The parser also reads digits of other scripts, takes the first of several numbers and turns letters into
    digits. People do not write their own phone like that, so the number is not guessed.
    """
    text = text.strip()
    if not _PLAIN.fullmatch(text) or sum(sign.isdigit() for sign in text) > _MOST_DIGITS:
        return None
    return normal_phone(text, region)


def sent_phone(text: str, region: str | None) -> str | None:
    """E.164 of a number written by another program, which may omit the plus of a foreign number.

    None where the number is ambiguous: then the caller keeps the text as it is.
    """
    if "+" in text or _ABROAD.match(text):
        return normal_phone(text, region)
    readings = (normal_phone(text, region), normal_phone("+" + text.strip(), None))
    return next((one for one in readings if one is not None and _exists(one)), None)


def _exists(phone: str) -> bool:
    """Whether such numbers are assigned in their country, not only whether the length is right."""
    return phonenumbers.is_valid_number(phonenumbers.parse(phone, None))


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def card_phone(text: str) -> str | None:
    """The number of a Telegram contact card, which is international with or without its plus."""
    return rights_phone(f"+{text.strip().removeprefix('+')}", None)


def split_contact(words: str, region: str | None) -> tuple[str, str]:
    """Split a line into name and phone, in any order; the phone in E.164, empty where there is none."""
    match = next(iter(PhoneNumberMatcher(words, region)), None)
    phone = rights_phone(match.raw_string, region) if match is not None else None
    if match is None or phone is None:
        return _readable(words.strip()), ""
    rest = words[: match.start] + " " + words[match.end :]
    return _readable(" ".join(rest.split()).strip(" ,;:-")) or phone, phone


_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def split_courier(words: str, region: str | None) -> tuple[str, str, str]:
    """Split a line into a third-party courier's name, phone and tracking link, in any order (R43)."""
    match = _LINK.search(words)
    link = match[0].rstrip(".,;)") if match else ""
    rest = " ".join(words.replace(match[0], " ").split()).strip(" ,;:-") if match else words
    name, phone = split_contact(rest, region)
    return name, phone, link


def _readable(name: str) -> str:
    """The name; empty where it has no visible characters."""
    return name if clean(name, 2 * len(name)) else ""


_WITHOUT_PLUS = re.compile(r"(?<!\w)(?:00\s?)?\(?[1-9](?:[\s().-]{0,2}[0-9]){9,14}(?![\w])")


_MOMENT = re.compile(r"[0-3]?[0-9][./-][01]?[0-9][./-](?:20)?[0-9]{2}\s")
"""«29.11.2026 21:15» is a date with a time, not a phone."""


def phone_finder(region: str | None) -> Callable[[str], list[tuple[str, int, int]]]:
    """Returns a function that finds every number of a text, in E.164, with its start and end.

    An extension is appended to its number, with the word for it, so that the caller reads both. A number
    without its plus, or with 00 for it, counts as international where it does not fit the country's own
    notation.
    """

    def find(text: str) -> list[tuple[str, int, int]]:
        matches = PhoneNumberMatcher(text, region)
        found = [_with_extension(match.number, match.start, match.end, text) for match in matches]
        taken = [(start, end) for _phone, start, end in found]
        return sorted([*found, *_international(text, taken)], key=lambda one: one[1])

    return find


def _with_extension(number: PhoneNumber, start: int, end: int, text: str) -> tuple[str, int, int]:
    extension, phone = number.extension, _e164(number)
    behind = None if extension else EXTENSION.match(text, end)
    if behind is not None:
        extension, end = behind[1], behind.end()
    return (extended(phone, extension) if extension else phone), start, end


def _international(text: str, taken: list[tuple[int, int]]) -> Iterator[tuple[str, int, int]]:
    for match in _WITHOUT_PLUS.finditer(text):
        is_taken = any(start < match.end() and match.start() < end for start, end in taken)
        if is_taken or _MOMENT.match(text, match.start()):
            continue
        digits = re.sub(r"[^0-9]", "", match[0]).removeprefix("00")
        number = _parsed(f"+{digits}", None)
        if number is not None and _is_likely(number, text, match.start()):
            yield _with_extension(number, match.start(), match.end(), text)


def _is_likely(number: PhoneNumber, text: str, start: int) -> bool:
    """Digits after a plus count as a phone even if unassigned: a note must not show them."""
    if text[max(0, start - 1) : start] == "+":
        return phonenumbers.is_possible_number(number)
    return phonenumbers.is_valid_number(number)


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
