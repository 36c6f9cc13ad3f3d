"""The limit on how often the shop may contact a client who has not answered (R64)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from orders.client.links import Said, TalkKind
from orders.model.order import Order
from orders.model.people import Role
from orders.model.rules import ShopRules

MUST_KNOW = frozenset({"late", "cancelled", "declined"})
"""Ready texts that are exempt from the limit: without them the client would wait in vain."""


def contacts(order: Order, talk: Sequence[Said]) -> list[datetime]:
    """When the shop contacted the client since the client's last reply, oldest first.

    A proposal counts as a contact and its answer as a reply, even if a member of staff noted it (R66).
    """
    found: list[datetime] = []
    for at, is_clients in sorted((*_in_talk(talk), *_in_proposals(order))):
        if is_clients:
            found.clear()
        else:
            found.append(at)
    return found


def _in_talk(talk: Sequence[Said]) -> Iterator[tuple[datetime, bool]]:
    for said in talk:
        must_know = said.kind is TalkKind.READY_TEXT and said.words in MUST_KNOW
        if not must_know:
            yield said.mark.at, said.mark.role is Role.CLIENT


def _in_proposals(order: Order) -> Iterator[tuple[datetime, bool]]:
    for one in order.agreements:
        if one.asked != one.answered:  # equal: the agreement was only noted at the hand-over (R56)
            yield one.asked.at, False
        if one.answered is not None:
            yield one.answered.at, True


def free_from(order: Order, talk: Sequence[Said], now: datetime, rules: ShopRules) -> datetime | None:
    """The earliest time at which the client may be contacted again; None: now."""
    pause = timedelta(minutes=rules.contacts_minutes)
    recent = [at for at in contacts(order, talk) if at > now - pause]
    if len(recent) < rules.contacts_most:
        return None
    return recent[-rules.contacts_most] + pause
