from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.updates.raw_updates import Reading, decode, outline, shape
from sandbox.config import DEMO_BOT_TOKEN

SAMPLES = Path(__file__).parents[2] / "samples" / "updates"
BOT = Bot(DEMO_BOT_TOKEN)
PERSON = {"id": 1008, "is_bot": False, "first_name": "Ада"}
CHAT = {"id": 1008, "type": "private"}
CONTACT = {"phone_number": "79990000001", "first_name": "Ада", "user_id": 1008}
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def a_message(**fields: object) -> dict[str, Any]:
    return {"update_id": 1, "message": {"message_id": 5, "date": 1, "chat": CHAT, "from": PERSON, **fields}}


def text_of(reading: Reading) -> str | None:
    return reading.update.message.text if reading.update and reading.update.message else None


@pytest.mark.requirement("X22")
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_the_text_of_a_message_with_an_unknown_part_is_read(path: Path) -> None:
    reading = decode(json.loads(path.read_text(encoding="utf-8")), BOT)
    assert text_of(reading) == "привет"
    assert reading.fault


@pytest.mark.requirement("X22", "R17")
@pytest.mark.parametrize("origin", [{"type": "community"}, {"type": "hidden_user"}, {}, [], 7, "user", True])
def test_a_contact_of_unknown_origin_counts_as_forwarded(origin: object) -> None:
    reading = decode(a_message(contact=CONTACT, forward_origin=origin), BOT)
    assert reading.update is not None
    assert reading.update.message is not None
    assert reading.update.message.forward_origin is not None


def test_a_contact_forwarded_by_an_old_server_counts_as_forwarded() -> None:
    reading = decode(a_message(contact=CONTACT, forward_date=1, forward_from=PERSON), BOT)
    assert reading.update is not None
    assert reading.update.message is not None
    assert reading.update.message.forward_origin is not None


@pytest.mark.parametrize(
    "odd",
    [
        {"from": {**PERSON, "id": "x"}},
        {"from": {"id": 1008}},
        {"chat": {"id": 1008}},
        {"contact": {"user_id": 1008}},
        {"sender_chat": {"id": 1}},
        {"date": "x"},
    ],
)
def test_without_its_sender_chat_or_contact_an_update_is_not_read(odd: dict[str, object]) -> None:
    assert decode(a_message(text="привет", **odd), BOT).update is None


def test_a_broken_part_goes_with_what_is_worth_nothing_without_it() -> None:
    reading = decode(a_message(text="привет", reply_to_message={"message_id": 1, "from": 7}), BOT)
    assert text_of(reading) == "привет"


def test_of_a_tap_whose_message_has_an_unknown_part_the_message_is_kept() -> None:
    message = a_message(text="привет", forward_origin={"type": "community"})["message"]
    tap = {"id": "1", "from": PERSON, "chat_instance": "1", "data": "x", "message": message}
    reading = decode({"update_id": 1, "callback_query": tap}, BOT)
    assert reading.update is not None
    assert reading.update.callback_query is not None
    assert reading.update.callback_query.message is not None
    assert reading.update.callback_query.message.message_id == 5


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_JSON, st.sampled_from(["", "message", "callback_query", "my_chat_member"]))
def test_whatever_comes_is_looked_at_without_an_error(value: object, kind: str) -> None:
    raw = {"update_id": 1, kind: value} if kind else value
    outline(raw)
    decode(raw, BOT)
    assert len(shape(raw)) <= 1500


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["text", "type", "first_name", "entities"]), ANY_JSON))
def test_the_shape_holds_no_values(fields: dict[str, object]) -> None:
    told = shape({**fields, "text": "секрет", "type": "Секрет", "first_name": "Ада 79990000001"})
    assert "секрет" not in told.lower()
    assert "Ада" not in told
    assert "7999" not in told


def test_an_update_is_told_by_its_number_sender_and_kind() -> None:
    seen = outline(a_message(text="привет"))
    assert seen is not None
    assert (seen.update_id, seen.kind, seen.sender_id, seen.is_private) == (1, "message", 1008, True)
    for number in (None, True, "1", 1.0, 0, -1, 2**60):
        assert outline({"update_id": number, "message": {}}) is None


@pytest.mark.requirement("X22")
@pytest.mark.parametrize("place", ["message_id", "date"])
def test_a_number_that_no_database_could_keep_makes_an_update_unreadable(place: str) -> None:
    chat = {"id": 1008, "type": "private", "first_name": "Чужой"}
    message = {"message_id": 5, "date": 1_796_000_000, "chat": chat, "text": "привет", place: 10**20}
    reading = decode({"update_id": 7, "message": message}, BOT)
    assert (reading.update, reading.fault) == (None, "number")
