"""What «Принять все» answers."""

from __future__ import annotations

from collections.abc import Sequence

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import TOAST_LIMIT, clean, fit
from messages.ui import limits


def accepted_all(done: int, refused: Sequence[tuple[str, str]], t: Translator) -> str:
    """Plain text for a toast: how many were accepted, and of each other one its number and why not."""
    if not done and not refused:
        return t.plain("bell-nothing-waits")
    first = t.plain("bell-accepted", count=done) if done else t.plain("bell-accepted-none")
    rest = [t.plain("bell-not-accepted", number=clean(one, limits.NUMBER), why=why) for one, why in refused]
    return fit("\n".join([first, *rest]), TOAST_LIMIT)
