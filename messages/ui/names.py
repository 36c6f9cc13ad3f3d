"""Names from outside for lines and buttons; a name without visible characters is replaced by a word."""

from __future__ import annotations

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.ui import limits


def product_name(name: str, t: Translator, limit: int = limits.PRODUCT) -> str:
    """A product's name, in at most `limit` UTF-16 units."""
    return clean(name, limit) or t.plain("product-unnamed")


def flower_name(name: str, t: Translator) -> str:
    """The name of a flower in a recipe."""
    return clean(name, limits.PRODUCT) or t.plain("flower-unnamed")


def person_name(name: str, t: Translator, limit: int = limits.STAFF) -> str:
    """The name of a member, courier or recipient, in at most `limit` UTF-16 units."""
    return clean(name, limit) or t.plain("name-unknown")
