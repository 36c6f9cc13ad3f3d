"""All conversations, in the order in which they are asked whether an update is theirs."""

from __future__ import annotations

from aiogram import Dispatcher

from handlers import (
    accounts,
    agreements,
    board,
    client_agreements,
    client_links,
    client_menu,
    client_words,
    crew_talk,
    deliveries,
    documents,
    draft_pictures,
    draft_texts,
    draft_words,
    drafts,
    edits,
    fallback,
    flowers,
    goods,
    group,
    history_file,
    imports,
    in_app,
    joining,
    menus,
    papers,
    personal,
    photo_answers,
    pictures,
    places,
    previews,
    rules,
    search,
    shop,
    shops,
    spare_couriers,
    start,
    talk_words,
    taps,
    team,
    waiting_pictures,
    words,
)
from handlers.office import Office
from handlers.open_dialogues import CloseUnreadable
from handlers.reception import BindUpdate, Reception
from handlers.support import cases, guide, guide_book

MODULES = (
    group,
    taps,
    client_links,
    places,
    board,
    deliveries,
    guide,
    guide_book,
    cases,
    shop,
    flowers,
    goods,
    joining,
    start,
    team,
    accounts,
    spare_couriers,
    client_words,
    talk_words,
    edits,
    client_agreements,
    client_menu,
    shops,
    rules,
    personal,
    documents,
    imports,
    drafts,
    draft_words,
    draft_pictures,
    pictures,
    photo_answers,
    waiting_pictures,
    in_app,
    papers,
    menus,
    agreements,
    previews,
    history_file,
    words,
    crew_talk,
    search,
    draft_texts,
    fallback,
)


def include_all(dispatcher: Dispatcher, office: Office) -> None:
    """Open the reception and hang up every router.

    Commands and the permanent keyboard come before open questions: whoever presses «Заказы» wants the board.
    The buttons of the cards are pressed most often, and no other router takes them: they are asked early.
    """
    dispatcher["office"] = office
    dispatcher.update.outer_middleware(BindUpdate())
    closing, reception = CloseUnreadable(), Reception(office)
    for observer in (
        dispatcher.message,
        dispatcher.edited_message,
        dispatcher.callback_query,
        dispatcher.my_chat_member,
    ):
        observer.outer_middleware(closing)
        observer.outer_middleware(reception)
    dispatcher.include_routers(*(module.router for module in MODULES))
