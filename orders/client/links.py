"""The client's own way to an order: a link that the shop gives (X7), and what is said by way of it."""

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
    """A link to one order. `chat_id` is the chat of whoever opened it first: nobody else gets in by it.

    `nonce` is what the secret part of the link is made from; the link itself is kept nowhere.
    """

    id: int
    order_id: int
    nonce: str
    made: Mark
    chat_id: int | None = None
    language: str = ""
    opened_at: datetime | None = None
    second_at: datetime | None = None
    """When another person came with the same link; the shop was told then."""
    revoked: Mark | None = None


def ends_at(order: Order, rules: ShopRules) -> datetime | None:
    """When the links of this order end: some hours after the order does; None while it lives."""
    if not order.is_final:
        return None
    return (order.progress.since or order.received_at) + timedelta(hours=rules.client_link_hours)


def works(link: ClientLink, order: Order, now: datetime, rules: ShopRules) -> bool:
    """Whether the link leads to the order at `now`."""
    end = ends_at(order, rules)
    return link.revoked is None and (end is None or now < end)


def may_contact(order: Order, actor: Actor) -> bool:
    """Who of the staff may speak with the client: chiefs, and the seller while it is worked on."""
    mine = parties(order, actor)
    if mine & {Party.DIRECTOR, Party.MANAGER}:
        return True
    return Party.ASSIGNED_SELLER in mine and not order.is_final


class TalkKind(StrEnum):
    """What was said, or taken to be said to the client elsewhere."""

    TEXT = "text"
    PHOTO = "photo"
    VOICE = "voice"
    LINK = "link"
    READY_TEXT = "ready_text"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that client or shop said. `file_id` is Telegram's, of a photo or a voice message.

    Of a link or a ready text that was taken for the client, `words` name which.
    """

    id: int
    mark: Mark
    kind: TalkKind
    words: str = ""
    file_id: str = ""
