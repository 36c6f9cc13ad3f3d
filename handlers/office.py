"""What every handler works with, and who is asking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from messages.look import Look
from messages.places import placed
from messages.screen import Screen
from messages.texts import Translator
from orders.order import Order
from orders.people import Actor
from orders.roles import Act, may
from orders.rules import ShopRules
from services.accounts import Accounts
from services.clients import Clients
from services.desk import Desk
from services.downloads import Downloads
from services.drafts import Drafts
from services.erasure import Erasure
from services.feed_addresses import FeedAddresses
from services.goods_desk import GoodsDesk
from services.goods_news import GoodsNews
from services.imports import Imports
from services.late_files import LateFiles
from services.live_cards import LiveCards
from services.lost_chats import LostChats
from services.money_reports import MoneyReports
from services.office_files import OfficeFiles
from services.photos import Photos
from services.shop_book import ShopBook
from services.shop_door import ShopDoor
from services.support.cases import Cases
from services.support.guide import Guide
from services.talk_desk import TalkDesk
from services.team import Team
from services.troubles import Troubles
from storage.database import Database
from storage.shops import Shop
from storage.staff import Member


@dataclass(frozen=True, slots=True)
class ShopOffice:
    """The services about the shop itself and its goods; `has_api`: the marketplace can be told of goods."""

    door: ShopDoor
    goods: GoodsDesk
    news: GoodsNews
    has_api: bool
    feeds: FeedAddresses


@dataclass(frozen=True, slots=True)
class FileRoom:
    """What files that people send go through: fetched, asked for again where they are late, read."""

    downloads: Downloads
    late: LateFiles
    office: OfficeFiles


@dataclass(frozen=True, slots=True)
class Office:
    """The services behind the conversations, wired once."""

    database: Database
    desk: Desk
    live_cards: LiveCards
    photos: Photos
    files: FileRoom
    drafts: Drafts
    lost_chats: LostChats
    money_reports: MoneyReports
    imports: Imports
    troubles: Troubles
    shop: ShopOffice
    clients: Clients
    talks: TalkDesk
    team: Team
    accounts: Accounts
    erasure: Erasure
    book: ShopBook
    guide: Guide
    cases: Cases
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Visit:
    """One member of staff, asking now: which shop, which language, which rules."""

    member: Member
    shop: Shop
    t: Translator
    now: datetime
    places: tuple[Shop, ...] = ()
    """The shops of a person who works in several; empty for all others, who never hear of it (X6)."""

    @property
    def actor(self) -> Actor:
        return self.member.actor

    @property
    def only_own(self) -> int | None:
        """Sellers and couriers are shown their own orders only; None shows all (R14)."""
        return None if may(self.actor, Act.SEE_ALL_ORDERS, self.shop.id) else self.member.staff_id

    def placed(self, screen: Screen) -> Screen:
        """The screen with the shop's name on it, for those who work in several."""
        return placed(screen, self.shop.name, self.t) if self.places else screen

    def look(self, order: Order) -> Look:
        """The order as this visitor reads it now."""
        return Look(order, self.actor, self.rules, self.now, self.t)

    @property
    def rules(self) -> ShopRules:
        return self.shop.rules
