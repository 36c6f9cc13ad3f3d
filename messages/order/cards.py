"""Cards of an order: for staff, for the courier, for the group; alarms and reminders."""

from __future__ import annotations

from datetime import datetime

from messages.i18n.texts import Translator
from messages.order.courier_card import courier_card
from messages.order.group_chat import alarm, group_card
from messages.order.reminders import reminder_screen
from messages.order.staff_card import staff_card
from messages.ui.heading import number
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.access.order_access import can_see
from orders.delivery.spare_couriers import SpareCourier
from orders.model.order import Order
from orders.model.people import Actor, Role
from orders.model.rules import ShopRules
from orders.money.reconciliation import RealPayout
from orders.schedule.deadlines import DeadlineKind

__all__ = ["alarm", "card", "group_card", "reminder"]


def card(
    order: Order,
    viewer: Actor,
    rules: ShopRules,
    now: datetime,
    t: Translator,
    real: RealPayout | None = None,
    carrier_phone: str = "",
) -> Screen:
    """The live card for this viewer; a viewer who may no longer see the order reads only that (R14)."""
    if not can_see(order, viewer):
        return Screen(t("card-not-yours", number=number(order)))
    look = Look(order, viewer, rules, now, t, real, carrier_phone)
    return courier_card(look) if viewer.role is Role.COURIER else staff_card(look)


def reminder(
    order: Order,
    kind: DeadlineKind,
    viewer: Actor,
    rules: ShopRules,
    now: datetime,
    t: Translator,
    carrier_phone: str = "",
    spares: tuple[SpareCourier, ...] = (),
) -> Screen:
    """What is due and what to do, for a person who may do it (R2)."""
    look = Look(order, viewer, rules, now, t, carrier_phone=carrier_phone, spares=spares)
    return reminder_screen(look, kind)
