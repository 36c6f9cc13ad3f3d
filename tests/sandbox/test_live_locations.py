"""Live locations of the bot and of people, as strict as the Bot API."""

import pytest

from sandbox.telegram.live_locations import FOR_EVER
from tests.sandbox.tools import DIRECTOR, Sandbox

HERE, THERE = {"latitude": 55.75, "longitude": 37.61}, {"latitude": 55.76, "longitude": 37.62}


async def test_a_live_location_of_the_bot_moves_until_it_is_stopped(met: Sandbox) -> None:
    sent = await met.result("sendLocation", chat_id=DIRECTOR, live_period=900, **HERE)
    assert sent["location"] == {**HERE, "live_period": 900}
    which = {"chat_id": DIRECTOR, "message_id": sent["message_id"]}
    moved = await met.result("editMessageLiveLocation", heading=90, **THERE, **which)
    assert moved["location"] == {**THERE, "live_period": 900, "heading": 90}
    same = await met.refusal("editMessageLiveLocation", heading=90, **THERE, **which)
    assert same.startswith("Bad Request: message is not modified")
    stopped = await met.result("stopMessageLiveLocation", **which)
    assert stopped["location"] == THERE
    for method in ("editMessageLiveLocation", "stopMessageLiveLocation"):
        assert await met.refusal(method, **HERE, **which) == "Bad Request: message can't be edited"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"live_period": 59}, "wrong live location period specified"),
        ({"live_period": 86_401}, "wrong live location period specified"),
        ({"live_period": 900, "heading": 361}, "wrong live location heading specified"),
        (
            {"live_period": 900, "proximity_alert_radius": 100_001},
            "wrong live location proximity alert radius specified",
        ),
        ({"live_period": 900, "latitude": 91}, "wrong location specified"),
    ],
)
async def test_what_the_bot_api_refuses_is_refused(
    met: Sandbox, wrong: dict[str, object], reason: str
) -> None:
    assert (
        await met.refusal("sendLocation", chat_id=DIRECTOR, **{**HERE, **wrong}) == f"Bad Request: {reason}"
    )


async def test_only_a_live_location_of_the_bot_is_moved(met: Sandbox) -> None:
    text = await met.result("sendMessage", chat_id=DIRECTOR, text="x")
    which = {"chat_id": DIRECTOR, "message_id": text["message_id"]}
    refusal = await met.refusal("editMessageLiveLocation", **THERE, **which)
    assert refusal == "Bad Request: there is no live location in the message to edit"
    place = await met.result("sendLocation", chat_id=DIRECTOR, **HERE)
    which["message_id"] = place["message_id"]
    assert await met.refusal("editMessageLiveLocation", **THERE, **which) == (
        "Bad Request: message can't be edited"
    )
    theirs = await met.people.location("director", 1, 2, live_period=FOR_EVER)
    which["message_id"] = theirs.message_id
    assert await met.refusal("editMessageLiveLocation", **THERE, **which) == (
        "Bad Request: message can't be edited"
    )


async def test_an_expired_one_stands_still(met: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = await met.result("sendLocation", chat_id=DIRECTOR, live_period=60, **HERE)
    monkeypatch.setattr("sandbox.telegram.methods.locations.time.time", lambda: sent["date"] + 60)
    which = {"chat_id": DIRECTOR, "message_id": sent["message_id"]}
    assert await met.refusal("editMessageLiveLocation", **THERE, **which) == (
        "Bad Request: message can't be edited"
    )


async def test_the_bot_hears_where_a_person_is_and_that_it_is_over(met: Sandbox) -> None:
    shared = await met.people.location("courier", 55.75, 37.61, live_period=900)
    assert (await met.updates())[-1]["message"]["location"] == {**HERE, "live_period": 900}
    await met.people.move("courier", shared.message_id, 55.76, 37.62)
    edited = (await met.updates())[-1]["edited_message"]
    assert (edited["message_id"], edited["location"]) == (shared.message_id, {**THERE, "live_period": 900})
    stopped = await met.people.stop_location("courier", shared.message_id)
    assert (await met.updates())[-1]["edited_message"]["location"] == THERE
    assert stopped.location == THERE
