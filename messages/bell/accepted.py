"""The answer to «Принять все»."""

from __future__ import annotations

from collections.abc import Sequence

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import TOAST_LIMIT, clean, fit
from messages.ui import limits
from messages.ui.people import who
from orders.model.order import Mark


def accepted_all(done: int, refused: Sequence[tuple[str, str]], t: Translator) -> str:
    """Plain text for a toast: how many were accepted; of each refused order, its number and the reason."""
    if not done and not refused:
        return t.plain("bell-nothing-waits")
    first = t.plain("bell-accepted", count=done) if done else t.plain("bell-accepted-none")
    rest = [t.plain("bell-not-accepted", number=clean(one, limits.NUMBER), why=why) for one, why in refused]
    return fit("\n".join([first, *rest]), TOAST_LIMIT)


def all_taken(taken: Sequence[Mark], t: Translator) -> str:
    """Plain text for a toast when others had accepted every order: their names."""
    names = dict.fromkeys(who(mark, t).unescape() for mark in taken)
    return fit(t.plain("bell-all-taken", count=len(taken), names=", ".join(names)), TOAST_LIMIT)
