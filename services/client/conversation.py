"""What client and shop say to each other: stored with the order, put into the outbox (X7, R62, R64)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.client.contacts import MUST_KNOW, free_from
from orders.client.links import Said, TalkKind, may_contact, works
from orders.model.order import Mark, Order
from orders.model.people import CHIEFS, Actor, Role
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.parsing.side_channels import invites_elsewhere
from services.client.clients import HeldBack
from services.order import client_recipients
from services.order.contact_filter import has_hidden, without_side_channels
from storage.client import conversation, links
from storage.db.database import Database
from storage.order import orders as order_rows
from storage.sending import outbox
from storage.shop import shops
from storage.team import staff
from storage.team.staff import Member

LATELY = 20
"""How many of the last messages are searched for the text of an edited one."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wants to say, and the message that says it: one message is passed on once.

    `file_id` is Telegram's, of a photo or a voice message.
    """

    chat_id: int
    message_id: int
    kind: TalkKind
    text: str = ""
    file_id: str = ""
    corrected: str = ""
    """The new text of an edited message, sent as a correction of `text`. Both stay in the history."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The result. `is_first`: these words begin the side's turn. `hidden`: something was left out."""

    is_first: bool = False
    hidden: bool = False
    elsewhere: bool = False
    """It invites the other side to another channel (R62)."""
    is_known: bool = False
    """It was passed on before, and is not passed on again."""


class Conversation:
    """The only way into the talk. Raises Refusal NOT_FOUND for those who have no part in it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def from_client(self, order_id: int, words: Words, actor: Actor) -> Spoken:
        """Pass on the client's words; `actor` is the client of this order."""
        async with self._database.write() as c:
            order, rules = await self._order(c, order_id)
            if actor.role is not Role.CLIENT or actor.order_id != order_id:
                raise Refusal(Reason.NOT_FOUND)
            if await _is_taken(c, order, words, rules):
                return Spoken(is_known=True)
            talk = await conversation.of_order(c, order_id)
            said, hidden = await self._keep(c, order, words, actor, rules)
            chats = listeners(order, talk, await staff.of_shop(c, order.shop_id))
            now = said.mark.at
            await outbox.put(c, [client_recipients.of_talk(order_id, said.id, chat, now) for chat in chats])
        return Spoken(_is_first(talk, Role.CLIENT), hidden, invites_elsewhere(said.words))

    async def from_shop(self, order_id: int, words: Words, actor: Actor) -> Spoken:
        """Pass on a staff member's words to the client.

        Raises Refusal: NOT_FOUND, or NO_CLIENT where nobody has opened a valid link; HeldBack.
        """
        async with self._database.write() as c:
            order, rules = await self._order(c, order_id)
            chat = await self._chat(c, order, actor, rules)
            if await _is_taken(c, order, words, rules):
                return Spoken(is_known=True)
            self._check_pause(order, await conversation.of_order(c, order_id), rules)
            said, hidden = await self._keep(c, order, words, actor, rules)
            await outbox.put(c, [client_recipients.of_talk(order_id, said.id, chat, said.mark.at)])
        return Spoken(hidden=hidden, elsewhere=invites_elsewhere(said.words))

    async def check(self, order_id: int, actor: Actor) -> None:
        """Check whether `from_shop` would be granted now; raises as it does."""
        async with self._database.snapshot() as c:
            order, rules = await self._order(c, order_id)
            await self._chat(c, order, actor, rules)
            self._check_pause(order, await conversation.of_order(c, order_id), rules)

    async def take_ready_text(self, order_id: int, name: str, actor: Actor) -> None:
        """Record that a ready text was taken for the marketplace's chat: that is a contact too (R64).

        Raises HeldBack, but never for what the client must know.
        """
        async with self._database.write() as c:
            order, rules = await self._order(c, order_id)
            if not may_contact(order, actor):
                raise Refusal(Reason.NOT_FOUND)
            if name not in MUST_KNOW:
                self._check_pause(order, await conversation.of_order(c, order_id), rules)
            await conversation.add(c, order_id, self._mark(actor), TalkKind.READY_TEXT, name)

    async def talk(self, order_id: int, actor: Actor) -> list[Said]:
        """All that was said, for those who may speak with the client; an empty list for others."""
        async with self._database.snapshot() as c:
            order, _rules = await self._order(c, order_id)
            return await conversation.of_order(c, order_id) if may_contact(order, actor) else []

    async def order_of(self, chat_id: int, message_id: int) -> int | None:
        """The order to whose talk a message belongs."""
        async with self._database.snapshot() as c:
            return await conversation.order_of(c, chat_id, message_id)

    async def _order(self, c: AsyncConnection, order_id: int) -> tuple[Order, ShopRules]:
        order = await order_rows.get(c, order_id)
        shop = await shops.get(c, order.shop_id) if order else None
        if order is None or shop is None:
            raise Refusal(Reason.NOT_FOUND)
        return order, shop.rules

    async def _chat(self, c: AsyncConnection, order: Order, actor: Actor, rules: ShopRules) -> int:
        if not may_contact(order, actor):
            raise Refusal(Reason.NOT_FOUND)
        link = await links.of_order(c, order.id)
        if link is None or link.chat_id is None or not works(link, order, self._clock(), rules):
            raise Refusal(Reason.NO_CLIENT, order.status)
        return link.chat_id

    def _check_pause(self, order: Order, talk: Sequence[Said], rules: ShopRules) -> None:
        until = free_from(order, talk, self._clock(), rules)
        if until is not None:
            raise HeldBack(until)

    async def _keep(
        self, c: AsyncConnection, order: Order, words: Words, actor: Actor, rules: ShopRules
    ) -> tuple[Said, bool]:
        whole = words.corrected or words.text
        text = without_side_channels(whole, rules)
        said = await conversation.add(c, order.id, self._mark(actor), words.kind, text, words.file_id)
        await conversation.note_message(c, words.chat_id, words.message_id, order.id)
        log.info("said", order_id=order.id, by=actor.role.value, kind=words.kind.value)
        return said, has_hidden(whole, text)

    def _mark(self, actor: Actor) -> Mark:
        return Mark(self._clock(), actor.role, actor.staff_id, actor.name)


async def _is_taken(c: AsyncConnection, order: Order, words: Words, rules: ShopRules) -> bool:
    """Whether this was passed on before: Telegram repeats updates, and sends edits that change no word."""
    if words.corrected:
        known = {said.words for said in (await conversation.of_order(c, order.id))[-LATELY:]}
        return any(without_side_channels(text, rules) in known for text in (words.text, words.corrected))
    return await conversation.order_of(c, words.chat_id, words.message_id) is not None


def listeners(order: Order, talk: Sequence[Said], members: Iterable[Member]) -> list[int]:
    """The chats that get the client's words: the seller and the last writer, or else all chiefs.

    While a courier finds nobody at the door, the chiefs get them as well: they were told to ask, and tell the
    courier what to do.
    """
    members = [member for member in members if member.telegram_id is not None]
    wrote = [said.mark.staff_id for said in talk if said.mark.role is not Role.CLIENT]
    meant = {wrote[-1] if wrote else None}
    if order.progress.seller is not None:
        meant.add(order.progress.seller.staff_id)
    able = [member for member in members if may_contact(order, member.actor)]
    asks = order.status is Status.COURIER_LEFT and order.progress.nobody_there is not None
    found = [member for member in able if member.staff_id in meant or (asks and member.role in CHIEFS)]
    chosen = found or [member for member in able if member.role in CHIEFS]
    return [member.telegram_id for member in chosen if member.telegram_id is not None]


def _is_first(talk: Sequence[Said], role: Role) -> bool:
    return not talk or talk[-1].mark.role is not role
