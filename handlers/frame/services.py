"""The services that handlers ask for by the names of their parameters."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, get_type_hints

from aiogram import Router
from aiogram.dispatcher.event.handler import CallableObject

from services.bell.ephemeral_messages import EphemeralMessages
from services.bell.hearings import Hearings
from services.bell.passing_messages import PassingMessages
from services.bell.waiting_orders import WaitingOrders
from services.client.clients import Clients
from services.client.conversation import Conversation
from services.delivery.route_choices import RouteChoices
from services.delivery.spare_couriers import SpareCouriers
from services.fallback.chat_ways import ChatWays
from services.files.file_kinds import OfficeFiles
from services.files.late_files import LateFiles
from services.first_day.first_days import FirstDays
from services.first_day.trials import TrialOrders
from services.goods.catalogue import Catalogue
from services.goods.feed_addresses import FeedAddresses
from services.goods.goods_desk import GoodsDesk
from services.goods.goods_notifications import GoodsNews
from services.goods.imports import Imports
from services.intake.drafts import Drafts
from services.load.days import ShopDays
from services.money.money_reports import MoneyReports
from services.notes.notes import Notes
from services.order.desk import Desk
from services.order.order_facts import OrderFacts
from services.order.order_lists import OrderLists
from services.pack.packs import DayPacks
from services.photo.photos import Photos
from services.report.reports import Reports
from services.sending.live_cards import LiveCards
from services.sending.unreachable_chats import UnreachableChats
from services.shop.erasure import Erasure
from services.shop.shop_closures import ShopClosures
from services.shop.shop_settings import ShopSettings
from services.support.branded_goods import BrandedGoods
from services.support.cases import Cases
from services.support.compensations import Compensations
from services.support.gift_list import GiftList
from services.support.guide import Guide
from services.team.accounts import Accounts
from services.team.staff_list import Team
from services.team.visitors import Visitors


@dataclass(frozen=True, slots=True)
class Services:
    """All services, wired once at the start.

    A handler gets one by a parameter with the field's name and type.
    `has_api`: changes of goods are sent to the marketplace.
    """

    desk: Desk
    order_facts: OrderFacts
    order_lists: OrderLists
    waiting: WaitingOrders
    live_cards: LiveCards
    ephemeral: EphemeralMessages
    passing: PassingMessages
    hearings: Hearings
    photos: Photos
    late_files: LateFiles
    office_files: OfficeFiles
    drafts: Drafts
    notes: Notes
    clients: Clients
    conversation: Conversation
    route_choices: RouteChoices
    spare_couriers: SpareCouriers
    goods_desk: GoodsDesk
    catalogue: Catalogue
    goods_news: GoodsNews
    feeds: FeedAddresses
    has_api: bool
    imports: Imports
    money_reports: MoneyReports
    shop_days: ShopDays
    reports: Reports
    day_packs: DayPacks
    closures: ShopClosures
    shop_settings: ShopSettings
    erasure: Erasure
    chat_ways: ChatWays
    first_days: FirstDays
    trials: TrialOrders
    team: Team
    accounts: Accounts
    visitors: Visitors
    lost_chats: UnreachableChats
    guide: Guide
    cases: Cases
    compensations: Compensations
    branded_goods: BrandedGoods
    gift_list: GiftList
    clock: Callable[[], datetime]

    def by_name(self) -> dict[str, Any]:
        """Returns the services as aiogram passes them: by the name of the parameter."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


class WrongParameter(Exception):  # noqa: N818 - names what is wrong, like the errors of settings
    """A handler or a filter has a parameter that would not get its service."""


def check_parameters(routers: Iterable[Router]) -> None:
    """Raise WrongParameter where a parameter has the name or the type of a service, but not both.

    aiogram looks at names only, and a type checker sees none of it.
    """
    services = get_type_hints(Services)
    names = {kind: name for name, kind in services.items() if inspect.isclass(kind) and kind is not bool}
    for function in _functions(routers):
        for name, kind in get_type_hints(function).items():
            if name != "return" and (services.get(name, kind) != kind or names.get(kind, name) != name):
                raise WrongParameter(f"{function.__module__}.{function.__qualname__}: {name}")


def _functions(routers: Iterable[Router]) -> set[Callable[..., Any]]:
    """Handlers of these routers and of those below them, with their own filters; aiogram's need none."""
    found = set[Callable[..., Any]]()
    for router in routers:
        for observer in router.observers.values():
            for handler in observer.handlers:
                found |= {_function(one) for one in (handler, *(handler.filters or ()))}
        found |= _functions(router.sub_routers)
    return {one for one in found if not one.__module__.startswith("aiogram.")}


def _function(called: CallableObject) -> Callable[..., Any]:
    is_function = inspect.isroutine(called.callback)
    return called.callback if is_function else type(called.callback).__call__
