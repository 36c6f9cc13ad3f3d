"""Sums of money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MINOR_UNITS = 100


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in integer minor units (kopecks) of one currency."""

    minor: int
    currency: str = "RUB"

    @classmethod
    def parse(cls, text: str, currency: str = "RUB") -> Money:
        """Reads a decimal sum such as "80.00". Raises ValueError when the text is not a sum."""
        try:
            value = Decimal(text)
            return cls(int((value * MINOR_UNITS).to_integral_value(ROUND_HALF_UP)), currency)
        except (ArithmeticError, ValueError) as error:
            raise ValueError(f"not a sum of money: {text!r}") from error

    def percent(self, rate: Decimal) -> Money:
        """`rate` per cent of this sum, rounded half up to a whole minor unit."""
        share = (Decimal(self.minor) * rate / 100).to_integral_value(ROUND_HALF_UP)
        return Money(int(share), self.currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same_currency(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same_currency(other).minor, self.currency)

    def _same_currency(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{other.currency} cannot be reckoned with {self.currency}")
        return other
