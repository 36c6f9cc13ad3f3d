"""A dialogue that cannot be read is closed: what is said next is answered as if none had been open."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import cycle, islice
from typing import Any

import pytest
from aiogram.types import Contact, Document, PhotoSize
from sqlalchemy import text

from handlers.client.reception import Talking
from handlers.frame.dialogue import Waiting
from handlers.goods.catalogue_common import Counting
from handlers.open_dialogues import READERS
from messages.callbacks.order import Answer, Do, Tap
from messages.callbacks.team import TeamDo, TeamTap
from messages.i18n.texts import Translator
from services.health.clock import utc_now
from tests.handlers.conftest import DIRECTOR, STRANGER, Shop

pytestmark = pytest.mark.requirement("X3", "X22")

STATES = [str(state.state) for group in (Waiting, Counting, Talking) for state in group]
UNKNOWN = "Waiting:of-another-version"
DATA = {
    "none": None,
    "empty": "{}",
    "of another version": '{"order": "7", "shop": [], "draft": null, "product": "x", "field": 3, "at": "-"}',
    "broken": '{"order":',
    "no object": '["order"]',
}


SAID: dict[str, dict[str, Any]] = {
    "text": {"text": "пион 15, эвкалипт 3"},
    "number": {"text": "12"},
    "order number": {"text": "25836184"},
    "help": {"text": "/help"},
    "photo": {"photo": [PhotoSize(file_id="p", file_unique_id="p", width=1200, height=900)]},
    "contact": {"contact": Contact(phone_number="+79160000099", first_name="Оля", user_id=5)},
    "document": {"document": Document(file_id="d", file_unique_id="d", mime_type="application/pdf")},
    "image file": {"document": Document(file_id="d", file_unique_id="d", mime_type="image/jpeg")},
    "sticker": {},
    "ready answer": {"data": Answer(index=0).pack(), "text": "?"},
    "role": {"data": TeamTap(do=TeamDo.ROLE, arg="seller", shop=1).pack(), "text": "?"},
}


@pytest.mark.parametrize("person", [DIRECTOR, STRANGER], ids=["director", "stranger"])
@pytest.mark.parametrize("said", SAID)
async def test_what_is_said_in_a_dialogue_that_cannot_be_read_is_answered_as_if_none_were_open(
    shop: Shop, said: str, person: int
) -> None:
    await shop.stands(person, None, None)
    expected = await shop.hears(person, **SAID[said])
    assert expected
    apologies = {Translator("ru").plain("trouble"), Translator("ru").plain("toast-trouble")}
    turn = list(SAID).index(said)  # each state meets all data, but not with all that can be said
    for state, name in zip((*STATES, UNKNOWN), islice(cycle(DATA), turn, None), strict=False):
        await shop.stands(person, state, DATA[name])
        answer = await shop.hears(person, **SAID[said])
        assert not apologies & set(answer), (state, name)
        assert answer == expected, (state, name)
        assert state not in await shop.open_states(), (state, name)


async def test_words_to_a_client_without_a_moment_that_can_be_read_are_asked_for_no_more(shop: Shop) -> None:
    await shop.stands(DIRECTOR, None, None)
    expected = await shop.hears(DIRECTOR, **SAID["text"])
    await shop.stands(DIRECTOR, str(Talking.to_client.state), '{"order": 7, "asked_at": "-"}')
    assert await shop.hears(DIRECTOR, **SAID["text"]) == expected
    assert await shop.open_states() == []


async def test_a_recipe_that_nobody_writes_is_asked_for_no_more(shop: Shop) -> None:
    for minutes_ago, left in ((9, [str(Counting.recipe.state)]), (11, [])):
        asked_at = (utc_now() - timedelta(minutes=minutes_ago)).isoformat()
        data = json.dumps({"product": 1, "page": 0, "asked_at": asked_at})
        await shop.stands(DIRECTOR, str(Counting.recipe.state), data)
        await shop.hears(DIRECTOR, data=Tap(do=Do.OPEN, order=1).pack(), text="?")
        assert await shop.open_states() == left


async def test_a_picture_in_a_dialogue_that_cannot_be_read_is_kept(shop: Shop) -> None:
    await shop.stands(DIRECTOR, str(Waiting.draft.state), None)
    await shop.hears(DIRECTOR, **SAID["photo"])
    async with shop.app.database.snapshot() as c:
        assert await c.scalar(text("SELECT count(*) FROM waiting_photos")) == 1


def test_each_state_says_how_its_data_are_read() -> None:
    assert {state.state for state in READERS} == set(STATES)
