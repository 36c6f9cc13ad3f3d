"""Sums as people write them: «4 900 ₽», «4900.50 руб», «12 000 тг»."""

from __future__ import annotations

import re

from orders.money import Money

_CURRENCIES = {
    "RUB": r"₽|руб\w*\.?|р\b\.?|rub\b|rur\b",
    "KZT": r"₸|тенге|тг\b\.?|kzt\b",
}
_SPACE = "[ \u00a0\u2009\u202f.,]"
_WHOLE = rf"[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+(?![0-9])|[0-9]{{1,9}}"
_AMOUNT = rf"(?<![0-9.,])({_WHOLE})(?:[.,]([0-9]{{1,2}}))?(?![0-9])"
_WITH_CURRENCY = re.compile(
    rf"{_AMOUNT}\s*(?:{'|'.join(f'(?P<{code}>{signs})' for code, signs in _CURRENCIES.items())})",
    re.IGNORECASE,
)
_BARE = re.compile(rf"[^0-9]*{_AMOUNT}[^0-9]*")
_MOST_DIGITS = 10


def find_sums(text: str) -> list[tuple[Money, int, int]]:
    """Every sum that has its currency beside it, and where it stands."""
    found = (
        (_money(match, _code(match)), match.start(), match.end()) for match in _WITH_CURRENCY.finditer(text)
    )
    return [(money, start, end) for money, start, end in found if money is not None]


def read_sum(text: str) -> Money | None:
    """What an answer to "how much?" names: the last sum with a currency, else the only number, in roubles."""
    sums = find_sums(text)
    if sums:
        return sums[-1][0]
    match = _BARE.fullmatch(text)
    return _money(match, "RUB") if match else None


def _code(match: re.Match[str]) -> str:
    return next(code for code in _CURRENCIES if match[code])


def _money(match: re.Match[str], currency: str) -> Money | None:
    whole = re.sub(r"[^0-9]", "", match[1])
    if len(whole) > _MOST_DIGITS:
        return None
    return Money.parse(f"{whole}.{match[2] or 0}", currency)
