"""Names and phones as people send them."""

from __future__ import annotations

import phonenumbers

REGION = "RU"
"""The country of a number written without its code."""


def e164(phone: str) -> str | None:
    """The number of a contact card in E.164; Telegram leaves out the plus. None where it is no number."""
    try:
        number = phonenumbers.parse("+" + phone.lstrip("+"), None)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def split_contact(words: str) -> tuple[str, str]:
    """A name and a phone out of one line, in any order; the phone in E.164, empty where there is none."""
    match = next(iter(phonenumbers.PhoneNumberMatcher(words, REGION)), None)
    if match is None:
        return words.strip(), ""
    phone = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
    rest = words[: match.start] + " " + words[match.end :]
    return " ".join(rest.split()).strip(" ,;:-") or phone, phone
