"""Menus, questions, remarks and hiring talk leave nothing behind in the chat (X15)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import Chat, Contact, Message, Sticker, TelegramObject, Update, User

from handlers.frame.clean_chat import CleanChat, put_menu
from messages.callbacks.delivery import SpareListDo, SpareListTap
from messages.callbacks.goods import ShopDo, ShopTap
from messages.callbacks.order import Do, Tap
from messages.callbacks.support import (
    BrandDo,
    BrandTap,
    ClaimDo,
    ClaimTap,
    GiftDo,
    GiftTap,
    GuideDo,
    GuideTap,
)
from messages.callbacks.team import TeamDo, TeamTap
from messages.shop.shops import ShopsDo, ShopsTap
from messages.ui.screen import Screen
from orders.bell.passing import Kind
from services.bell.passing_messages import PassingMessages
from services.health.clock import utc_now
from services.order.desk import Desk
from tests.handlers.conftest import AT, DIRECTOR, STRANGER, Shop
from tests.services.workplace import receive

pytestmark = pytest.mark.requirement("X15")

MENUS = (
    "Сотрудники", "Магазин", "Заказы", "Новые", "/sounds", "/spare", "/fallback", "/guide", "/help", "/me",
    "/load", "/plan", "/routes", "/report", "4711",
)  # fmt: skip
"""What a director types to be shown something; the last is the number of no order."""

RULE = ShopsTap(do=ShopsDo.RULE, shop=1, arg="late_minutes")
STICKER = Sticker(
    file_id="s", file_unique_id="s", type="regular", width=1, height=1, is_animated=False, is_video=False
)
ROOT = Path(__file__).parents[3]


def team(do: TeamDo, arg: str = "") -> str:
    return TeamTap(do=do, shop=1, arg=arg).pack()


def questions(order: int) -> dict[str, str]:
    """The buttons that ask for words below the message, and an answer to each."""
    return {
        SpareListTap(do=SpareListDo.ADD).pack(): "Пётр +79160000055",
        BrandTap(do=BrandDo.FORM, shop=1).pack(): "Ирина Розова\n+79160000001\nМосква, Лесная 5\n9-21",
        GuideTap(do=GuideDo.NEW, shop=1).pack(): "Нет света\nЗвоните в сеть",
        GuideTap(do=GuideDo.SUGGEST, shop=1).pack(): "Нет воды\nЗвоните в сеть",
        GiftTap(do=GiftDo.ADD, order=order).pack(): "Открытка 50 рублей",
        ClaimTap(do=ClaimDo.ASKED, shop=1, order=order).pack(): "450 рублей",
        ShopTap(do=ShopDo.COUNT, shop=1).pack(): "пион 40",
        Tap(do=Do.DECLINE_YES, order=order).pack(): "Нет пионов",
    }


async def an_order(shop: Shop) -> int:
    return (await receive(Desk(shop.app.database, utc_now), utc_now())).id


async def test_of_all_menus_and_lists_of_a_day_only_the_last_one_stands(shop: Shop) -> None:
    for words in MENUS * 2:
        assert await shop.hears(DIRECTOR, text=words), words
        assert len(shop.wire.left) == 1, words


async def test_what_was_pressed_to_open_a_menu_leaves_the_chat_too(shop: Shop) -> None:
    for words in MENUS:
        before = len([one for one in shop.wire.gone if one not in shop.wire.sent])
        await shop.hears(DIRECTOR, text=words)
        assert len([one for one in shop.wire.gone if one not in shop.wire.sent]) == before + 1, words


async def test_a_screen_after_typed_words_takes_the_place_of_the_menu_before(shop: Shop) -> None:
    await shop.hears(DIRECTOR, text="Магазин")
    await shop.hears(DIRECTOR, data=RULE.pack())
    await shop.hears(DIRECTOR, text="21")
    await shop.hears(DIRECTOR, data=RULE.pack())
    await shop.hears(DIRECTOR, text="22")
    assert len(shop.wire.left) == 1


async def test_hiring_leaves_one_message_and_none_of_the_talk(shop: Shop) -> None:
    await shop.hears(DIRECTOR, text="Сотрудники")
    await shop.hears(DIRECTOR, data=team(TeamDo.ADD))
    theirs = len(shop.wire.gone)
    assert "телефон" in (await shop.hears(DIRECTOR, text="Оля без номера"))[-1]
    assert len(shop.wire.left) == 1
    card = Contact(phone_number="+79160000077", first_name="Оля")
    assert "Оля" in (await shop.hears(DIRECTOR, contact=card))[-1]
    await shop.hears(DIRECTOR, data=team(TeamDo.ROLE, "seller"))
    assert len(shop.wire.left) == 1
    written = [one for one in shop.wire.gone[theirs:] if one not in shop.wire.sent]
    assert len(written) == 2  # the try without a number, and the card


async def test_a_question_goes_when_its_person_turns_to_something_else(shop: Shop) -> None:
    order = await an_order(shop)
    asked = list(questions(order))
    for turn, data in zip((*MENUS[:-1], "/first", "/add"), asked * 2, strict=False):
        await shop.hears(DIRECTOR, data=data)
        question = shop.wire.left[-1]
        await shop.hears(DIRECTOR, text=turn)
        assert question in shop.wire.gone, (turn, data)


async def test_of_all_questions_only_the_last_one_stands(shop: Shop) -> None:
    order = await an_order(shop)
    for data in list(questions(order)) * 2:
        assert await shop.hears(DIRECTOR, data=data), data
        assert len(shop.wire.left) == 1, data


async def test_an_answered_question_goes_with_what_was_said_about_wrong_answers(shop: Shop) -> None:
    order = await an_order(shop)
    for data, answer in questions(order).items():
        await shop.hears(DIRECTOR, data=data)
        question = shop.wire.left[-1]
        assert await shop.hears(DIRECTOR, sticker=STICKER), data
        flaw = shop.wire.left[-1]
        assert question in shop.wire.left, data
        await shop.hears(DIRECTOR, text=answer)
        assert {question, flaw} <= set(shop.wire.gone), data


async def test_the_notice_of_the_bots_own_pin_answers_no_question(shop: Shop) -> None:
    await shop.hears(DIRECTOR, data=Tap(do=Do.DECLINE_YES, order=await an_order(shop)).pack())
    [question] = shop.wire.left
    me, chat = User(id=STRANGER, is_bot=True, first_name="Bot"), Chat(id=DIRECTOR, type="private")
    board = Message(message_id=next(shop.wire.ids), date=AT, chat=chat, text="Сегодня")
    notice = Message(message_id=next(shop.wire.ids), date=AT, chat=chat, from_user=me, pinned_message=board)
    await shop.app.dispatcher.feed_update(shop.app.bot, Update(update_id=4711, message=notice))
    assert question not in shop.wire.gone
    assert notice.message_id in shop.wire.gone


async def test_a_remark_stands_until_its_reader_goes_on(shop: Shop) -> None:
    await shop.hears(DIRECTOR, text="/start o4711")
    [refusal] = shop.wire.left
    await shop.hears(DIRECTOR, data=team(TeamDo.PEOPLE))
    assert refusal in shop.wire.gone


async def test_of_the_messages_with_the_keys_below_the_chat_only_the_newest_stands(shop: Shop) -> None:
    for words in ("абракадабра", "/start", "ещё раз") * 2:
        await shop.hears(DIRECTOR, text=words)
    assert len(shop.wire.left) == 1


async def test_a_menu_that_became_a_card_stays(shop: Shop) -> None:
    order = await an_order(shop)
    await shop.hears(DIRECTOR, text="Заказы")
    [menu] = shop.wire.left
    await shop.app.services.live_cards.adopt(order, DIRECTOR, menu)
    await shop.hears(DIRECTOR, text="Сотрудники")
    assert menu in shop.wire.left


async def test_what_stands_in_a_chat_is_known_after_a_restart(shop: Shop) -> None:
    await shop.hears(DIRECTOR, text="Заказы")
    [menu] = shop.wire.left
    chat = Chat(id=DIRECTOR, type="private")
    message = Message(message_id=1, date=AT, chat=chat, text="/help").as_(shop.app.bot)

    async def help_(_event: TelegramObject, _data: dict[str, Any]) -> None:
        await put_menu(message, Screen("?"))

    await CleanChat(PassingMessages(shop.app.database))(help_, message, {})
    assert menu in shop.wire.gone
    assert len(shop.wire.left) == 1


OF_SERVICES = {
    "services/bell/boards.py": "board",
    "services/bell/waiting_orders.py": "alarm",
    "services/bell/group_lines.py": "card",
    "services/bell/ephemeral_messages.py": "card",
    "services/sending/live_cards.py": "card",
    "services/client/client_cards.py": "card",
    "services/client/client_maps.py": "card",
    "services/client/client_photos.py": "conversation",
    "services/client/message_delivery.py": "conversation",
    "services/sending/trouble_notifications.py": "alarm",
    "services/sending/unreachable_chats.py": "alarm",
    "services/health/set_aside.py": "alarm",
    "services/order/refused_calls.py": "alarm",
    "services/shop/shop_notifications.py": "alarm",
    "services/files/late_files.py": Kind.LOST,
    "bot/updates/update_feed.py": Kind.LOST,
    "services/first_day/first_days.py": Kind.STEP,
    "services/pack/packs.py": Kind.FILE,
    "services/report/reports.py": Kind.FILE,
    "handlers/photo/picture_notes.py": Kind.CHOICE,
}
"""What leaves without a conversation, by the module that sends it; no other module sends anything."""


def test_nothing_is_sent_without_saying_what_it_is() -> None:
    senders = set()
    for path in [*ROOT.glob("handlers/**/*.py"), *ROOT.glob("services/**/*.py"), *ROOT.glob("bot/*/*.py")]:
        name = str(path.relative_to(ROOT))
        calls = list(_calls(path))
        if name.startswith("handlers/") and name != "handlers/frame/clean_chat.py":
            assert [call for call in calls if call in {"reply", "answer"}] == [], name
        if any(call.startswith("send_") for call in calls) and not name.startswith("bot/commands"):
            senders.add(name)
    assert senders == set(OF_SERVICES)


def test_each_kind_of_message_is_sent_by_somebody() -> None:
    used = {
        node.attr
        for path in ROOT.glob("handlers/**/*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("Kind")
    }
    elsewhere = {kind.name for kind in Kind if kind in OF_SERVICES.values()}
    assert {kind.name for kind in Kind} <= used | elsewhere


def _calls(path: Path) -> Iterator[str]:
    """The methods of messages and bots that a module calls."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = ast.unparse(node.func.value)
            if of.endswith(("message", "chat", "asked", "bot", "_chat_of(query)", "target", "event")):
                yield node.func.attr
