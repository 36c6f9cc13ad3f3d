"""The clients' links: issued by the shop, opened once, revoked (X7).

Handlers of a client's chat ask here which orders that chat follows (`followed`). The client's steps on them
go through the desk, as all steps do.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.client.contacts import free_from
from orders.client.links import ClientLink, TalkKind, may_contact, works
from orders.model.order import Mark, Order
from orders.model.people import CHIEFS, Actor
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from services.client.positions import Positions
from services.order import client_recipients
from services.order.beside_orders import end_map
from storage.client import conversation, links
from storage.db.database import Database
from storage.order import orders as order_rows
from storage.sending import outbox
from storage.shop import shops
from storage.team import staff

TOKEN_PREFIX = "c"  # noqa: S105 - the kind of link, not a secret
_NONCE_BYTES = 16
_TOKEN_BYTES = 24
"""192 bits, which cannot be guessed."""

log = structlog.get_logger(__name__)


class HeldBack(Exception):  # noqa: N818 - an answer to the person, not an error of the program
    """The client was contacted often enough (R64); `until` is when the next contact is allowed."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"until {until:%H:%M}")
        self.until = until


class Opening(StrEnum):
    """The result of opening a link; the text is `client-opening-<value>`."""

    OPENED = "opened"
    TAKEN = "taken"
    OVER = "over"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Followed:
    """An order that a chat follows, the link for it, and the rules of its shop."""

    order: Order
    link: ClientLink
    shop_name: str
    rules: ShopRules


class Clients:
    """Issues links and knows who opened them. Tokens are derived from `secret` and a nonce."""

    def __init__(self, database: Database, clock: Callable[[], datetime], secret: str) -> None:
        self._database = database
        self._clock = clock
        self._secret = secret.encode()
        self.positions = Positions(database, clock)

    async def link(self, order_id: int, actor: Actor, *, anew: bool = False) -> str:
        """The secret part of the order's link, for `?start=`; `anew` revokes the existing link first.

        Raises Refusal for those who may not speak with the client, and for an order whose links have expired;
        HeldBack when a new link would be one contact too many.
        """
        now = self._clock()
        mark = _mark(actor, now)
        async with self._database.write() as c:
            order, rules = await _contactable(c, order_id, actor, for_update=True)
            link = await links.of_order(c, order_id)
            if link is not None and not anew and await self._is_ours(c, link):
                return self._token(link.nonce)
            nonce = secrets.token_hex(_NONCE_BYTES)
            if not works(ClientLink(0, order_id, nonce, mark), order, now, rules):
                raise Refusal(Reason.LINK_OVER, order.status)
            await _check_contact(c, order, now, rules)
            await links.revoke(c, order_id, mark)
            await end_map(c, order_id, now)
            await links.add(c, order_id, nonce, self._token(nonce), mark)
            await conversation.add(c, order_id, mark, TalkKind.LINK)
        log.info("client_link_made", order_id=order_id)
        return self._token(nonce)

    async def revoke(self, order_id: int, actor: Actor) -> bool:
        """Revoke the link: the chat that opened it sees nothing more. False when there is none."""
        async with self._database.write() as c:
            await _contactable(c, order_id, actor)
            changed = await links.revoke(c, order_id, _mark(actor, self._clock()))
            await end_map(c, order_id, self._clock())
        log.info("client_link_revoked", order_id=order_id, changed=changed)
        return changed

    async def open(self, token: str, chat_id: int, language: str) -> Opening:
        """Open a link. The first to open it is the client; the shop is notified of a second person, once."""
        now = self._clock()
        async with self._database.write() as c:
            order, link = await _held(c, token)
            shop = await shops.get(c, order.shop_id) if order else None
            if link is None or order is None or shop is None or not works(link, order, now, shop.rules):
                return Opening.OVER
            members = await staff.by_telegram(c, chat_id)
            if any(member.shop_id == order.shop_id for member in members):
                return Opening.STAFF
            if link.chat_id not in {None, chat_id}:
                await _tell_of_second(c, link, order, now)
                opening = Opening.TAKEN
            else:
                await links.bind(c, link.id, chat_id, language, now)
                await links.note_photo(c, link.id, "")
                await outbox.put(c, client_recipients.of_opening(order, chat_id, now))
                opening = Opening.OPENED
        log.info("client_link_opened", order_id=order.id, how=opening.value)
        return opening

    async def followed(self, chat_id: int) -> list[Followed]:
        """The orders that this chat follows by links that work, the oldest link first."""
        found = []
        async with self._database.snapshot() as c:
            for link in await links.of_chat(c, chat_id):
                order = await order_rows.get(c, link.order_id)
                shop = await shops.get(c, order.shop_id) if order else None
                if order is not None and shop is not None and works(link, order, self._clock(), shop.rules):
                    found.append(Followed(order, link, shop.name, shop.rules))
        return found

    async def show_again(self, chat_id: int) -> bool:
        """Send the cards of all orders that this chat follows once more; False: it follows none."""
        followed = await self.followed(chat_id)
        async with self._database.write() as c:
            for one in followed:
                await links.note_photo(c, one.link.id, "")
                await outbox.put(c, client_recipients.of_opening(one.order, chat_id, self._clock()))
        return bool(followed)

    async def link_of(self, order_id: int, actor: Actor) -> ClientLink | None:
        """The order's link if it works; raises Refusal for those who may not speak with the client."""
        async with self._database.snapshot() as c:
            order, rules = await _contactable(c, order_id, actor)
            link = await links.of_order(c, order_id)
        return link if link is not None and works(link, order, self._clock(), rules) else None

    async def _is_ours(self, c: AsyncConnection, link: ClientLink) -> bool:
        """Whether the current secret made the link; after a change of the bot's token it cannot be shown."""
        made = await links.by_token(c, self._token(link.nonce))
        return made is not None and made.id == link.id

    def _token(self, nonce: str) -> str:
        digest = hmac.digest(self._secret, f"client link {nonce}".encode(), hashlib.sha256)
        return TOKEN_PREFIX + base64.urlsafe_b64encode(digest[:_TOKEN_BYTES]).decode()


def _mark(actor: Actor, at: datetime) -> Mark:
    return Mark(at, actor.role, actor.staff_id, actor.name)


async def _held(c: AsyncConnection, token: str) -> tuple[Order | None, ClientLink | None]:
    """The order of a link, locked, and the link read again after the lock was taken."""
    link = await links.by_token(c, token)
    order = await order_rows.get(c, link.order_id, for_update=True) if link else None
    return order, await links.by_token(c, token) if order else None


async def _contactable(
    c: AsyncConnection, order_id: int, actor: Actor, *, for_update: bool = False
) -> tuple[Order, ShopRules]:
    order = await order_rows.get(c, order_id, for_update=for_update)
    shop = await shops.get(c, order.shop_id) if order else None
    if order is None or shop is None or not may_contact(order, actor):
        raise Refusal(Reason.NOT_FOUND)
    return order, shop.rules


async def _check_contact(c: AsyncConnection, order: Order, now: datetime, rules: ShopRules) -> None:
    until = free_from(order, await conversation.of_order(c, order.id), now, rules)
    if until is not None:
        raise HeldBack(until)


async def _tell_of_second(c: AsyncConnection, link: ClientLink, order: Order, now: datetime) -> None:
    if not await links.note_second(c, link.id, now):
        return
    chiefs = await staff.of_shop(c, order.shop_id, CHIEFS)
    chats = [chief.telegram_id for chief in chiefs if chief.telegram_id is not None]
    await outbox.put(c, [client_recipients.of_second(order, chat, now) for chat in chats])
