"""Finds sums in text: «4 900 ₽», «4900.50 руб», «12 000 тг»."""

from __future__ import annotations

import re

from orders.model.money import Money

_CURRENCIES = {
    "RUB": r"₽|руб\w*\.?|р\b\.?|rub\b|rur\b",
    "KZT": r"₸|тенге|тг\b\.?|kzt\b",
    "BYN": r"byn\b|бел\.?\s?руб\w*",
    "GEL": r"₾|gel\b|лари\b",
    "AED": r"aed\b|дирхам\w*",
    "USD": r"\$|usd\b|доллар\w*",
    "EUR": r"€|eur\b|евро\b",
}
_THOUSANDS = re.compile(
    r"(?<![0-9.,])([0-9]{1,3})(?:[.,]([0-9]))?\s?(?:тыс\w*\.?|т\.\s?р\.?)(?:\s?(?:р\b\.?|руб\w*\.?|₽))?",
    re.IGNORECASE,
)
_SPACE = "[ \u00a0\u2009\u202f.,]"
_WHOLE = rf"[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+(?![0-9])|[0-9]{{1,9}}"
_AMOUNT = rf"(?<![0-9.,])({_WHOLE})(?:[.,]([0-9]{{1,2}}))?(?![0-9])"
_WITH_CURRENCY = re.compile(
    rf"{_AMOUNT}\s*(?:{'|'.join(f'(?P<{code}>{signs})' for code, signs in _CURRENCIES.items())})",
    re.IGNORECASE,
)
_SIGN_BEFORE = re.compile(rf"(?P<sign>[$€₾₽])\s?{_AMOUNT}")
_SIGNS = {"$": "USD", "€": "EUR", "₾": "GEL", "₽": "RUB"}
_BARE = re.compile(rf"[^0-9]*{_AMOUNT}[^0-9]*")
_MOST_DIGITS = 10
_IN_K = re.compile(
    r"(?<![\w.,])(?:(?<=на )|(?<=за )|(?<=до )|(?<=около )|(?<=бюджет )|(?<=сумма )|(?<=цена )|(?<== )|(?<=, )|(?<=\())"
    r"([0-9]{1,3})(?:[.,]([0-9]))?\s?[кk](?![\w.]|\s?[0-9])",
    re.IGNORECASE,
)
"""Matches «на 3к», «бюджет 4,5к»; «8к3» is a house."""
_TOLD = re.compile(
    r"(?:(?:сумм\w*|итого|всего|бюджет\w*|стоимость|цена|за|до|оплат\w+|перевод\w*|total|budget)\s*:?\s*|[=,\x00]\s*|шт\.?\s+"
    r"|(?<=[а-яё])\s+|^\s*)(?<![0-9])([1-9][0-9]{2,4}|[1-9][0-9]? [0-9]{3})(?=\s*(?:$|[,.;\n\x00]|нал\b|[а-яё]{2,}))"
    r"(?!\s*(?:г\b|год|шт|роз|тюльп|пион|руб|₽))",
    re.IGNORECASE,
)

Found = tuple[Money, int, int]
"""A sum, and its start and end in the text."""


def find_sums(text: str) -> list[Found]:
    """All sums with a currency, and their positions."""
    found = [
        (_money(match, _code(match)), match.start(), match.end()) for match in _WITH_CURRENCY.finditer(text)
    ]
    found += [_thousands(match) for match in _THOUSANDS.finditer(text)]
    for match in _SIGN_BEFORE.finditer(text):
        if not any(start < match.end() and match.start() < end for _money_, start, end in found):
            amount = _amount(match[2], match[3], _SIGNS[match["sign"]])
            found.append((amount, match.start(), match.end()))
    sums = [(money, start, end) for money, start, end in found if money is not None]
    return sorted(sums, key=lambda one: one[1])


def bare_sums(text: str) -> list[Found]:
    """Sums without a currency that their context shows: «бюджет 5000», «розы 15 шт, 3500», «= 3000»."""
    found = [
        (money, start, end)
        for money, start, end in map(_thousands, _IN_K.finditer(text))
        if money is not None
    ]
    for match in _TOLD.finditer(text):
        money = _amount(match[1], None, "RUB")
        if money is not None:
            found.append((money, match.start(1), match.end(1)))
    return found


def read_sum(text: str) -> Money | None:
    """The answer to "how much?": the last sum with a currency, else the only number, in roubles."""
    sums = find_sums(text)
    if sums:
        return sums[-1][0]
    match = _BARE.fullmatch(text)
    return _money(match, "RUB") if match else None


def _code(match: re.Match[str]) -> str:
    return next(code for code in _CURRENCIES if match[code])


def _money(match: re.Match[str], currency: str) -> Money | None:
    return _amount(match[1], match[2], currency)


def _amount(written: str, minor: str | None, currency: str) -> Money | None:
    whole = re.sub(r"[^0-9]", "", written)
    return Money.parse(f"{whole}.{minor or 0}", currency) if len(whole) <= _MOST_DIGITS else None


def _thousands(match: re.Match[str]) -> tuple[Money | None, int, int]:
    """Reads «3 тыс», «2,5 тыс. руб»."""
    hundreds = int(match[2] or 0) * 100
    return Money.parse(str(int(match[1]) * 1000 + hundreds)), match.start(), match.end()
