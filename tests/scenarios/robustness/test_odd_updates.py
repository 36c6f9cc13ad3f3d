"""An update that cannot be decoded costs only itself; all others are served (X22)."""

from __future__ import annotations

import asyncio
import copy
import io
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox.driver.wire import PATIENCE
from storage.updates import unread_updates
from storage.updates.unread_updates import UnreadForm
from tests.scenarios.commands import florist
from tests.scenarios.stage import HOST, Stage
from tests.scenarios.trouble import get

SAMPLES = Path(__file__).parents[2] / "samples" / "updates"
SECRET = "long_random_text-42"
PERSON = {"id": 1008, "is_bot": False, "first_name": "Чужой", "language_code": "ru"}
CHAT = {"id": 1008, "type": "private", "first_name": "Чужой"}
MESSAGE: dict[str, Any] = {
    "message_id": 5,
    "date": 1_796_000_000,
    "chat": CHAT,
    "from": PERSON,
    "text": "привет",
}
MEMBER = {"status": "member", "user": PERSON}
TAP = {"id": "77", "from": PERSON, "chat_instance": "1", "data": "d:1:accept", "message": MESSAGE}

UNREADABLE: tuple[object, ...] = (
    {"message": {key: value for key, value in MESSAGE.items() if key != "chat"}},
    {"message": {**MESSAGE, "from": {"id": "nobody"}}},
    {"message": 7},
    {"my_chat_member": {"chat": CHAT, "from": PERSON, "date": 1,
                        "old_chat_member": {**MEMBER, "status": "guest"},
                        "new_chat_member": MEMBER}},
    {"an_event_of_the_future": {"from": PERSON, "text": "привет"}},
    {},
)  # fmt: skip
GARBAGE: tuple[object, ...] = (
    None, 7, "text", [], [MESSAGE],
    {"update_id": None, "message": MESSAGE}, {"update_id": True, "message": MESSAGE},
    {"update_id": "700000999", "message": MESSAGE}, {"update_id": -1, "message": MESSAGE},
    {"update_id": 10**30, "message": MESSAGE},
)  # fmt: skip
READ_IN_PART = (
    {"message": {**MESSAGE, "paid_media": {"star_count": 1, "paid_media": [{"type": "hologram"}]}}},
    {"message": {**MESSAGE, "reply_to_message": {"message_id": 1}}},
    {"message": {**MESSAGE, "entities": [{"type": "glow"}]}},
    {"callback_query": {**TAP, "message": {**MESSAGE, "forward_origin": {"type": "community"}}}},
)


def samples() -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("*.json"))]


def without_number(update: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in update.items() if key != "update_id"}


async def tap_is_served(stage: Stage) -> None:
    mark = await stage.driver.mark()
    await stage.driver.text("director", "Заказы")
    await stage.driver.wait_message("director", containing="Заказы · ", since=mark)


async def all_confirmed(stage: Stage) -> None:
    """Wait until Telegram has nothing left for the bot."""
    for _ in range(int(PATIENCE * 10)):
        if await stage.driver.unconfirmed() == 0:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{await stage.driver.unconfirmed()} updates stay unconfirmed")


async def noted(stage: Stage, forms: int) -> list[UnreadForm]:
    """What the database says of unread updates, once there are so many forms."""
    found: list[UnreadForm] = []
    for _ in range(int(PATIENCE * 10)):
        found = await _noted(stage)
        if len(found) >= forms:
            return found
        await asyncio.sleep(0.1)
    raise AssertionError(f"{len(found)} forms, not {forms}: {found}")


async def _noted(stage: Stage) -> list[UnreadForm]:
    database = stage.database()
    async with database.snapshot() as c:
        found = await unread_updates.latest(c)
    await database.close()
    return found


@pytest.mark.requirement("X22")
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_an_update_that_cannot_be_read_costs_only_itself(empty_stage: Stage, way: str) -> None:
    stage = empty_stage
    if way == "webhook":
        address = f"http://{HOST}:{stage.bot.settings['WEB_PORT']}"
        stage.bot.settings |= {"WEBHOOK_URL": address, "WEBHOOK_SECRET": SECRET}
    await stage.start_bot()
    await stage.hire("director")

    await stage.driver.raw_updates(*UNREADABLE, *GARBAGE)
    await tap_is_served(stage)

    forms = await noted(stage, 5)
    assert {form.kind for form in forms} == {"", "message", "my_chat_member"}
    assert {form.outcome for form in forms} == {"passed over"}
    await all_confirmed(stage)
    examined = await florist(stage.folder, stage.bot.settings, "doctor")
    assert "BAD  updates: 1 passed over (my_chat_member.old_chat_member: union_tag_invalid)" in examined.out
    metrics = (await get(stage, "/metrics"))[1]
    counted = re.search(r'florist_updates_total{result="unreadable"} ([0-9]+)', metrics)
    # What has no number is not confirmed before a later one is, and may come more than once until then.
    assert counted is not None
    assert int(counted[1]) >= len(UNREADABLE + GARBAGE)
    for secret in ("привет", "Чужой", "nobody"):
        assert secret not in stage.bot.log + examined.out + repr(forms)
    if way == "webhook":
        await odd_secrets_and_bodies_are_answered(stage)
    assert "telegram_unreachable" not in stage.bot.log


@pytest.mark.requirement("X22")
async def test_what_can_be_read_is_answered_and_whatever_comes_the_next_tap_is_served(stage: Stage) -> None:
    await stage.driver.start("stranger")
    await stage.driver.wait_message("stranger", containing="Отправить контакт")
    for odd in (*map(without_number, samples()), *READ_IN_PART[:3]):
        mark = await stage.driver.mark()
        await stage.driver.raw_updates(odd)
        await stage.driver.wait_message("stranger", containing="Отправить контакт", since=mark)
    await stage.driver.raw_updates(READ_IN_PART[3])
    await tap_is_served(stage)
    assert {form.outcome for form in await noted(stage, 7)} == {"read in part"}
    assert "update_failed" not in stage.bot.log
    assert "ok   updates: " in (await florist(stage.folder, stage.bot.settings, "doctor")).out

    rng = random.Random(22)
    seeds = [*map(without_number, samples()), *READ_IN_PART, {"callback_query": TAP}, {"message": MESSAGE}]
    for _ in range(3):
        await stage.driver.raw_updates(*(mutated(rng.choice(seeds), rng) for _ in range(60)))
        await tap_is_served(stage)
    await all_confirmed(stage)
    assert "telegram_unreachable" not in stage.bot.log


async def odd_secrets_and_bodies_are_answered(stage: Stage) -> None:
    address = f"http://{HOST}:{stage.bot.settings['WEB_PORT']}"
    header = "X-Telegram-Bot-Api-Secret-Token"
    async with aiohttp.ClientSession() as session:
        for secret, body, status in (
            ("секрет", b"{}", 401), (SECRET, b"{", 200), (SECRET, b"[" * 100_000, 200),
            (SECRET, b"\xff", 200),
            (SECRET, io.BytesIO(b"x" * (1024 * 1024 + 1)), 413),
        ):  # fmt: skip
            async with session.post(f"{address}/telegram", data=body, headers={header: secret}) as response:
                assert response.status == status, status
    assert "Traceback" not in stage.bot.log


def mutated(update: dict[str, Any], rng: random.Random) -> object:
    """The update with a few of its fields gone, replaced or added."""
    found: Any = copy.deepcopy(update)
    for _ in range(rng.randint(1, 3)):
        holders = list(_holders(found))
        if not holders:
            break
        holder = rng.choice(holders)
        key = rng.choice([*holder])
        if key == "id":  # Telegram knows no such chat: an answer to it fails, as it should
            continue
        change = rng.randrange(4)
        if change == 0:
            del holder[key]
        elif change == 1:
            holder[key] = rng.choice(ODD)
        elif change == 2:
            holder[rng.choice(NEW_FIELDS)] = copy.deepcopy(rng.choice(ODD))
        else:
            holder[key] = {"type": "unheard_of", "inner": holder[key]}
    return found


ODD: tuple[object, ...] = (
    None, 0, -1, 10**40, True, "", "текст", "\ud83d", [], [None], {}, {"type": "next"}, [{"type": "next"}],
)  # fmt: skip
NEW_FIELDS = (
    "forward_origin",
    "story",
    "gift",
    "poll",
    "reply_markup",
    "chat_shared",
    "unheard_of",
    "contact",
)


def _holders(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict) and value:
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from _holders(each)
