"""Sums of money in words."""

from __future__ import annotations

from markupsafe import Markup, escape

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from orders.model.money import MINOR_UNITS, Money

_NARROW_SPACE = "\u202f"


def money(amount: Money, t: Translator) -> Markup:
    """«4 900 ₽»: kopecks only if there are any, other currencies by their code."""
    whole, minor = divmod(abs(amount.minor), MINOR_UNITS)
    digits = f"{whole:,}".replace(",", _NARROW_SPACE)
    if minor:
        digits += t("sum-decimal-sign") + f"{minor:02}"
    digits = escape(("\u2212" if amount.minor < 0 else "") + digits)
    if amount.currency == "RUB":
        return t("sum-roubles", amount=digits)
    return t("sum-other", amount=digits, currency=clean(amount.currency, 8))
