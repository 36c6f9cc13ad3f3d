"""How often a client is spoken to before an answer (R64)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from orders.client import Said, TalkKind
from orders.people import Role
from orders.rules import ShopRules

MUST_KNOW = frozenset({"late", "cancelled", "declined"})
"""The ready texts that are never held back: without them the client waits in vain."""


def contacts(talk: Sequence[Said]) -> list[datetime]:
    """When the shop turned to the client since the client's own last word, oldest first."""
    found: list[datetime] = []
    for said in talk:
        if said.mark.role is Role.CLIENT:
            found.clear()
        elif not (said.kind is TalkKind.READY_TEXT and said.words in MUST_KNOW):
            found.append(said.mark.at)
    return found


def free_from(talk: Sequence[Said], now: datetime, rules: ShopRules) -> datetime | None:
    """From when the client may be turned to again; None: now."""
    pause = timedelta(minutes=rules.contacts_minutes)
    recent = [at for at in contacts(talk) if at > now - pause]
    if len(recent) < rules.contacts_most:
        return None
    return recent[-rules.contacts_most] + pause
