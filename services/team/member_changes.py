"""The effects for others when a person's place in a shop changes or ends: cards, drafts, news (R14, R17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.order import Mark, Order
from orders.model.people import CHIEFS, Actor, Role
from storage.db import serial
from storage.intake import drafts
from storage.order import cards
from storage.order.cards import Slot
from storage.sending import outbox, shop_notifications
from storage.sending.outbox import Channel, Kind, Outgoing, Priority
from storage.sending.shop_notifications import NewsKind, to_all
from storage.shop import shop_log
from storage.shop.shop_log import NoteKind
from storage.team import staff
from storage.team.staff import Member


@dataclass(frozen=True, slots=True)
class InHand:
    """A member's open work: orders that go back to the managers, and orders on the way with the member."""

    returned: tuple[Order, ...] = ()
    on_the_way: tuple[Order, ...] = ()


async def redraw_cards(c: AsyncConnection, member: Member, now: datetime) -> None:
    """Redraw the messages in the person's chat: they may read more now, or nothing any more."""
    if member.telegram_id is None:
        return
    shown = await cards.shown_in(c, member.telegram_id, member.shop_id)
    kinds = {
        Slot.CARD: (Kind.CARD, Priority.CARD),
        Slot.ALARM: (Kind.ALARM, Priority.ALARM),
        Slot.WAITING: (Kind.WAITING, Priority.ALARM),
    }
    await outbox.put(c, [
        Outgoing(Channel.TELEGRAM, kind, order_id, priority, now, target=member.telegram_id)
        for order_id, slot in shown if slot in kinds
        for kind, priority in [kinds[slot]]
    ])  # fmt: skip


async def hand_over_drafts(c: AsyncConnection, member: Member, actor: Actor) -> None:
    """Give the person's drafts to the colleague who removed them, or to the first of the chiefs."""
    heirs = [one.staff_id for one in await staff.of_shop(c, member.shop_id, CHIEFS)]
    heir = actor.staff_id if actor.staff_id != member.staff_id else next(iter(heirs), None)
    if heir is not None:
        await drafts.hand_over(c, member.shop_id, member.staff_id, heir)


async def tell_departure(c: AsyncConnection, member: Member, held: InHand, mark: Mark) -> None:
    """Notify the chiefs, with sound when orders wait for another; tell the member who did it."""
    document = {
        "staff_id": member.staff_id,
        "name": member.colleague.shown_name,
        "role": member.role.value,
        "language": member.language,
        "by": serial.mark_document(mark),
        "returned": [order.id for order in held.returned],
        "on_the_way": [order.id for order in held.on_the_way],
    }
    note = await shop_log.add(c, member.shop_id, NoteKind.DEPARTURE, mark.at, document)
    sound = bool(held.returned or held.on_the_way) or member.role is Role.DIRECTOR
    await tell_chiefs(c, member, NewsKind.LEFT, note, mark.at, but=mark.staff_id, sound=sound)
    if member.staff_id != mark.staff_id:
        await shop_notifications.put(c, to_all([member], NewsKind.REMOVED, note, mark.at, sound=True))


async def tell_role(c: AsyncConnection, member: Member, role: Role, mark: Mark) -> None:
    """Notify the chiefs and the person that they became a director, or are not one any more."""
    document = {
        "name": member.colleague.shown_name,
        "before": member.role.value,
        "after": role.value,
        "by": serial.mark_document(mark),
    }
    note = await shop_log.add(c, member.shop_id, NoteKind.ROLE, mark.at, document)
    await tell_chiefs(c, member, NewsKind.ROLE_CHANGED, note, mark.at, but=mark.staff_id, sound=True)
    await shop_notifications.put(c, to_all([member], NewsKind.ROLE_CHANGED, note, mark.at, sound=True))


async def tell_chiefs(
    c: AsyncConnection,
    member: Member,
    kind: NewsKind,
    subject: int,
    now: datetime,
    *,
    but: int | None,
    sound: bool,
) -> None:
    """Notify the shop's connected chiefs, except the member and the colleague `but`."""
    chiefs = await staff.of_shop(c, member.shop_id, CHIEFS)
    others = [one for one in chiefs if one.staff_id not in {but, member.staff_id}]
    await shop_notifications.put(c, to_all(others, kind, subject, now, sound=sound))
