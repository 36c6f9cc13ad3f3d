"""What every handler receives: the visit of the person who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiogram.types import ReplyKeyboardMarkup

from messages.i18n.texts import Translator
from messages.ui.keyboards import main_keyboard
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from messages.ui.shop_labels import placed
from orders.access.roles import Act, may
from orders.model.order import Order
from orders.model.people import Actor
from orders.model.rules import ShopRules
from services.team.visitors import Visitors
from storage.shop.shops import Shop
from storage.team.staff import Member


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a staff member: their shop, language, rules and the current time."""

    member: Member
    shop: Shop
    t: Translator
    now: datetime
    places: tuple[Shop, ...] = ()
    """All shops of a person who works in several; empty for a person with one shop (X6)."""

    @property
    def actor(self) -> Actor:
        return self.member.actor

    @property
    def only_own(self) -> int | None:
        """The id of a seller or courier, who see only their own orders; None for people who see all (R14)."""
        return None if may(self.actor, Act.SEE_ALL_ORDERS, self.shop.id) else self.member.staff_id

    def placed(self, screen: Screen) -> Screen:
        """Add the shop's name to the screen if the person works in several shops."""
        return placed(screen, self.shop.name, self.t) if self.places else screen

    def look(self, order: Order) -> Look:
        """The order as this person may read it now."""
        return Look(order, self.actor, self.rules, self.now, self.t)

    @property
    def rules(self) -> ShopRules:
        return self.shop.rules


async def keyboard_of(member: Member, visitors: Visitors, t: Translator) -> ReplyKeyboardMarkup:
    """Returns the person's permanent keyboard, with a button for each shop if they work in several."""
    names = {shop.id: shop.name for shop in await visitors.shops_of(member)}
    return main_keyboard(member.role, t, list(names.values()), names.get(member.shop_id, ""))
