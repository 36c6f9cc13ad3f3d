"""The client's access to an order: a link that the shop sends (X7), and the conversation through it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from orders.access.order_access import parties
from orders.model.order import Mark, Order
from orders.model.people import Actor, Party
from orders.model.rules import ShopRules


@dataclass(frozen=True, slots=True)
class ClientLink:
    """A link to one order. `chat_id`: the chat that opened it first; no other chat can use it.

    `nonce`: the secret part of the link is derived from it; the link itself is not stored.
    """

    id: int
    order_id: int
    nonce: str
    made: Mark
    chat_id: int | None = None
    language: str = ""
    opened_at: datetime | None = None
    second_at: datetime | None = None
    """When a second person opened the same link; the shop was notified then."""
    revoked: Mark | None = None


def ends_at(order: Order, rules: ShopRules) -> datetime | None:
    """When the links of this order expire: some hours after its end; None while it is open."""
    if not order.is_final:
        return None
    return (order.progress.since or order.received_at) + timedelta(hours=rules.client_link_hours)


def works(link: ClientLink, order: Order, now: datetime, rules: ShopRules) -> bool:
    """Whether the link gives access to the order at `now`."""
    end = ends_at(order, rules)
    return link.revoked is None and (end is None or now < end)


def may_contact(order: Order, actor: Actor) -> bool:
    """Whether a member of staff may message the client: chiefs always, the seller while the order is open."""
    mine = parties(order, actor)
    if mine & {Party.DIRECTOR, Party.MANAGER}:
        return True
    return Party.ASSIGNED_SELLER in mine and not order.is_final


class TalkKind(StrEnum):
    """What was said in the bot, or marked as passed to the client elsewhere."""

    TEXT = "text"
    PHOTO = "photo"
    VOICE = "voice"
    LINK = "link"
    READY_TEXT = "ready_text"


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the client or the shop. `file_id`: Telegram's id of a photo or voice message.

    For a link or a ready text that somebody copied for the client, `words` says which one.
    """

    id: int
    mark: Mark
    kind: TalkKind
    words: str = ""
    file_id: str = ""
