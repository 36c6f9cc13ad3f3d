"""What every handler receives: the services, and the visit of the person who asks."""

from __future__ import annotations

from collections.abc import Callable
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
from services.bell.ephemeral_messages import EphemeralMessages
from services.bell.passing_messages import PassingMessages
from services.bell.waiting_orders import WaitingOrders
from services.client.clients import Clients
from services.client.conversation import Conversation
from services.delivery.route_choices import RouteChoices
from services.fallback.chat_ways import ChatWays
from services.files.downloads import Downloads
from services.files.file_kinds import OfficeFiles
from services.files.late_files import LateFiles
from services.first_day.first_days import FirstDays
from services.first_day.trials import TrialOrders
from services.goods.feed_addresses import FeedAddresses
from services.goods.goods_desk import GoodsDesk
from services.goods.goods_notifications import GoodsNews
from services.goods.imports import Imports
from services.health.troubles import Troubles
from services.intake.drafts import Drafts
from services.load.days import ShopDays
from services.money.money_reports import MoneyReports
from services.notes.notes import Notes
from services.order.desk import Desk
from services.pack.packs import DayPacks
from services.photo.photos import Photos
from services.report.reports import Reports
from services.sending.live_cards import LiveCards
from services.sending.unreachable_chats import UnreachableChats
from services.shop.erasure import Erasure
from services.shop.shop_closures import ShopClosures
from services.shop.shop_settings import ShopSettings
from services.support.cases import Cases
from services.support.compensations import Compensations
from services.support.guide import Guide
from services.team.accounts import Accounts
from services.team.staff_list import Team
from services.team.visitors import Visitors
from storage.db.database import Database
from storage.shop.shops import Shop
from storage.team.staff import Member


@dataclass(frozen=True, slots=True)
class ShopOffice:
    """Services of the shop itself and its goods. `has_api`: changes of goods are sent to the marketplace."""

    door: ShopClosures
    goods: GoodsDesk
    news: GoodsNews
    has_api: bool
    feeds: FeedAddresses
    packs: DayPacks
    ways: ChatWays
    days: ShopDays
    reports: Reports
    first_days: FirstDays
    trials: TrialOrders


@dataclass(frozen=True, slots=True)
class FileRoom:
    """Services that handle files which people send: download them, retry late ones, read them."""

    downloads: Downloads
    late: LateFiles
    office: OfficeFiles


@dataclass(frozen=True, slots=True)
class Office:
    """All services that handlers use, wired once at the start."""

    database: Database
    desk: Desk
    waiting: WaitingOrders
    live_cards: LiveCards
    photos: Photos
    files: FileRoom
    drafts: Drafts
    lost_chats: UnreachableChats
    money_reports: MoneyReports
    imports: Imports
    troubles: Troubles
    shop: ShopOffice
    clients: Clients
    talks: Conversation
    team: Team
    accounts: Accounts
    visitors: Visitors
    passing: PassingMessages
    erasure: Erasure
    book: ShopSettings
    guide: Guide
    cases: Cases
    claims: Compensations
    notes: Notes
    routes: RouteChoices
    ephemeral: EphemeralMessages
    clock: Callable[[], datetime]


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
