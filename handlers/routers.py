"""All routers, in the order in which they are offered an update."""

from __future__ import annotations

from aiogram import Dispatcher

from handlers.bell import accept_all, hearing, members
from handlers.client import (
    agreement_answers,
    agreements,
    client_to_staff,
    edited_messages,
    links,
    previews,
    staff_menu,
    staff_to_client,
)
from handlers.delivery import (
    at_the_door,
    deliveries,
    loose_contacts,
    positions,
    routes,
    spare_couriers,
    whereabouts,
)
from handlers.frame import fallback
from handlers.frame.clean_chat import CleanChat
from handlers.frame.dialogue import Waiting
from handlers.frame.reception import BindUpdate, Reception
from handlers.frame.services import Services, check_parameters
from handlers.frame.turning_away import Repeated, TurningAway
from handlers.goods import flowers, imports, office_files, products
from handlers.goods.catalogue_common import Counting
from handlers.intake import draft_field_replies, draft_pictures, drafts, pasted_texts
from handlers.load import load, plan
from handlers.open_dialogues import CloseUnreadable
from handlers.order import (
    board,
    done_in_app,
    flags,
    group_cards,
    group_chat,
    history_file,
    loose_notes,
    menus,
    notes,
    reason_replies,
    search,
    source_pictures,
    taps,
)
from handlers.photo import photo_answers, picture_notes, pictures, waiting_pictures
from handlers.report import reports
from handlers.shop import closures, day_pack, fallback_ways, personal_data, rules, shops, switch_shop
from handlers.support import branded, cases, compensations, courier_costs, gifts, guide, guide_book
from handlers.team import accounts, first_day, joining, staff_list, start

MODULES = (
    members,
    group_cards,
    group_chat,
    taps,
    accept_all,
    hearing,
    links,
    switch_shop,
    board,
    load,
    plan,
    deliveries,
    positions,
    at_the_door,
    routes,
    guide,
    guide_book,
    cases,
    compensations,
    courier_costs,
    gifts,
    branded,
    closures,
    day_pack,
    reports,
    fallback_ways,
    flowers,
    products,
    joining,
    start,
    first_day,
    staff_list,
    accounts,
    spare_couriers,
    whereabouts,
    client_to_staff,
    staff_to_client,
    edited_messages,
    agreement_answers,
    staff_menu,
    shops,
    rules,
    personal_data,
    office_files,
    imports,
    drafts,
    draft_field_replies,
    draft_pictures,
    pictures,
    photo_answers,
    waiting_pictures,
    picture_notes,
    done_in_app,
    source_pictures,
    menus,
    flags,
    agreements,
    previews,
    history_file,
    reason_replies,
    notes,
    search,
    pasted_texts,
    loose_notes,
    loose_contacts,
    fallback,
)


def include_all(dispatcher: Dispatcher, services: Services) -> None:
    """Register the middleware and all routers, and check what their handlers ask for.

    The routers of cards come early: their buttons are tapped most often, and no other router handles them.
    """
    dispatcher.workflow_data.update(services.by_name())
    dispatcher.update.outer_middleware(BindUpdate())
    cleaning, closing, reception = (
        CleanChat(services.passing),
        CloseUnreadable(services.clock),
        Reception(services.visitors, services.clock),
    )
    for observer in (
        dispatcher.message,
        dispatcher.edited_message,
        dispatcher.callback_query,
        dispatcher.my_chat_member,
        dispatcher.chat_member,
    ):
        observer.outer_middleware(cleaning)
        observer.outer_middleware(closing)
        observer.outer_middleware(reception)
    dispatcher.message.outer_middleware(Repeated({Waiting.draft, Counting.stock}))
    dispatcher.message.outer_middleware(TurningAway())
    dispatcher.include_routers(*(module.router for module in MODULES))
    check_parameters(dispatcher.sub_routers)
