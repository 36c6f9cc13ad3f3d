"""Phone numbers in one form, so that they can be compared and called."""

from __future__ import annotations

from collections.abc import Callable

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher

from messages.outside import clean_name


def normal_phone(text: str, region: str | None) -> str | None:
    """E.164 of a number written in any usual way, or None where it cannot be one.

    `region` is the country ("RU") of numbers without a country code. An extension has no place in E.164,
    so a number that has one is None: dropping it would call somebody else.
    """
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_possible_number(number):
        return None
    return _e164(number)


def card_phone(text: str) -> str | None:
    """The number of a Telegram contact card, which is international with or without its plus."""
    return normal_phone("+" + text.lstrip("+"), None)


def split_contact(words: str, region: str | None) -> tuple[str, str]:
    """A name and a phone out of one line, in any order; the phone in E.164, empty where there is none."""
    match = next(iter(PhoneNumberMatcher(words, region)), None)
    if match is None:
        return _readable(words.strip()), ""
    rest = words[: match.start] + " " + words[match.end :]
    phone = _e164(match.number)
    return _readable(" ".join(rest.split()).strip(" ,;:-")) or phone, phone


def _readable(name: str) -> str:
    """Empty where the name shows nothing."""
    return name if clean_name(name, 2 * len(name)) else ""


def phone_finder(region: str | None) -> Callable[[str], list[tuple[str, int, int]]]:
    """Finds every number of a text, in E.164, and where it stands."""

    def find(text: str) -> list[tuple[str, int, int]]:
        matches = PhoneNumberMatcher(text, region)
        return [(_e164(match.number), match.start, match.end) for match in matches]

    return find


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
