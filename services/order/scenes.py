"""Reads all that an order's card and reminder are drawn from, in one transaction for one chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from messages.order import cards as screens
from messages.ui.screen import Screen
from messages.ui.shop_labels import placed
from orders.access.order_access import can_see
from orders.delivery.courier_search import is_waiting
from orders.delivery.spare_couriers import SpareCourier
from orders.model.order import Order
from orders.model.people import CHIEFS
from orders.money.reconciliation import RealPayout
from orders.schedule.deadlines import DeadlineKind
from orders.schedule.reminders import FOR_ACCEPTANCE, due_for
from storage.delivery import spare_couriers
from storage.money import transactions
from storage.order import orders as order_rows
from storage.order.cards import Slot
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that is needed to draw one order for one chat. `member` is None for the shop's group."""

    order: Order
    shop: Shop
    member: Member | None
    real: RealPayout | None = None
    is_one_of_several: bool = False
    """Whether the reader works in other shops too: the card then names its shop (X6)."""
    carrier_phone: str = ""
    """The phone of the shop's own courier; empty unless the reader is a director or manager."""
    spares: tuple[SpareCourier, ...] = ()
    """Spare couriers, filled while the marketplace looks for a courier."""

    def screen(self, slot: Slot, now: datetime) -> Screen | None:
        """What the message of this slot shows; None where there is nothing for this reader."""
        order, rules = self.order, self.shop.rules
        t = Translator(self.member.language if self.member else self.shop.language)
        screen: Screen | None
        if slot is Slot.ALARM:
            screen = self._alarm(now, t)
        elif self.member is None:
            screen = screens.group_card(order, rules, now, t)
        else:
            screen = screens.card(order, self.member.actor, rules, now, t, self.real, self.carrier_phone)
        return placed(screen, self.shop.name, t) if screen and self.is_one_of_several else screen

    def due(self, now: datetime) -> DeadlineKind | None:
        """The reminder due for this reader; orders to be accepted have a message of their own (X14)."""
        if self.member is None:
            return None
        kind = due_for(self.order, self.member.actor, self.shop.rules, now)
        return None if kind in FOR_ACCEPTANCE else kind

    def _alarm(self, now: datetime, t: Translator) -> Screen | None:
        kind, member = self.due(now), self.member
        if kind is None or member is None:
            return None
        rules, phone, spares = self.shop.rules, self.carrier_phone, self.spares
        return screens.reminder(self.order, kind, member.actor, rules, now, t, phone, spares)


async def read_scene(c: AsyncConnection, order_id: int, chat_id: int) -> Scene | None:
    """The scene; None where the order does not exist, or the chat may not see it."""
    order = await order_rows.get(c, order_id)
    shop = await shops.get(c, order.shop_id) if order else None
    if order is None or shop is None:
        return None
    if chat_id == shop.group_chat_id:
        return Scene(order, shop, None)
    members = await staff.by_telegram(c, chat_id)
    here = (member for member in members if can_see(order, member.actor))
    member = next(here, None)
    if member is None:
        return None
    is_chief = member.role in CHIEFS
    real = await transactions.payout(c, shop.id, order.number) if is_chief else None
    phone = await _carrier_phone(c, order) if is_chief else ""
    spares = await spare_couriers.of_shop(c, shop.id) if is_waiting(order) else []
    return Scene(order, shop, member, real, len(members) > 1, phone, tuple(spares))


async def _carrier_phone(c: AsyncConnection, order: Order) -> str:
    carrier = order.progress.carrier
    if carrier is None or carrier.staff_id is None:
        return ""
    member = await staff.get(c, carrier.staff_id, order.shop_id)
    return member.phone if member else ""
