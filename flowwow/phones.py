"""Phone numbers in one form, so that they can be compared and called."""

from __future__ import annotations

import phonenumbers


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
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
