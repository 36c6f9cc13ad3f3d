"""`florist doctor --send` tries on the configured server what the bot uses of today's Telegram (X17)."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiogram import Bot

from bot.commands.feature_check import Place, check_features, try_features
from bot.config.findings import Finding
from bot.config.settings import Settings, load_settings
from orders.model.people import Role
from sandbox.config import demo_config
from storage.db.database import Database
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from tests.builders import RULES
from tests.sandbox.tools import DIRECTOR, GROUP, Sandbox

pytestmark = pytest.mark.requirement("X17")

CHATS = [
    Place("the director's chat", DIRECTOR, "ru", DIRECTOR),
    Place("the group", GROUP, "ru", DIRECTOR),
]
NAMES = ("coloured buttons", "countdowns", "answer fields", "locked buttons")


def settings_for(folder: Path, *lines: str) -> Settings:
    env = folder / ".env"
    own = (
        f"BOT_TOKEN={demo_config('http://127.0.0.1:9').bot_token}",
        "SHOP_NAME=Rose",
        "DIRECTOR_PHONE=+79160000001",
        f"DATABASE_URL=sqlite+aiosqlite:///{folder}/orders.db",
    )
    env.write_text("\n".join((*own, *lines)), encoding="utf-8")
    return load_settings(env)


async def tried(met: Sandbox, settings: Settings) -> dict[str, Finding]:
    found = await try_features(met.bot, CHATS, settings, pause=0)
    return {one.what.removeprefix("telegram "): one for one in found}


async def left(met: Sandbox) -> list[str]:
    """The bot's messages that people still see."""
    seen = [*await met.people.messages("director"), *await met.people.messages("director", "group")]
    return [one.text for one in seen if one.from_bot and not one.deleted]


async def test_what_the_server_takes_is_named_with_where_and_nothing_is_left_behind(
    met: Sandbox, tmp_path: Path
) -> None:
    before = await left(met)
    found = await tried(met, settings_for(tmp_path))
    for name in ("message", *NAMES, "folded lists"):
        assert found[name] == Finding(f"telegram {name}", True, "taken in the director's chat, the group")
    assert found["cards for one"].words.startswith("not tried: it needs a tap")
    assert await left(met) == before
    sent = await met.people.messages("director")
    assert all(one.silent for one in sent if one.deleted)


@pytest.mark.parametrize("refused", [True, False])
async def test_what_an_older_server_lacks_falls_back_and_is_said(
    met: Sandbox, tmp_path: Path, *, refused: bool
) -> None:
    features = ["style", "tg-time", "ephemeral", *(["force_reply", "disabled"] if refused else [])]
    await met.people.lacks(*features, refused=refused)
    before = await left(met)
    found = await tried(met, settings_for(tmp_path))
    for name in NAMES if refused else NAMES[:2]:
        assert found[name].is_well
        assert found[name].words.startswith("falls back in the director's chat to ")
        assert ("passes it over" in found[name].words) is not refused
    group = found["cards for one"].words
    assert ("to the private chat (the server shows them to everybody)" in group) is not refused
    assert await left(met) == before


async def test_where_the_bot_may_pin_is_said_and_neither_pin_nor_notice_stays(
    met: Sandbox, tmp_path: Path
) -> None:
    found = await tried(met, settings_for(tmp_path))
    refusal = "Bad Request: not enough rights to manage pinned messages in the chat"
    words = f"allowed in the director's chat; not allowed in the group ({refusal})"
    assert found["pins"] == Finding("telegram pins", True, words)
    chat = await met.people.chat("director")
    notices = [one for one in chat.messages if one.service == "pinned_message"]
    assert (chat.pinned, len(notices)) == ([], 1)
    assert all(one.deleted for one in notices)


async def test_a_message_that_comes_between_is_not_deleted(
    met: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin = Bot.pin_chat_message

    async def pinned(bot: Bot, chat_id: int, message_id: int, *, disable_notification: bool) -> bool:
        await pin(bot, chat_id, message_id, disable_notification=disable_notification)
        await met.people.text("director", "Где мой заказ?")
        return True

    monkeypatch.setattr(Bot, "pin_chat_message", pinned)
    found = await tried(met, settings_for(tmp_path))
    assert "the notice of the pin stays in the director's chat" in found["pins"].words
    [said] = [one for one in (await met.people.chat("director")).messages if "Где мой" in one.text]
    assert not said.deleted


async def test_what_is_turned_off_is_not_tried(met: Sandbox, tmp_path: Path) -> None:
    off = ("BUTTON_COLOURS", "COUNTDOWNS", "ANSWER_FIELDS", "EPHEMERAL_MESSAGES", "DISABLED_BUTTONS")
    found = await tried(met, settings_for(tmp_path, *(f"{name}=no" for name in off)))
    assert {one.words.removeprefix("turned off by ") for one in found.values()} >= set(off)


async def test_a_chat_into_which_the_bot_cannot_write_is_a_finding(met: Sandbox, tmp_path: Path) -> None:
    await met.people.block("director")
    found = await tried(met, settings_for(tmp_path))
    assert not found["message"].is_well
    assert "taken in the group" in found["message"].words
    assert "bot was blocked by the user" in found["message"].words


async def test_the_chats_are_those_of_the_shops(met: Sandbox, tmp_path: Path) -> None:
    settings = settings_for(tmp_path, f"BOT_API_URL={met.url}")
    [nobody] = await check_features(settings)
    assert "no director has connected yet" in nobody.words
    database = Database(settings.database_url)
    await database.migrate()
    async with database.write() as c:
        shop = await shops.put(c, Shop(0, 4711, "Лепесток", "ru", RULES, GROUP))
        person = await staff.add(c, shop.id, "+79160000010", "Ирина", Role.DIRECTOR)
        await staff.connect(c, person.staff_id, DIRECTOR, "ru", "Ирина")
    await database.close()
    [message, *_] = await check_features(settings)
    assert message.words == "taken in the chat of a director of «Лепесток», the group of «Лепесток»"
